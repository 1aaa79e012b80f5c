import type { Budget } from "../runtime/budget.ts";
import { characters } from "../strings/characters.ts";
/** Replaces a part of a text, everywhere or the first times. */
export function replace(
  budget: Budget,
  text: string,
  old: string,
  next: string,
  count: number,
): string {
  const parts = old === ""
    ? ["", ...characters(budget, text), ""]
    : text.split(old);
  const times = count < 0
    ? parts.length - 1
    : Math.min(count, parts.length - 1);
  budget.allocateString(text.length + times * next.length);
  return parts.slice(0, times + 1).join(next) +
    parts.slice(times + 1).map((part) => old + part).join("");
}
