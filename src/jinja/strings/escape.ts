import type { Budget } from "../runtime/budget.ts";

const SPECIAL_REGEXP = /[&<>"']/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&#34;"],
  ["'", "&#39;"],
]);

/** Escapes a string for HTML. */
export function escapeText(budget: Budget, text: string): string {
  budget.allocateString(escapedLength(text));
  return text.replace(SPECIAL_REGEXP, (character) => ENTITIES.get(character)!);
}

function escapedLength(text: string): number {
  let { length } = text;
  for (const [character] of text.matchAll(SPECIAL_REGEXP)) {
    length += ENTITIES.get(character)!.length - 1;
  }
  return length;
}
