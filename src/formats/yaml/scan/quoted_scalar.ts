import { type Cursor, END, isBreak, SPACE, TAB } from "./cursor.ts";

const DOUBLE_QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Characters that have no meaning in quotes. */
const SAFE_REGEXP = /[^\0\n\r'"\\\x85\u2028\u2029]+/y;
const HEX_REGEXP = /^[\da-fA-F]+$/;
const MAX_CODE_POINT = 0x10ffff;

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
const ESCAPE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Reads a scalar in quotes.
 *
 * @param cursor Stands at the opening quote, and behind the closing one afterwards.
 * @returns The string.
 * @throws {YamlFault} If the closing quote is missing or an escape is unknown.
 */
export function readQuoted(cursor: Cursor): string {
  const quote = cursor.unit();
  const opening = cursor.offset;
  cursor.skip(1);
  let string = "";
  let start = cursor.offset;
  while (true) {
    cursor.takeMatch(SAFE_REGEXP);
    const unit = cursor.unit();
    if (unit === quote) {
      string += cursor.text.slice(start, cursor.offset);
      cursor.skip(1);
      // In single quotes, two quotes stand for one.
      if (quote === DOUBLE_QUOTE || cursor.unit() !== quote) return string;
      start = cursor.offset;
      cursor.skip(1);
    } else if (unit === BACKSLASH && quote === DOUBLE_QUOTE) {
      string += cursor.text.slice(start, cursor.offset);
      cursor.skip(1);
      string += readEscape(cursor);
      start = cursor.offset;
    } else if (isBreak(unit)) {
      string += trimEnd(cursor.text, start, cursor.offset) + readFold(cursor);
      start = cursor.offset;
    } else if (unit === END) {
      cursor.offset = opening;
      cursor.fail(`the closing ${String.fromCharCode(quote)} is missing`);
    } else {
      cursor.skip(1);
    }
  }
}

function trimEnd(text: string, start: number, end: number): string {
  let last = end;
  while (last > start && isSpaceOrTab(text.charCodeAt(last - 1))) last -= 1;
  return text.slice(start, last);
}

function isSpaceOrTab(unit: number): boolean {
  return unit === SPACE || unit === TAB;
}

/** Reads a line break and what it is folded to. */
function readFold(cursor: Cursor): string {
  const lineBreak = cursor.takeBreak();
  const breaks = readBreaks(cursor);
  if (lineBreak !== "\n") return lineBreak + breaks;
  return breaks === "" ? " " : breaks;
}

/** Reads empty lines and the indentation of the next line. */
function readBreaks(cursor: Cursor): string {
  let breaks = "";
  while (true) {
    if (cursor.isAtMarker()) {
      cursor.fail("a document ends inside quotes");
    }
    while (isSpaceOrTab(cursor.unit())) cursor.skip(1);
    if (!isBreak(cursor.unit())) return breaks;
    breaks += cursor.takeBreak();
  }
}

/** Reads what follows a backslash. */
function readEscape(cursor: Cursor): string {
  if (isBreak(cursor.unit())) {
    cursor.takeBreak();
    return readBreaks(cursor);
  }
  const character = cursor.text.charAt(cursor.offset);
  if (Object.hasOwn(ESCAPES, character)) {
    cursor.skip(1);
    return ESCAPES[character]!;
  }
  if (!Object.hasOwn(ESCAPE_LENGTHS, character)) {
    cursor.fail("unknown escape sequence");
  }
  const length = ESCAPE_LENGTHS[character]!;
  cursor.skip(1);
  const digits = cursor.text.slice(cursor.offset, cursor.offset + length);
  const code = parseInt(digits, 16);
  const isValid = digits.length === length && HEX_REGEXP.test(digits) &&
    code <= MAX_CODE_POINT;
  if (!isValid) {
    cursor.fail(`\\${character} needs ${length} hexadecimal digits`);
  }
  cursor.skip(length);
  return String.fromCodePoint(code);
}
