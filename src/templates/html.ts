import { Markup } from "./objects.ts";
import { toText } from "./text.ts";

const SPECIAL_REGEXP = /[&<>"']/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&#34;"],
  ["'", "&#39;"],
]);

/** Escapes a value for HTML, unless it is HTML already. */
export function escapeHtml(value: unknown): string {
  if (value instanceof Markup) return value.text;
  return escapeText(toText(value));
}

/** Escapes a text for HTML. */
export function escapeText(text: string): string {
  return text.replace(SPECIAL_REGEXP, (character) => ENTITIES.get(character)!);
}
