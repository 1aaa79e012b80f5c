import {
  escapeUnit,
  jsonFloat,
  type JsonInput,
  writeJson,
} from "./json_writer.ts";

const NON_ASCII_REGEXP = /[\x7f-\uffff]/g;

/** Options of {@linkcode pythonJson}: those of Python's `json.dumps`. */
interface PythonJsonOptions {
  /** The indentation of a level: a number of spaces, or the text itself. */
  indent?: number | string | undefined;
  /** Whether mappings are sorted by key. */
  sortKeys?: boolean | undefined;
  /** Whether characters beyond ASCII are written as `\uXXXX`; by default they are. */
  ensureAscii?: boolean | undefined;
  /** Separates items, and keys from values. */
  separators?: readonly [string, string] | undefined;
}

/**
 * Writes a value as Python's `json.dumps` does: `", "` and `": "` as separators,
 * `\uXXXX` for characters beyond ASCII, `1e-07`, `NaN`.
 *
 * @throws {CicdStateError} `INPUT`, if the output would exceed 32 MiB, or if the
 * value nests over 1000 levels deep.
 */
export function pythonJson(
  value: JsonInput,
  options: PythonJsonOptions = {},
): string {
  const { indent, sortKeys = false, ensureAscii = true } = options;
  const [itemSeparator, keySeparator] = options.separators ??
    [indent === undefined ? ", " : ",", ": "];
  return writeJson(value, {
    indent: typeof indent === "number"
      ? " ".repeat(Math.max(0, indent))
      : indent,
    itemSeparator,
    keySeparator,
    sortKeys,
    quote: ensureAscii ? quoteAscii : JSON.stringify,
    float: jsonFloat,
  });
}

function quoteAscii(text: string): string {
  return JSON.stringify(text).replace(NON_ASCII_REGEXP, escapeUnit);
}
