import {
  type Cursor,
  END,
  isBreak,
  isBreakOrEnd,
  SPACE,
  TAB,
} from "./cursor.ts";

const FOLDED = 0x3e;
const PLUS = 0x2b;
const MINUS = 0x2d;

/**
 * Reads a block scalar.
 *
 * @param cursor Stands at its `|` or `>`, and at the start of the line behind it
 * afterwards.
 * @param parentIndent The indentation of the block that contains it; -1 at the top.
 * @returns The string.
 * @throws {YamlFault} If its first line is wrong.
 */
export function readBlock(cursor: Cursor, parentIndent: number): string {
  const isFolded = cursor.unit() === FOLDED;
  cursor.skip(1);
  const { chomping, increment } = readHeader(cursor);
  const least = Math.max(parentIndent + 1, 1);
  let indent = least + (increment ?? 1) - 1;
  let breaks = "";
  if (increment === undefined) {
    const found = readLeadingLines(cursor);
    breaks = found.breaks;
    indent = Math.max(least, found.indent);
  } else {
    breaks = readBreaks(cursor, indent);
  }
  let text = "";
  let lineBreak = "";
  while (cursor.column === indent && cursor.unit() !== END) {
    text += breaks;
    const isText = !isSpaceOrTab(cursor.unit());
    text += cursor.takeLine();
    lineBreak = cursor.takeBreak();
    breaks = readBreaks(cursor, indent);
    if (cursor.column !== indent || cursor.unit() === END) break;
    const isFold = isFolded && lineBreak === "\n" && isText &&
      !isSpaceOrTab(cursor.unit());
    if (!isFold) text += lineBreak;
    else if (breaks === "") text += " ";
  }
  if (chomping === MINUS) return text;
  return chomping === PLUS ? text + lineBreak + breaks : text + lineBreak;
}

/** The first line of a block scalar. */
interface Header {
  /** The sign that says what becomes of the line breaks at the end. */
  readonly chomping: number | undefined;
  /** How much more than its parent it is indented. */
  readonly increment: number | undefined;
}

function readHeader(cursor: Cursor): Header {
  let chomping: number | undefined;
  let increment: number | undefined;
  for (let count = 0; count < 2; count++) {
    const unit = cursor.unit();
    const digit = unit - 0x30;
    if ((unit === PLUS || unit === MINUS) && chomping === undefined) {
      chomping = unit;
    } else if (digit >= 0 && digit <= 9 && increment === undefined) {
      if (digit === 0) cursor.fail("the indentation of a block cannot be 0");
      increment = digit;
    } else break;
    cursor.skip(1);
  }
  if (cursor.unit() !== SPACE && !isBreakOrEnd(cursor.unit())) {
    cursor.fail(
      `expected the end of the line after | or >`,
    );
  }
  cursor.skipAll(SPACE);
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.unit())) {
    cursor.fail(
      `expected the end of the line after | or >`,
    );
  }
  cursor.takeBreak();
  return { chomping, increment };
}

/** Reads the empty lines before the first line of text, and its indentation. */
function readLeadingLines(cursor: Cursor): { breaks: string; indent: number } {
  let breaks = "";
  let indent = 0;
  while (true) {
    cursor.skipAll(SPACE);
    indent = Math.max(indent, cursor.column);
    if (!isBreak(cursor.unit())) return { breaks, indent };
    breaks += cursor.takeBreak();
  }
}

/** Reads empty lines and the indentation of the next line. */
function readBreaks(cursor: Cursor, indent: number): string {
  let breaks = "";
  while (true) {
    while (cursor.column < indent && cursor.unit() === SPACE) cursor.skip(1);
    if (!isBreak(cursor.unit())) return breaks;
    breaks += cursor.takeBreak();
  }
}

function isSpaceOrTab(unit: number): boolean {
  return unit === SPACE || unit === TAB;
}
