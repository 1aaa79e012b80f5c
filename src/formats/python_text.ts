import { CicdStateError } from "../errors.ts";
import { Float, isMapping, MAX_DEPTH, Timestamp } from "../values.ts";

const MAX_SIZE = 32 * 1024 * 1024;
// Small values take time too: 32 Mi empty lists would take minutes.
const SIZE_OF_VALUE = 8;

/**
 * Limits the size and depth of text while it is written. YAML aliases share lists
 * and mappings, so a small document can print as more text than memory holds.
 */
export class OutputLimit {
  #size = 0;
  #depth = 0;

  /**
   * Counts a value whose own text has this many characters.
   *
   * @throws {CicdStateError} `INPUT`, if the whole text exceeds 32 MiB.
   */
  spend(characters: number): void {
    this.#size += characters + SIZE_OF_VALUE;
    if (this.#size <= MAX_SIZE) return;
    throw new CicdStateError(
      "INPUT",
      "Cannot write the value: its text would exceed 32 MiB",
      { hint: "Check for YAML aliases that multiply one another" },
    );
  }

  /**
   * Counts the start of a list or mapping.
   *
   * @throws {CicdStateError} `INPUT`, if it nests over 1000 levels deep.
   */
  enter(): void {
    this.#depth += 1;
    if (this.#depth <= MAX_DEPTH) return;
    throw new CicdStateError(
      "INPUT",
      `Cannot write the value: it is nested over ${MAX_DEPTH} levels deep`,
      { hint: "Check for a list or mapping that contains itself" },
    );
  }

  /** Counts the end of a list or mapping. */
  leave(): void {
    this.#depth -= 1;
  }
}

const PLAIN_ASCII_REGEXP = /^[ !#-&(-[\]-~]*$/;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** Prints a value that is not part of a document. */
type PrintOther = (value: unknown) => string;

/** Prints a float as Python does: `1.0`, `1e-07`, `1e+16`, `inf`, `nan`. */
export function pythonFloat(number: number): string {
  if (Number.isNaN(number)) return "nan";
  if (!Number.isFinite(number)) return number > 0 ? "inf" : "-inf";
  const size = Math.abs(number);
  if (size >= 1e16 || size < 1e-4 && size > 0) {
    const [mantissa, exponentText] = number.toExponential().split("e");
    const exponent = Number(exponentText);
    const digits = String(Math.abs(exponent)).padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  const text = Object.is(number, -0) ? "-0" : String(number);
  return text.includes(".") ? text : `${text}.0`;
}

/** Prints a float as PyYAML does: with a decimal point, without which YAML 1.1 reads a string. */
export function yamlFloat(number: number): string {
  const text = pythonFloat(number);
  if (!Number.isFinite(number)) return text.replace(/(?=nan|inf)/, ".");
  return text.includes(".") ? text : text.replace("e", ".0e");
}

/**
 * Prints a value as Python's `str()` does: strings and timestamps as they are,
 * everything else as {@linkcode pythonRepr} does.
 *
 * @param other Prints values that are not part of a document.
 * @throws {CicdStateError} `INPUT`, if the output would exceed 32 MiB, or if the
 * value nests over 1000 levels deep.
 */
export function pythonStr(value: unknown, other?: PrintOther): string {
  if (typeof value === "string") return value;
  if (value instanceof Timestamp) return value.text;
  return pythonRepr(value, other);
}

/**
 * Prints a value as Python's `repr()` does: `['a', True, None, {'b': 1.0}]`.
 *
 * @param other Prints values that are not part of a document.
 * @throws {CicdStateError} `INPUT`, if the output would exceed 32 MiB, or if the
 * value nests over 1000 levels deep.
 */
export function pythonRepr(value: unknown, other?: PrintOther): string {
  return repr(value, other ?? String, new OutputLimit());
}

function repr(value: unknown, other: PrintOther, limit: OutputLimit): string {
  const text = reprScalar(value);
  if (text !== undefined) {
    limit.spend(text.length);
    return text;
  }
  limit.spend(2);
  if (Array.isArray(value)) {
    limit.enter();
    const items = value.map((item) => repr(item, other, limit));
    limit.leave();
    return `[${items.join(", ")}]`;
  }
  if (!isPlainMapping(value)) return other(value);
  limit.enter();
  const entries = Object.keys(value).map((key) =>
    `${reprString(key)}: ${repr(value[key], other, limit)}`
  );
  limit.leave();
  return `{${entries.join(", ")}}`;
}

/** Reports whether a value is a mapping and not an object of another class. */
function isPlainMapping(value: unknown): value is Record<string, unknown> {
  if (!isMapping(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function reprScalar(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return reprString(value);
    case "boolean":
      return value ? "True" : "False";
    case "bigint":
      return String(value);
    case "number":
      return Number.isSafeInteger(value) ? String(value) : pythonFloat(value);
  }
  if (value === null) return "None";
  if (value instanceof Float) return value.toString();
  // Python would name the class: datetime.date(2001, 12, 14).
  if (value instanceof Timestamp) return reprString(value.text);
  return undefined;
}

function reprString(text: string): string {
  if (PLAIN_ASCII_REGEXP.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  // The backslash, and what is not printable for CPython. V8 takes milliseconds to
  // compile Unicode classes, so this pattern is compiled only when it is needed.
  const escaped = text.replace(/(?! )[\\\p{C}\p{Z}]/gu, escapeUnprintable);
  return quote === "'" ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped}"`;
}

function escapeUnprintable(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0)!;
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${digits.padStart(4, "0")}`;
  return `\\U${digits.padStart(8, "0")}`;
}

/** Compares strings by code point, as Python does; `<` compares UTF-16 units. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    // A surrogate is half of a code point that is above all other units.
    if (a !== b) {
      return (isSurrogate(a) ? a + 0x10000 : a) -
        (isSurrogate(b) ? b + 0x10000 : b);
    }
  }
  return left.length - right.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
