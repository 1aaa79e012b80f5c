import { CicdStateError } from "../errors.ts";
import type { Value } from "../values.ts";
import { lineAt, readYaml } from "./yaml/document.ts";
import { YamlFault } from "./yaml/scan/cursor.ts";

const TAB_REGEXP = /^ *\t/;
const RESERVED_START_REGEXP = /(?:^|[:-])\s+(\{[{%]|[@`%])/;
const SECOND_COLON_REGEXP = /:\s.*:(?:\s|$)/;

/** Options of {@linkcode parseYaml}. */
export interface ParseYamlOptions {
  /** Names the YAML in error messages, for example the path of the file. */
  file?: string | undefined;
  /**
   * Whether to refuse what PyYAML refuses. Without it, tabs may separate tokens, a
   * key may have more than 1,024 characters, an anchor may be defined twice, and a
   * date that does not exist is a string.
   *
   * @default {false}
   */
  strict?: boolean;
}

/**
 * Parses YAML as PyYAML's FullLoader does: YAML 1.1, where `yes` is true, `010` is 8
 * and `12:30` is 750. Keys become strings, as in JSON. Empty YAML is null.
 *
 * @param text The YAML of one document.
 * @param options How messages name it, and how strict to be.
 * @returns The value. Aliases are shared lists and mappings.
 * @throws {CicdStateError} `INPUT`, with file, line and column, if it cannot be
 * read, nests over 1000 levels deep, or has aliases that make over 10,000,000 values.
 * @example A version number stays as it is written
 * ```ts
 * import { Float, parseYaml } from "@cicdstatemgr/cicdstatemgr";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * deepStrictEqual(parseYaml("version: 1.0\nactive: yes\n"), {
 *   version: new Float(1),
 *   active: true,
 * });
 * ```
 */
export function parseYaml(text: string, options: ParseYamlOptions = {}): Value {
  const { file = "YAML", strict = false } = options;
  try {
    return readYaml(text, { isStrict: strict });
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    const { line, column, lineText } = lineAt(text, error.offset);
    // No part of the text is shown: it may be a secret.
    throw new CicdStateError(
      "INPUT",
      `Cannot parse ${file} at line ${line}, column ${column}: ${error.message}`,
      { hint: hintFor(lineText), place: { line, column } },
    );
  }
}

/** Returns a hint for the most common mistakes. */
function hintFor(line: string): string | undefined {
  if (TAB_REGEXP.test(line)) return "Indent with spaces, not tabs";
  const start = RESERVED_START_REGEXP.exec(line);
  if (start !== null) {
    return `Put a value that starts with ${start[1]} in quotes`;
  }
  return SECOND_COLON_REGEXP.test(line)
    ? "Put a value that contains a colon and a space in quotes"
    : undefined;
}
