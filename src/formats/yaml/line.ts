const BREAK_REGEXP = /\r\n?|[\n\x85\u2028\u2029]/g;

/** A line of YAML and a position in it. */
export interface LinePosition {
  /** The number of the line, from 1. */
  readonly line: number;
  /** The number of the column, from 1. */
  readonly column: number;
  /** The line without its end. */
  readonly lineText: string;
}

/**
 * Finds the line that an offset is in.
 *
 * @param text The YAML.
 * @param offset The offset of a character, or the length of the text.
 * @returns The line and the position.
 */
export function lineAt(text: string, offset: number): LinePosition {
  let line = 1;
  let start = text.startsWith("\ufeff") ? 1 : 0;
  for (const { index, 0: { length } } of text.matchAll(BREAK_REGEXP)) {
    if (index + length > offset) {
      const lineText = text.slice(start, index);
      return { line, column: offset - start + 1, lineText };
    }
    line += 1;
    start = index + length;
  }
  return { line, column: offset - start + 1, lineText: text.slice(start) };
}
