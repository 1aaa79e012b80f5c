import { type Float, floatValue, integerValue } from "../../values.ts";
import { SyntaxFailure } from "../error.ts";
import { escapeCharacter } from "../strings/text.ts";

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

/**
 * Decodes the escapes between the quotes of a string literal as Python does.
 * Unknown escapes stay as they are.
 */
export function decodeString(body: string): string {
  return body.includes("\\") ? body.replace(ESCAPE_REGEXP, decodeEscape) : body;
}

function decodeEscape(match: string): string {
  const rest = match.slice(1);
  const short = SHORT_ESCAPES.get(rest);
  if (short !== undefined) return short;
  // Jinja2 first escapes what is not ASCII, and the backslash then hides that escape.
  if (rest.codePointAt(0)! > 0x7f) return escapeCharacter(rest);
  if (/^[0-7]/.test(rest)) return String.fromCodePoint(parseInt(rest, 8));
  const code = rest.length > 1 ? parseInt(rest.slice(1), 16) : NaN;
  if (Number.isNaN(code) || code > 0x10ffff) {
    throw new SyntaxFailure(
      `the escape \\${rest[0]} in a string is incomplete or not a character`,
      [],
      "Write a backslash as \\\\",
    );
  }
  return String.fromCodePoint(code);
}

// Python's bound, as more digits take quadratic time.
const MAX_DIGITS = 4300;

/** Reads an integer literal: `42`, `1_000`, `0x2a`, `0b1`, `0o7`. */
export function readInteger(text: string): number | bigint {
  const digits = text.replaceAll("_", "");
  if (digits.length > MAX_DIGITS) {
    throw new SyntaxFailure(`an integer has more than ${MAX_DIGITS} digits`);
  }
  return integerValue(BigInt(digits));
}

/** Reads a float literal: `1.5`, `1e3`, `1_0.0`. */
export function readFloat(text: string): number | Float {
  return floatValue(Number(text.replaceAll("_", "")));
}
