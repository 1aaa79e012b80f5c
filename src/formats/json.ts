import { CicdStateError } from "../errors.ts";
import {
  floatValue,
  integerValue,
  isMapping,
  type Mapping,
  MAX_DEPTH,
  setKey,
  type Value,
} from "../values.ts";

const NUMBER_REGEXP = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const INTEGER_REGEXP = /^-?\d+$/;
/** No integer of fewer digits is beyond 2^53. */
const MANY_DIGITS = 16;
/** Python's bound: more digits take more than linear time to read and to write. */
const MAX_DIGITS = 4300;
const TOO_MANY_DIGITS_REGEXP = new RegExp(`^-?\\d{${MAX_DIGITS + 1}}`);
/**
 * Finds a number that `JSON.parse` would change: `1.0`, `1e3`, `-0`, or one of many
 * digits. It may find one in a string, which only costs time. What precedes a
 * number is looked at last: few digits are followed by any of these.
 */
const CHANGED_NUMBER_REGEXP =
  /(?:\d(?:[eE]|\.0+(?!\d)|[\d.]{15})|-0(?![\d.]))(?<=(?:^|[,[]|"\s*:)\s*-?[\d.]{1,20}[eE]?)/;
/** A text with fewer brackets cannot nest too deep. */
const MANY_BRACKETS_REGEXP = new RegExp(
  `^(?:[^[{]*[[{]){${MAX_DEPTH + 1}}`,
);
const CONSTANTS: readonly (readonly [word: string, value: Value])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
];

/**
 * Parses JSON without losing what `JSON.parse` loses: `1.0` stays a float, and
 * integers past 2^53 keep their digits. Like Python, it reads `NaN`, `Infinity`
 * and `-Infinity`.
 *
 * @param text The JSON.
 * @returns The value.
 * @throws {CicdStateError} `INPUT`, with line and column, if the text is not JSON,
 * nests over 1000 levels deep, or has an integer of more than 4300 digits.
 * @example Numbers keep their digits
 * ```ts
 * import { parseJson, stringifyJson } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * const value = parseJson('{"version": 1.0, "run": 12345678901234567890}');
 * strictEqual(stringifyJson(value), '{"version":1.0,"run":12345678901234567890}');
 * ```
 */
export function parseJson(text: string): Value {
  try {
    if (!CHANGED_NUMBER_REGEXP.test(text)) {
      const value: Value = JSON.parse(text);
      if (!MANY_BRACKETS_REGEXP.test(text)) return value;
      if (!nestsOver(value, MAX_DEPTH)) return value;
    }
  } catch {
    // The reader says where, and reads what Python writes.
  }
  return new JsonReader(text).read();
}

/** Reports whether lists and mappings nest over so many levels. */
function nestsOver(value: Value, levels: number): boolean {
  if (Array.isArray(value)) {
    return levels === 0 || value.some((item) => nestsOver(item, levels - 1));
  }
  if (!isMapping(value)) return false;
  if (levels === 0) return true;
  // JSON.parse makes objects that inherit no keys, and a list of them takes memory.
  for (const key in value) {
    if (nestsOver(value[key]!, levels - 1)) return true;
  }
  return false;
}

/** Finds the closing quote of a string, or the end of the text. */
function endOfString(text: string, start: number): number {
  let end = start;
  while (true) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let escapes = end;
    while (text.charCodeAt(escapes - 1) === 0x5c) escapes -= 1;
    if ((end - escapes) % 2 === 0) return end;
  }
}

/** Parses every text that {@linkcode parseJson} reads, and reports what is wrong. */
class JsonReader {
  readonly #text: string;
  #offset = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Value {
    const value = this.#value("a value");
    if (this.#next() !== "") this.#fail("expected the end");
    return value;
  }

  /** Skips blanks and returns the next character; at the end, an empty string. */
  #next(): string {
    const text = this.#text;
    let offset = this.#offset;
    let unit = text.charCodeAt(offset);
    while (unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09) {
      unit = text.charCodeAt(++offset);
    }
    this.#offset = offset;
    return text.charAt(offset);
  }

  #value(expected: string): Value {
    switch (this.#next()) {
      case "{":
        return this.#mapping();
      case "[":
        return this.#list();
      case '"':
        return this.#string(expected);
      default:
        return this.#number() ?? this.#constant(expected);
    }
  }

  #mapping(): Mapping {
    const mapping: Mapping = {};
    if (this.#opens("}")) {
      let expected = 'a key or "}"';
      do {
        if (this.#next() !== '"') this.#fail(`expected ${expected}`);
        const key = this.#string(expected);
        if (this.#next() !== ":") this.#fail('expected ":"');
        this.#offset += 1;
        setKey(mapping, key, this.#value("a value"));
        expected = "a key in double quotes";
      } while (this.#continues("}"));
    }
    this.#depth -= 1;
    return mapping;
  }

  #list(): Value[] {
    const list: Value[] = [];
    if (this.#opens("]")) {
      let expected = 'a value or "]"';
      do {
        list.push(this.#value(expected));
        expected = "a value";
      } while (this.#continues("]"));
    }
    this.#depth -= 1;
    return list;
  }

  /** Moves past an opening bracket, and past the closing one if that is next. */
  #opens(close: string): boolean {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      this.#fail(`it is nested over ${MAX_DEPTH} levels deep`);
    }
    this.#offset += 1;
    if (this.#next() !== close) return true;
    this.#offset += 1;
    return false;
  }

  /** Moves past a comma or the closing bracket; reports whether it was a comma. */
  #continues(close: string): boolean {
    const next = this.#next();
    if (next !== "," && next !== close) {
      this.#fail(`expected "," or "${close}"`);
    }
    this.#offset += 1;
    return next === ",";
  }

  #string(expected: string): string {
    const start = this.#offset;
    const end = endOfString(this.#text, start) + 1;
    try {
      const string = JSON.parse(this.#text.slice(start, end));
      this.#offset = end;
      return string;
    } catch {
      this.#fail(`expected ${expected}`);
    }
  }

  #number(): Value | undefined {
    NUMBER_REGEXP.lastIndex = this.#offset;
    const source = NUMBER_REGEXP.exec(this.#text)?.[0];
    if (source === undefined) return undefined;
    const isInteger = INTEGER_REGEXP.test(source);
    if (isInteger && TOO_MANY_DIGITS_REGEXP.test(source)) {
      this.#fail(`an integer has more than ${MAX_DIGITS} digits`);
    }
    this.#offset += source.length;
    if (!isInteger) return floatValue(Number(source));
    return source.length < MANY_DIGITS
      ? Number(source) + 0
      : integerValue(BigInt(source));
  }

  #constant(expected: string): Value {
    for (const [word, value] of CONSTANTS) {
      if (!this.#text.startsWith(word, this.#offset)) continue;
      this.#offset += word.length;
      return value;
    }
    this.#fail(`expected ${expected}`);
  }

  #fail(reason: string): never {
    const lines = this.#text.slice(0, this.#offset).split("\n");
    const column = lines.at(-1)!.length + 1;
    throw new CicdStateError(
      "INPUT",
      `Cannot parse JSON at line ${lines.length}, column ${column}: ${reason}`,
      { place: { line: lines.length, column } },
    );
  }
}
