import type { Budget } from "../runtime/budget.ts";
import { splitWords } from "./search.ts";

/** Removes tags and comments, collapses white space and decodes entities. */
export function stripTags(budget: Budget, text: string): string {
  budget.allocateString(text.length);
  const plain = removeBetween(removeBetween(text, "<!--", "-->"), "<", ">");
  return unescapeHtml(budget, splitWords(budget, plain, -1).join(" "));
}

function removeBetween(text: string, start: string, end: string): string {
  let result = "";
  let at = 0;
  for (;;) {
    const from = text.indexOf(start, at);
    const to = from === -1 ? -1 : text.indexOf(end, from + start.length);
    if (to === -1) return result + text.slice(at);
    result += text.slice(at, from);
    at = to + end.length;
  }
}

const ENTITY_REGEXP =
  /&(?:#(\d+);?|#[xX]([0-9a-fA-F]+);?|([^\t\n\f <&#;]{1,32};?))/g;

/** Decodes the entities of HTML, as Python's `html.unescape()` does. */
export function unescapeHtml(budget: Budget, text: string): string {
  budget.allocateString(text.length);
  return text.replace(ENTITY_REGEXP, decodeEntity);
}

function decodeEntity(
  entity: string,
  decimal: string | undefined,
  hexadecimal: string | undefined,
  name: string | undefined,
): string {
  if (name !== undefined) return decodeName(name) ?? entity;
  return decodeCode(
    decimal === undefined ? parseInt(hexadecimal!, 16) : Number(decimal),
  );
}

/** The characters of Windows-1252 from U+0080 on, which HTML reads in such numbers. */
const WINDOWS_CHARACTERS = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
const CONTROL_REGEXP = /^(?![\t\n\f\r])[\p{Cc}\ufdd0-\ufdef]$/u;

function decodeCode(code: number): string {
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    return "\ufffd";
  }
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_CHARACTERS[code - 0x80]!;
  const isNoncharacter = (code & 0xfffe) === 0xfffe;
  const character = String.fromCodePoint(code);
  return isNoncharacter || CONTROL_REGEXP.test(character) ? "" : character;
}

/** The names of the characters from U+00A0 on, which HTML reads without a semicolon too. */
const LATIN_NAMES =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not " +
  "shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 " +
  "ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde " +
  "Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc " +
  "Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave " +
  "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml " +
  "aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml " +
  "eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave " +
  "uacute ucirc uuml yacute thorn yuml";
// HTML has more than 2000 others; these are the ones in use.
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["apos", "'"],
  ["bull", "•"],
  ["check", "✓"],
  ["euro", "€"],
  ["hearts", "♥"],
  ["hellip", "…"],
  ["larr", "←"],
  ["ldquo", "“"],
  ["lsquo", "‘"],
  ["mdash", "—"],
  ["ndash", "–"],
  ["rarr", "→"],
  ["rdquo", "”"],
  ["rsquo", "’"],
  ["trade", "™"],
]);
const OPEN_ENTITIES: readonly (readonly [string, string])[] = [
  ["AMP", "&"],
  ["GT", ">"],
  ["LT", "<"],
  ["QUOT", '"'],
  ["amp", "&"],
  ["gt", ">"],
  ["lt", "<"],
  ["quot", '"'],
];

let openEntities: ReadonlyMap<string, string> | undefined;

function openEntity(name: string): string | undefined {
  openEntities ??= new Map([
    ...OPEN_ENTITIES,
    ...LATIN_NAMES.split(" ").map((latin, index): [string, string] => [
      latin,
      String.fromCodePoint(0xa0 + index),
    ]),
  ]);
  return openEntities.get(name);
}

function decodeName(name: string): string | undefined {
  const bare = name.endsWith(";") ? name.slice(0, -1) : name;
  const character = openEntity(bare) ??
    (bare === name ? undefined : ENTITIES.get(bare));
  if (character !== undefined) return character;
  for (let end = name.length - 1; end > 1; end--) {
    const start = openEntity(name.slice(0, end));
    if (start !== undefined) return start + name.slice(end);
  }
  return undefined;
}
