import type { Budget } from "../runtime/budget.ts";

const SPECIAL_REGEXP = /[&<>"']/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&#34;"],
  ["'", "&#39;"],
]);
/** How many characters each entity has more than its character, by code. */
const GROWTH: readonly (number | undefined)[] = Array.from(
  { length: 0x80 },
  (_, code) => {
    const entity = ENTITIES.get(String.fromCharCode(code));
    return entity === undefined ? undefined : entity.length - 1;
  },
);

/** Escapes a string for HTML. */
export function escapeText(budget: Budget, text: string): string {
  budget.allocateString(escapedLength(budget, text));
  return text.replace(SPECIAL_REGEXP, (character) => ENTITIES.get(character)!);
}

/** Returns the length of the escaped string. */
function escapedLength(budget: Budget, text: string): number {
  budget.scan(text.length);
  let specials = 0;
  let { length } = text;
  for (let index = 0; index < text.length; index++) {
    const growth = GROWTH[text.charCodeAt(index)];
    if (growth === undefined) continue;
    specials++;
    length += growth;
  }
  budget.step(specials);
  return length;
}
