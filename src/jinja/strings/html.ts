import { SPACE_CLASS } from "./space.ts";
const SPACES_REGEXP = new RegExp(`${SPACE_CLASS}+`);
const ENTITY_REGEXP = /&(?:#(\d+);?|#[xX]([0-9a-fA-F]+);?|(\w+;|\w+))/g;

/** The names of the characters from U+00A0 on. */
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
// Of more than 2000 others, the few that text holds.
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

/** Removes comments and tags, makes one blank of white space, and reads entities. */
export function stripTags(text: string): string {
  const plain = removeBetween(removeBetween(text, "<!--", "-->"), "<", ">");
  const words = plain.split(SPACES_REGEXP).filter((word) => word !== "");
  return unescapeHtml(words.join(" "));
}

function removeBetween(text: string, start: string, end: string): string {
  let result = "";
  let at = 0;
  for (;;) {
    const from = text.indexOf(start, at);
    const to = from === -1 ? -1 : text.indexOf(end, from);
    if (to === -1) return result + text.slice(at);
    result += text.slice(at, from);
    at = to + end.length;
  }
}

/** Makes characters of HTML's entities. */
export function unescapeHtml(text: string): string {
  return text.replace(ENTITY_REGEXP, decodeEntity);
}

function decodeEntity(
  match: string,
  decimal: string | undefined,
  hexadecimal: string | undefined,
  name: string | undefined,
): string {
  if (name !== undefined) return namedEntity(name) ?? match;
  const code = decimal === undefined
    ? parseInt(hexadecimal!, 16)
    : Number(decimal);
  const isCharacter = code > 0 && code <= 0x10ffff &&
    (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : "\ufffd";
}

let openEntities: ReadonlyMap<string, string> | undefined;

/** Those that HTML reads without a semicolon too. */
function readOpenEntities(): ReadonlyMap<string, string> {
  return openEntities ??= new Map([
    ...LATIN_NAMES.split(" ").map((name, index): [string, string] => [
      name,
      String.fromCodePoint(0xa0 + index),
    ]),
    ["AMP", "&"],
    ["GT", ">"],
    ["LT", "<"],
    ["QUOT", '"'],
    ["amp", "&"],
    ["gt", ">"],
    ["lt", "<"],
    ["quot", '"'],
  ]);
}

function namedEntity(name: string): string | undefined {
  const open = readOpenEntities();
  const exact = name.endsWith(";") ? name.slice(0, -1) : name;
  const character = open.get(exact) ??
    (exact === name ? undefined : ENTITIES.get(exact));
  if (character !== undefined) return character;
  for (let end = name.length - 1; end > 1; end--) {
    const start = open.get(name.slice(0, end));
    if (start !== undefined) return start + name.slice(end);
  }
  return undefined;
}
