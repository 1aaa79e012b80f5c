import { SPACE_CLASS } from "./spaces.ts";

const SPACES_REGEXP = new RegExp(`${SPACE_CLASS}+`);
const ENTITY_REGEXP = /&(?:#(\d+);?|#[xX]([0-9a-fA-F]+);?|(\w+;|\w+))/g;

// The few that text holds; HTML has 2231.
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["apos", "'"],
  ["bull", "•"],
  ["copy", "©"],
  ["deg", "°"],
  ["euro", "€"],
  ["gt", ">"],
  ["hellip", "…"],
  ["laquo", "«"],
  ["ldquo", "“"],
  ["lsquo", "‘"],
  ["lt", "<"],
  ["mdash", "—"],
  ["middot", "·"],
  ["nbsp", "\xa0"],
  ["ndash", "–"],
  ["para", "¶"],
  ["quot", '"'],
  ["raquo", "»"],
  ["rarr", "→"],
  ["rdquo", "”"],
  ["reg", "®"],
  ["rsquo", "’"],
  ["sect", "§"],
  ["times", "×"],
  ["trade", "™"],
]);
/** Those that HTML reads without a semicolon too, even in front of letters. */
const OPEN_ENTITY_REGEXP =
  /^(?:amp|copy|deg|gt|laquo|lt|middot|nbsp|para|quot|raquo|reg|sect|times)/;

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

function namedEntity(name: string): string | undefined {
  if (name.endsWith(";")) {
    const character = ENTITIES.get(name.slice(0, -1));
    if (character !== undefined) return character;
  }
  const open = OPEN_ENTITY_REGEXP.exec(name)?.[0];
  return open === undefined
    ? undefined
    : ENTITIES.get(open) + name.slice(open.length);
}
