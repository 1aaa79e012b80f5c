import {
  BOOL_REGEXP,
  FLOAT_REGEXP,
  INT_REGEXP,
  NULL_REGEXP,
  TIMESTAMP_REGEXP,
} from "./yaml/scalar_types.ts";

/** What a reader of YAML 1.1 or 1.2 takes for something else than a string. */
const OTHER_TYPES: readonly RegExp[] = [
  NULL_REGEXP,
  BOOL_REGEXP,
  INT_REGEXP,
  FLOAT_REGEXP,
  TIMESTAMP_REGEXP,
  /^(?:[yYnN]|<<|=)$/,
  // YAML 1.1 as it is written, beyond what PyYAML implements.
  /^[-+]?(?:\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?|(?:\d[\d_]*)?\.[\d_]*\d[\d_]*(?:[eE][-+]\d+)?)$/,
  // YAML 1.2.
  /^(?:0o[0-7]+|[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)$/,
];
// Invisible characters, and those that YAML 1.1 takes for line breaks.
const INVISIBLE_REGEXP = /[\t\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/;
const ONLY_SPACE_REGEXP = /^\s+$/;
const CONTROL_REGEXP = /(?!\n)[\p{Cc}\p{Cs}]/u;
const DOCUMENT_MARKER_REGEXP = /^(?:---|\.\.\.)(?= |$)/;
// The first character, and " #", ": " and spaces at the ends.
const NOT_PLAIN_REGEXP =
  /^(?:[,[\]{}#&*!|>'"%@`]|[-?:](?: |$))|^ | $| #|:(?: |$)/;
const INDENTED_REGEXP = /^\n* /;
const ESCAPED_REGEXP = /["\\\p{Cc}\p{Cs}\xa0\u2028\u2029\ufeff\ufffe\uffff]/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "0",
  "\x07": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\x1b": "e",
  '"': '"',
  "\\": "\\",
  "\x85": "N",
  "\xa0": "_",
  "\u2028": "L",
  "\u2029": "P",
};

/** Where a string is written. */
export interface StringPosition {
  /** How many spaces its lines are indented by, if it is written as a block. */
  readonly indent: number;
  /** Whether it is the whole document. */
  readonly isRoot: boolean;
}

/**
 * Writes a string as a value: plain if every reader reads it as this string, as a
 * literal block if it has several lines, and otherwise in quotes.
 *
 * @param string The string.
 * @param position Where it is written.
 * @returns The YAML, without a line break at the end.
 */
export function writeString(string: string, position: StringPosition): string {
  if (isOneLiner(string)) return oneLiner(string, position.isRoot);
  // At the top, PyYAML and YAML 1.2 count the indentation of a block differently.
  return position.isRoot && INDENTED_REGEXP.test(string)
    ? doubleQuoted(string)
    : literalBlock(string, position.indent);
}

/** Reports whether a string is not written as a block. */
function isOneLiner(string: string): boolean {
  return !string.includes("\n") || ONLY_SPACE_REGEXP.test(string) ||
    INVISIBLE_REGEXP.test(string) || CONTROL_REGEXP.test(string);
}

/**
 * Writes a string as a key, on one line.
 *
 * @param string The string.
 * @returns The YAML.
 */
export function writeKey(string: string): string {
  return oneLiner(string, string.includes(" "));
}

/** Writes a string on one line, where it may start the line or not. */
function oneLiner(string: string, startsLine: boolean): string {
  if (
    string.includes("\n") || INVISIBLE_REGEXP.test(string) ||
    ONLY_SPACE_REGEXP.test(string) || CONTROL_REGEXP.test(string)
  ) return doubleQuoted(string);
  const needsQuotes = NOT_PLAIN_REGEXP.test(string) ||
    startsLine && DOCUMENT_MARKER_REGEXP.test(string) ||
    OTHER_TYPES.some((pattern) => pattern.test(string));
  return needsQuotes ? `'${string.replaceAll("'", "''")}'` : string;
}

function doubleQuoted(string: string): string {
  return `"${string.replace(ESCAPED_REGEXP, escapeCharacter)}"`;
}

function escapeCharacter(character: string): string {
  const short = ESCAPES[character];
  if (short !== undefined) return `\\${short}`;
  const code = character.charCodeAt(0);
  const digits = code.toString(16).toUpperCase();
  return code < 0x100
    ? `\\x${digits.padStart(2, "0")}`
    : `\\u${digits.padStart(4, "0")}`;
}

/** Reports whether the line breaks at the end of a string are kept by `|+`. */
export function keepsBreaks(string: string): boolean {
  return !isOneLiner(string) && string.endsWith("\n\n");
}

function literalBlock(string: string, indent: number): string {
  const increment = INDENTED_REGEXP.test(string) ? "2" : "";
  const chomping = !string.endsWith("\n")
    ? "-"
    : string.endsWith("\n\n")
    ? "+"
    : "";
  const content = string.endsWith("\n") ? string.slice(0, -1) : string;
  const margin = " ".repeat(indent);
  const lines = content.replaceAll(/^(?=.)/gm, margin);
  return `|${increment}${chomping}\n${lines}`;
}
