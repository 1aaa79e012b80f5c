import type { Budget } from "../runtime/budget.ts";
import { characters } from "./characters.ts";
import { join } from "./join.ts";
import { splitAt } from "./split.ts";

/** Replaces a part of a string, at most `count` times if that is not negative. */
export function replace(
  budget: Budget,
  text: string,
  old: string,
  replacement: string,
  count: number,
): string {
  if (old !== "") {
    return join(budget, splitAt(budget, text, old, count), replacement);
  }
  // An empty string occurs around each character.
  const parts = ["", ...characters(budget, text), ""];
  const times = count < 0
    ? parts.length - 1
    : Math.min(count, parts.length - 1);
  budget.allocateString(text.length);
  const rest = parts.splice(times + 1).join("");
  return join(budget, parts, replacement) + rest;
}
