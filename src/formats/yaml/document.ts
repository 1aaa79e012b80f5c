import type { Value } from "../../values.ts";
import { Composer, type ComposerOptions } from "./composer.ts";
import { Cursor } from "./scan/cursor.ts";
import { Scanner } from "./scan/scanner.ts";
import type { TokenKind } from "./scan/tokens.ts";
import { TagHandles } from "./tag_handles.ts";
import { TokenReader } from "./token_reader.ts";

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
