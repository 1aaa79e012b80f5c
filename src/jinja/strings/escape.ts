const SPECIAL_REGEXP = /[&<>"']/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&#34;"],
  ["'", "&#39;"],
]);

/** Escapes a text for HTML. */
export function escapeText(text: string): string {
  return text.replace(SPECIAL_REGEXP, (character) => ENTITIES.get(character)!);
}
