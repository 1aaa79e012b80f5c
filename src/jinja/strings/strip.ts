import type { Budget } from "../runtime/budget.ts";
import { characters } from "./characters.ts";
import { stripEnd, stripStart } from "./space.ts";

/** Which ends of a string are stripped. */
export type Ends = "both" | "start" | "end";

/**
 * Removes characters from the ends of a string.
 *
 * @param chars The characters; white space if they are left out.
 */
export function strip(
  budget: Budget,
  text: string,
  chars?: string,
  ends: Ends = "both",
): string {
  if (chars === undefined) {
    budget.scan(text.length);
    const stripped = ends === "start" ? text : stripEnd(text);
    return ends === "end" ? stripped : stripStart(stripped);
  }
  const set = new Set(characters(budget, chars));
  const items = characters(budget, text);
  let start = 0;
  let end = items.length;
  if (ends !== "end") { while (start < end && set.has(items[start]!)) start++; }
  if (ends !== "start") {
    while (end > start && set.has(items[end - 1]!)) {
      end--;
    }
  }
  return items.slice(start, end).join("");
}
