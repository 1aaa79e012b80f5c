import { characters, escapeText, sliceText, SPACE_CLASS } from "./text.ts";

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

/** How {@linkcode urlize} writes links. */
interface UrlizeOptions {
  /** Gives the most characters that are shown of an address. */
  readonly limit: (() => number) | undefined;
  /** The links' `rel`. */
  readonly rel: string;
  /** The links' `target`. */
  readonly target: string | undefined;
  /** Beginnings that make a word an address, beside the usual. */
  readonly extraSchemes: readonly string[];
}

const HEAD_REGEXP = /^(?:[(<]|&lt;)+/;
const BRACKETS: readonly [string, string][] = [
  ["(", ")"],
  ["<", ">"],
  ["&lt;", "&gt;"],
];
const TAILS = [")", ">", ".", ",", "\n", "&gt;"];

/** Makes links of the addresses in a text that is escaped already. */
export function urlize(text: string, options: UrlizeOptions): string {
  return text.split(/(\s+)/)
    .map((word) => linkWord(word, options))
    .join("");
}

function linkWord(word: string, options: UrlizeOptions): string {
  const head = HEAD_REGEXP.exec(word)?.[0] ?? "";
  let middle = word.slice(head.length);
  let tail = "";
  for (;;) {
    const end = TAILS.find((ending) => middle.endsWith(ending));
    if (end === undefined) break;
    tail = end + tail;
    middle = middle.slice(0, -end.length);
  }
  for (const [open, close] of BRACKETS) {
    // A bracket that the address opens itself belongs to it.
    let missing = count(middle, open) - count(middle, close);
    for (; missing > 0 && tail.includes(close); missing--) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return head + link(middle, options) + tail;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function shorten(word: string, limit = Infinity): string {
  return characters(word).length > limit
    ? `${sliceText(word, 0, limit)}...`
    : word;
}

function link(word: string, options: UrlizeOptions): string {
  const { rel, target, extraSchemes } = options;
  const attributes = (rel === "" ? "" : ` rel="${escapeText(rel)}"`) +
    (target === undefined ? "" : ` target="${escapeText(target)}"`);
  if (isWebAddress(word)) {
    const isComplete = /^https?:\/\//.test(word);
    const address = isComplete ? word : `https://${word}`;
    const shown = shorten(word, options.limit?.());
    return `<a href="${address}"${attributes}>${shown}</a>`;
  }
  if (word.startsWith("mailto:") && isMailAddress(word.slice(7))) {
    return `<a href="${word}">${word.slice(7)}</a>`;
  }
  if (
    word.includes("@") && !word.startsWith("www.") && !word.startsWith("@") &&
    !word.includes(":") && isMailAddress(word)
  ) {
    return `<a href="mailto:${word}">${word}</a>`;
  }
  const scheme = extraSchemes.find((start) =>
    word !== start && word.startsWith(start)
  );
  return scheme === undefined
    ? word
    : `<a href="${word}"${attributes}>${word}</a>`;
}

// No constants: every process that renders would spend half a millisecond on
// the classes of characters.
function isWebAddress(text: string): boolean {
  return /^(?:(?:https?:\/\/|www\.)(?:(?:[\p{L}\p{N}_%-]+\.)+)?(?:[a-z]{2,63}|xn--[\p{L}\p{N}_%]{2,59})|(?:[\p{L}\p{N}_%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)|https?:\/\/(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\]))(?::\d{1,5})?(?:[/?#]\S*)?$/iu
    .test(text);
}

function isMailAddress(text: string): boolean {
  return /^\S+@[\p{L}\p{N}_][\p{L}\p{N}_.-]*\.[\p{L}\p{N}_]+$/u.test(text);
}
