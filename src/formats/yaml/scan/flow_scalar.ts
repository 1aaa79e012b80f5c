import { type Cursor, END, isBlank, isBreak, SPACE, TAB } from "./cursor.ts";

const COLON = 0x3a;
const COMMENT = 0x23;
const QUESTION_MARK = 0x3f;
/** Characters that end no plain scalar anywhere. */
const INDICATORS = "-?:,[]{}#&*!|>'\"%@`";
const SAFE_REGEXP = /[^\0\t\n\r :,?[\]{}\x85\u2028\u2029]+/y;

/** Where a plain scalar stands. */
export interface PlainContext {
  /** The least indentation of its lines. */
  readonly indent: number;
  /** Whether it stands in brackets or braces. */
  readonly isInFlow: boolean;
  /** Whether only what PyYAML reads is accepted. */
  readonly isStrict: boolean;
}

/** A plain scalar as read. */
interface PlainScalar {
  /** Its text, folded to one line. */
  readonly text: string;
  /** Whether the cursor stands on a later line, where a key may start. */
  readonly endsLine: boolean;
}

/**
 * Reads a scalar without quotes.
 *
 * @param cursor Stands at its first character, and at the next token or at white
 * space afterwards.
 * @param context Where it stands.
 * @returns The scalar.
 */
export function readPlain(cursor: Cursor, context: PlainContext): PlainScalar {
  let text = "";
  let spaces = "";
  let endsLine = false;
  do {
    if (cursor.unit() === COMMENT) break;
    const start = cursor.offset;
    cursor.takeMatch(SAFE_REGEXP);
    while (!endsRun(cursor, context)) {
      cursor.skip(1);
      cursor.takeMatch(SAFE_REGEXP);
    }
    if (cursor.offset === start) break;
    text += spaces + cursor.text.slice(start, cursor.offset);
    const { lineStart } = cursor;
    spaces = readSpaces(cursor, context);
    endsLine = cursor.lineStart !== lineStart;
  } while (
    spaces !== "" && (context.isInFlow || cursor.column >= context.indent)
  );
  return { text, endsLine };
}

function endsRun(cursor: Cursor, context: PlainContext): boolean {
  const unit = cursor.unit();
  if (isBlank(unit)) return true;
  if (!context.isInFlow) return unit === COLON && isBlank(cursor.unit(1));
  // PyYAML ends a plain scalar at any question mark in brackets.
  return isFlowIndicator(unit) ||
    unit === QUESTION_MARK && context.isStrict ||
    unit === COLON &&
      (isBlank(cursor.unit(1)) || isFlowIndicator(cursor.unit(1)));
}

/** Reports whether a plain scalar can start at the cursor with any next character. */
export function canStartPlain(cursor: Cursor): boolean {
  return !isBlank(cursor.unit()) &&
    !INDICATORS.includes(cursor.text[cursor.offset]!);
}

/** Reports whether a character is one of `,[]{}`. */
export function isFlowIndicator(unit: number): boolean {
  return unit === 0x2c || unit === 0x5b || unit === 0x5d || unit === 0x7b ||
    unit === 0x7d;
}

/** Reads white space; returns what it is folded to, or "" if the scalar ends. */
function readSpaces(cursor: Cursor, context: PlainContext): string {
  const start = cursor.offset;
  skipSpaces(cursor, context);
  const spaces = cursor.text.slice(start, cursor.offset);
  const lineBreak = cursor.takeBreak();
  if (lineBreak === "") return spaces;
  let breaks = "";
  while (true) {
    if (cursor.isAtMarker()) return "";
    cursor.skipAll(SPACE);
    const indented = cursor.offset;
    const isIndented = context.isInFlow || cursor.column >= context.indent;
    skipSpaces(cursor, context);
    if (!isBreak(cursor.unit())) {
      // Tabs do not indent a line.
      if (!isIndented) cursor.offset = indented;
      break;
    }
    breaks += cursor.takeBreak();
  }
  if (lineBreak !== "\n") return lineBreak + breaks;
  return breaks === "" ? " " : breaks;
}

function skipSpaces(cursor: Cursor, { isStrict }: PlainContext): void {
  while (
    cursor.unit() === SPACE || cursor.unit() === TAB && !isStrict
  ) cursor.skip(1);
}

const DOUBLE_QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Characters that have no meaning in quotes. */
const SAFE_QUOTED_REGEXP = /[^\0\n\r'"\\\x85\u2028\u2029]+/y;
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
    cursor.takeMatch(SAFE_QUOTED_REGEXP);
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
