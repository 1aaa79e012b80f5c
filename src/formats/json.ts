import { CicdStateError } from "../errors.ts";
import { floatValue, integerValue, isMapping, type Value } from "../values.ts";
import { findJsonFault } from "./json_syntax.ts";
import { type JsonInput, writeJson } from "./json_writer.ts";
import { OutputLimit } from "./output_limit.ts";
import { pythonFloat, yamlFloat } from "./python_text.ts";

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
export interface PythonJsonOptions {
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
