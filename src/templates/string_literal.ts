import { fail } from "./failure.ts";
import { escapeCharacter } from "./text.ts";

const ESCAPE_REGEXP =
  /\\(?:\n|[\\'"abfnrtv]|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[xuUN]|\P{ASCII})/gu;
const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\n", ""],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

/** Reads the escapes of a string literal as Python does; unknown ones stay. */
export function decodeString(body: string): string {
  if (!body.includes("\\")) return body;
  return body.replace(ESCAPE_REGEXP, decodeEscape);
}

function decodeEscape(match: string): string {
  const rest = match.slice(1);
  const short = SHORT_ESCAPES.get(rest);
  if (short !== undefined) return short;
  // Jinja2 makes what is not ASCII an escape first, which the backslash then hides.
  if (rest.codePointAt(0)! > 0x7f) return escapeCharacter(rest);
  if (/^[0-7]/.test(rest)) return String.fromCodePoint(parseInt(rest, 8));
  const code = rest.length > 1 ? parseInt(rest.slice(1), 16) : NaN;
  if (Number.isNaN(code) || code > 0x10ffff) {
    fail(
      `cannot read the escape \\${rest[0]} in a string`,
      "Write a backslash as \\\\",
    );
  }
  return String.fromCodePoint(code);
}
