import { type Cursor, isBlank, isBreak, SPACE, TAB } from "./cursor.ts";

const COLON = 0x3a;
const COMMENT = 0x23;
const QUESTION_MARK = 0x3f;
/** Characters that end no plain scalar anywhere. */
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
