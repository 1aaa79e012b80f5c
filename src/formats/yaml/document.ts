import type { Value } from "../../values.ts";
import { Composer, type ComposerOptions } from "./composer.ts";
import { Cursor } from "./scan/cursor.ts";
import type { TokenKind } from "./scan/tokens.ts";
import { Scanner } from "./scan/scanner.ts";
import { TagHandles, TokenReader } from "./token_reader.ts";

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

const ENDS: readonly TokenKind[] = [
  "directive",
  "document-start",
  "document-end",
  "stream-end",
];

/**
 * Reads YAML of one document.
 *
 * @param text The YAML.
 * @param options How strict to be, and what to collect.
 * @returns The value. Aliases are shared lists and mappings.
 * @throws {YamlFault} If it cannot be read.
 */
export function readYaml(text: string, options: ComposerOptions): Value {
  const { isStrict } = options;
  const tokens = new TokenReader(new Scanner(new Cursor(text), isStrict));
  // PyYAML refuses the end of a document that has not begun.
  if (!isStrict) skipDocumentEnds(tokens);
  if (tokens.is("stream-end")) return null;
  const handles = new TagHandles();
  const isExplicit = tokens.is("directive", "document-start");
  if (isExplicit) {
    handles.readDirectives(tokens);
    if (!tokens.accept("document-start")) tokens.fail('expected "---"');
  }
  const isEmpty = isExplicit && tokens.is(...ENDS);
  const composer = new Composer(tokens, handles, options);
  const value = isEmpty ? null : composer.node(true);
  if (!tokens.is(...ENDS)) {
    tokens.fail("expected the end of the document; check the indentation");
  }
  skipDocumentEnds(tokens);
  if (!tokens.is("stream-end")) {
    tokens.fail("expected one document, but found several");
  }
  return value;
}

function skipDocumentEnds(tokens: TokenReader): void {
  while (tokens.accept("document-end"));
}
