import { CicdStateError } from "../errors.ts";
import {
  Float,
  floatValue,
  integerValue,
  isMapping,
  type Mapping,
  Timestamp,
  type Value,
} from "../values.ts";
import { OutputLimit } from "./output_limit.ts";
import { pythonFloat, yamlFloat } from "./python_text.ts";

const TOKEN_REGEXP =
  /("(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|-?(?:Infinity|(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|true|false|null|NaN|[{}[\],:]/uy;
const BLANKS_REGEXP = /[ \t\n\r]*/y;

/** Where and why a text is not JSON. */
interface JsonFault {
  /** The offset of the first character that does not fit. */
  readonly offset: number;
  /** What the grammar allows there. */
  readonly expected: string;
}

/** Finds where a text stops being JSON: V8's messages name no position for some. */
function findJsonFault(text: string): JsonFault {
  const open: string[] = [];
  let expected = "a value";
  let offset = 0;
  while (true) {
    BLANKS_REGEXP.lastIndex = offset;
    BLANKS_REGEXP.test(text);
    TOKEN_REGEXP.lastIndex = offset = BLANKS_REGEXP.lastIndex;
    const match = TOKEN_REGEXP.exec(text);
    const token = match?.[0] ?? "";
    const next = follow(expected, token, match?.[1] !== undefined, open);
    if (next === undefined) return { offset, expected };
    expected = next;
    offset += token.length;
  }
}

/** What is expected after a token, or undefined where it does not fit. */
function follow(
  expected: string,
  token: string,
  isText: boolean,
  open: string[],
): string | undefined {
  const inner = open.at(-1);
  if (token !== "" && token === inner && expected.endsWith(`"${inner}"`)) {
    open.pop();
    return afterValue(open);
  }
  if (token === "") return undefined;
  if (expected.startsWith("a key")) return isText ? '":"' : undefined;
  if (expected === '":"') return token === ":" ? "a value" : undefined;
  if (expected.startsWith("a value")) {
    if (token === "[" || token === "{") {
      open.push(token === "[" ? "]" : "}");
      return token === "[" ? 'a value or "]"' : 'a key or "}"';
    }
    return "]},:".includes(token) ? undefined : afterValue(open);
  }
  if (token !== "," || inner === undefined) return undefined;
  return inner === "]" ? "a value" : "a key in double quotes";
}

function afterValue(open: readonly string[]): string {
  return open.length === 0 ? "the end" : `"," or "${open.at(-1)}"`;
}

/** How {@linkcode writeJson} lays a text out. */
interface JsonStyle {
  /** What each level is indented by; undefined: everything on one line. */
  readonly indent?: string | undefined;
  /** What stands between items. */
  readonly itemSeparator: string;
  /** What stands between a key and its value. */
  readonly keySeparator: string;
  /** Whether mappings are sorted by key. */
  readonly sortKeys?: boolean | undefined;
  /** Writes a string, with its quotes. */
  quote(text: string): string;
  /** Writes a float. */
  float(number: number): string;
  /** Writes a timestamp's text; without it, as a string. */
  readonly timestamp?: ((text: string) => string) | undefined;
}

/** A mapping whose keys keep their order, those that look like integers too. */
export class OrderedMapping {
  /** Its keys and values. */
  readonly entries: readonly (readonly [key: string, value: JsonInput])[];

  constructor(
    entries: readonly (readonly [key: string, value: JsonInput])[],
  ) {
    this.entries = entries;
  }
}

/** What can be written as JSON. */
export type JsonInput = Value | OrderedMapping | readonly JsonInput[];

/** Writes a value as JSON in a style that `JSON.stringify` does not have. */
function writeJson(value: JsonInput, style: JsonStyle): string {
  return writeValue(value, style, "\n", new OutputLimit());
}

function writeValue(
  value: JsonInput,
  style: JsonStyle,
  lineStart: string,
  limit: OutputLimit,
): string {
  if (typeof value !== "object" || value === null || isScalar(value)) {
    const text = writeScalar(value, style);
    limit.spend(text.length);
    return text;
  }
  const isList = isArray(value);
  const brackets = isList ? "[]" : "{}";
  limit.spend(brackets.length);
  limit.enter();
  const inner = style.indent === undefined ? "" : lineStart + style.indent;
  function writePair(key: string, item: JsonInput): string {
    return style.quote(key) + style.keySeparator +
      writeValue(item, style, inner, limit);
  }
  const items = isList
    ? value.map((item) => writeValue(item, style, inner, limit))
    : value instanceof OrderedMapping
    ? value.entries.map(([key, item]) => writePair(key, item))
    : orderedKeys(value, style).map((key) => writePair(key, value[key]!));
  limit.leave();
  if (items.length === 0) return brackets;
  const outer = style.indent === undefined ? "" : lineStart;
  const joined = items.join(style.itemSeparator + inner);
  return brackets[0] + inner + joined + outer + brackets[1];
}

/** As `Array.isArray`, which does not know lists that are not to be changed. */
function isArray(value: JsonInput): value is readonly JsonInput[] {
  return Array.isArray(value);
}

function isScalar(value: JsonInput): value is Float | Timestamp {
  return value instanceof Float || value instanceof Timestamp;
}

function writeScalar(value: Value, style: JsonStyle): string {
  if (typeof value === "string") return style.quote(value);
  if (value instanceof Timestamp) {
    return (style.timestamp ?? style.quote)(value.text);
  }
  if (value instanceof Float) return style.float(value.value);
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    return style.float(value);
  }
  return String(value);
}

function orderedKeys(mapping: Mapping, style: JsonStyle): string[] {
  const keys = Object.keys(mapping);
  return style.sortKeys ? keys.sort(compareText) : keys;
}

/** Orders texts by code point, as Python does; `<` would go by UTF-16 unit. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    // A surrogate stands for a code point past every other unit.
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

/** What V8 tells a reviver beside the key and the value. */
interface ReviverContext {
  readonly source?: string;
}

/** Options of {@linkcode stringifyJson}. */
export interface StringifyJsonOptions {
  /**
   * How many spaces each level is indented by; none: everything on one line.
   *
   * @default {undefined}
   */
  indent?: number;
  /**
   * Whether YAML 1.1 readers must load the text equal. Floats then have a point.
   * Timestamps, infinity and NaN are written as YAML has them, which is no JSON.
   *
   * @default {false}
   */
  yamlSafe?: boolean;
}

/** Options of {@linkcode pythonJson}: those of Python's `json.dumps`. */
interface PythonJsonOptions {
  /** Spaces, or the text itself, that each level is indented by. */
  indent?: number | string | undefined;
  /** Whether mappings are sorted by key. */
  sortKeys?: boolean | undefined;
  /** Whether what is not ASCII is written as `\uXXXX`. */
  ensureAscii?: boolean | undefined;
  /** What stands between items, and between key and value. */
  separators?: readonly [string, string] | undefined;
}

// A number at the start of a value that JSON.parse would change: 1.0, 1e3,
// integers and fractions of 16 digits or more, -0. Inside strings it may match
// for nothing, which costs only time.
const CARE_REGEXP =
  /(?:^|[:,[])\s*(?:-?(?:[\d.]{16,}|\d+(?:\.\d+)?[eE]|\d+\.0+(?!\d))|-0(?![\d.]))/;
const INTEGER_REGEXP = /^-?\d+$/;
const STRING_OR_CONSTANT_REGEXP =
  /"(?:[^"\\]|\\.)*"|(?<![\w.])(?:NaN|Infinity)(?![\w.])/gs;
const PLAIN_FRACTION_REGEXP = /^-?\d+\.\d+$/;
const CONSTANT_REGEXP = /NaN|Infinity/;
// Line breaks and characters that YAML 1.1 readers fold or refuse.
const YAML_UNSAFE_REGEXP = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;
const NON_ASCII_REGEXP = /[\x7f-\uffff]/g;

/**
 * Parses JSON and keeps what `JSON.parse` loses: `1.0` stays a float, integers
 * past 2^53 keep their digits. `NaN`, `Infinity` and `-Infinity` are read, as
 * Python reads them.
 *
 * @param text The JSON text.
 * @returns The value.
 * @throws {CicdStateError} `INPUT`, if it is not JSON; the message has line and column.
 * @example A version number survives
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
    return CARE_REGEXP.test(text)
      ? JSON.parse(text, reviveNumber)
      : JSON.parse(text);
  } catch (cause) {
    if (CONSTANT_REGEXP.test(text)) {
      const value = parseWithConstants(text);
      if (value !== undefined) return value;
    }
    const { offset, expected } = findJsonFault(text);
    throw new CicdStateError(
      "INPUT",
      `Cannot parse JSON ${position(text, offset)}: expected ${expected}`,
      { cause },
    );
  }
}

function reviveNumber(
  _key: string,
  value: Value,
  context?: ReviverContext,
): Value {
  if (typeof value !== "number" || context?.source === undefined) return value;
  return INTEGER_REGEXP.test(context.source)
    ? integerValue(BigInt(context.source))
    : floatValue(value);
}

/** Parses JSON with Python's constants in it, or returns undefined. */
function parseWithConstants(text: string): Value | undefined {
  // NaN becomes a number that is spelt as no other number of the text.
  let nan = "0e0";
  while (text.includes(nan)) nan += "0";
  const plain = text.replace(STRING_OR_CONSTANT_REGEXP, (token) => {
    if (token.startsWith('"')) return token;
    return token === "NaN" ? nan : "1e999";
  });
  function revive(key: string, value: Value, context?: ReviverContext): Value {
    return context?.source === nan
      ? Number.NaN
      : reviveNumber(key, value, context);
  }
  try {
    return JSON.parse(plain, revive);
  } catch {
    return undefined;
  }
}

function position(text: string, offset: number): string {
  const lines = text.slice(0, offset).split("\n");
  return `at line ${lines.length}, column ${lines.at(-1)!.length + 1}`;
}

/**
 * Writes a value as JSON, compact unless `indent` is given. Floats keep their
 * point (`1.0`), integers all digits; timestamps are written as their text.
 *
 * @param value The value.
 * @param options How it is laid out and who reads it.
 * @returns The text, without a final newline.
 * @throws {CicdStateError} `INPUT`, if the text would exceed 32 MiB, as shared
 * lists and mappings can make it, or if the value is nested over 1000 levels deep.
 * @example With indentation
 * ```ts
 * import { stringifyJson } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(stringifyJson({ tag: "v1" }, { indent: 2 }), '{\n  "tag": "v1"\n}');
 * ```
 */
export function stringifyJson(
  value: Value,
  options: StringifyJsonOptions = {},
): string {
  const { indent, yamlSafe = false } = options;
  const text = isPlainJson(value, new OutputLimit())
    ? JSON.stringify(value, null, indent)
    : writeJson(value, {
      indent: indent === undefined ? undefined : " ".repeat(indent),
      itemSeparator: ",",
      keySeparator: indent === undefined ? ":" : ": ",
      quote: JSON.stringify,
      float: yamlSafe ? yamlFloat : pythonJsonFloat,
      timestamp: yamlSafe ? (text) => text : undefined,
    });
  return yamlSafe ? text.replace(YAML_UNSAFE_REGEXP, escapeUnit) : text;
}

/** Tells whether `JSON.stringify` writes the value as it should be. */
function isPlainJson(value: Value, limit: OutputLimit): boolean {
  switch (typeof value) {
    case "string":
      limit.spend(value.length);
      return true;
    case "number":
      return Number.isSafeInteger(value) ||
        PLAIN_FRACTION_REGEXP.test(String(value));
    case "bigint":
      return false;
  }
  if (value === null || typeof value === "boolean") return true;
  limit.spend(2);
  limit.enter();
  const isPlain = Array.isArray(value)
    ? value.every((item) => isPlainJson(item, limit))
    : isMapping(value) && Object.keys(value).every((key) => {
      limit.spend(key.length);
      return isPlainJson(value[key]!, limit);
    });
  limit.leave();
  return isPlain;
}

/**
 * Writes a value as Python's `json.dumps` does: `", "` and `": "` between items,
 * `\uXXXX` for what is not ASCII, `1e-07`, `NaN`.
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
    float: pythonJsonFloat,
  });
}

function pythonJsonFloat(number: number): string {
  if (Number.isFinite(number)) return pythonFloat(number);
  return Number.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
}

function quoteAscii(text: string): string {
  return JSON.stringify(text).replace(NON_ASCII_REGEXP, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
