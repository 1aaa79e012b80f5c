import type { Budget } from "../runtime/budget.ts";
import { requireText } from "../values/arguments.ts";
import { characters } from "../strings/characters.ts";
import { stripEnd, stripStart } from "../strings/space.ts";
/** Removes characters from both ends of a text; none given: white space. */
export function strip(
  budget: Budget,
  text: string,
  chars: unknown = null,
): string {
  return stripLeft(budget, stripRight(budget, text, chars), chars);
}

/** Removes characters from the start of a text; none given: white space. */
export function stripLeft(
  budget: Budget,
  text: string,
  chars: unknown,
): string {
  if (chars === null) return stripStart(text);
  const set = new Set(characters(budget, requireText(chars)));
  const items = characters(budget, text);
  let start = 0;
  while (start < items.length && set.has(items[start]!)) start++;
  return items.slice(start).join("");
}

/** Removes characters from the end of a text; none given: white space. */
export function stripRight(
  budget: Budget,
  text: string,
  chars: unknown,
): string {
  if (chars === null) return stripEnd(text);
  const set = new Set(characters(budget, requireText(chars)));
  const items = characters(budget, text);
  let end = items.length;
  while (end > 0 && set.has(items[end - 1]!)) end--;
  return items.slice(0, end).join("");
}
