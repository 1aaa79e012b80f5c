import type { Runtime } from "../runtime/runtime.ts";
import { characters } from "../strings/characters.ts";
/** Replaces a part of a text, everywhere or the first times. */
export function replace(
  runtime: Runtime,
  text: string,
  old: string,
  next: string,
  count: number,
): string {
  const parts = old === "" ? ["", ...characters(text), ""] : text.split(old);
  const times = count < 0
    ? parts.length - 1
    : Math.min(count, parts.length - 1);
  runtime.budget.allocateString(text.length + times * next.length);
  return parts.slice(0, times + 1).join(next) +
    parts.slice(times + 1).map((part) => old + part).join("");
}
