import {
  Float,
  isMapping,
  type Mapping,
  Timestamp,
  type Value,
} from "../values.ts";
import {
  compareText,
  OutputLimit,
  pythonFloat,
  yamlFloat,
} from "./python_text.ts";

// YAML 1.1 readers fold or refuse these characters.
const YAML_UNSAFE_REGEXP = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;
/** `JSON.stringify` writes smaller fractions with an exponent. */
const SMALLEST_PLAIN_FRACTION = 1e-6;

/** A mapping whose keys keep their order, including those that look like integers. */
export class OrderedMapping {
  /** The keys and values. */
  readonly entries: readonly (readonly [key: string, value: JsonInput])[];

  constructor(
    entries: readonly (readonly [key: string, value: JsonInput])[],
  ) {
    this.entries = entries;
  }
}

/** What can be written as JSON. */
export type JsonInput = Value | OrderedMapping | readonly JsonInput[];

/** Options of {@linkcode stringifyJson}. */
export interface StringifyJsonOptions {
  /**
   * The number of spaces per level. If omitted, everything is on one line.
   *
   * @default {undefined}
   */
  indent?: number;
  /**
   * Whether YAML 1.1 readers must load the same value from the output. Floats
   * then have a decimal point, and timestamps, infinity and NaN are written as in
   * YAML, which is not JSON.
   *
   * @default {false}
   */
  yamlSafe?: boolean;
}

/**
 * Writes a value as JSON. Floats keep their decimal point (`1.0`) and integers all
 * their digits; timestamps become strings.
 *
 * @param value The value.
 * @param options The layout, and who reads the output.
 * @returns The JSON, without a final newline.
 * @throws {CicdStateError} `INPUT`, if the output would exceed 32 MiB, as shared
 * lists and mappings can make it, or if the value nests over 1000 levels deep.
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
  const text = isNativeJson(value, new OutputLimit())
    ? JSON.stringify(value, null, indent)
    : writeJson(value, {
      indent: indent === undefined ? undefined : " ".repeat(indent),
      itemSeparator: ",",
      keySeparator: indent === undefined ? ":" : ": ",
      quote: JSON.stringify,
      float: yamlSafe ? yamlFloat : jsonFloat,
      timestamp: yamlSafe ? (text) => text : undefined,
    });
  return yamlSafe ? text.replace(YAML_UNSAFE_REGEXP, escapeUnit) : text;
}

/** Reports whether `JSON.stringify` writes the value as it should be written. */
function isNativeJson(value: Value, limit: OutputLimit): boolean {
  switch (typeof value) {
    case "string":
      limit.spend(value.length);
      return true;
    case "number":
      return Number.isSafeInteger(value) ||
        Number.isFinite(value) && !Number.isInteger(value) &&
          Math.abs(value) >= SMALLEST_PLAIN_FRACTION;
    case "bigint":
      return false;
  }
  if (value === null || typeof value === "boolean") return true;
  limit.spend(2);
  limit.enter();
  const isNative = Array.isArray(value)
    ? value.every((item) => isNativeJson(item, limit))
    : isMapping(value) && Object.keys(value).every((key) => {
      limit.spend(key.length);
      return isNativeJson(value[key]!, limit);
    });
  limit.leave();
  return isNative;
}

/** The layout and notation that {@linkcode writeJson} writes. */
export interface JsonStyle {
  /** The indentation of a level; `undefined` puts everything on one line. */
  readonly indent?: string | undefined;
  /** Separates items. */
  readonly itemSeparator: string;
  /** Separates a key from its value. */
  readonly keySeparator: string;
  /** Whether mappings are sorted by key. */
  readonly sortKeys?: boolean | undefined;
  /** Writes a string, with its quotes. */
  quote(text: string): string;
  /** Writes a float. */
  float(number: number): string;
  /** Writes a timestamp's text; by default as a string. */
  readonly timestamp?: ((text: string) => string) | undefined;
}

/** Writes a value as JSON in a style that `JSON.stringify` does not offer. */
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
  function writeItem(item: JsonInput): string {
    if (inner !== "") limit.spend(inner.length);
    return writeValue(item, style, inner, limit);
  }
  function writePair(key: string, item: JsonInput): string {
    const name = style.quote(key) + style.keySeparator;
    limit.spend(name.length);
    return name + writeItem(item);
  }
  const items = isList
    ? value.map(writeItem)
    : value instanceof OrderedMapping
    ? value.entries.map(([key, item]) => writePair(key, item))
    : orderedKeys(value, style).map((key) => writePair(key, value[key]!));
  limit.leave();
  if (items.length === 0) return brackets;
  const outer = style.indent === undefined ? "" : lineStart;
  const joined = items.join(style.itemSeparator + inner);
  return brackets[0] + inner + joined + outer + brackets[1];
}

/** As `Array.isArray`, whose type does not narrow to read-only arrays. */
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

/** Formats a float as Python's `json.dumps` does. */
function jsonFloat(number: number): string {
  if (Number.isFinite(number)) return pythonFloat(number);
  return Number.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
}

/** Writes a UTF-16 code unit as `\uXXXX`. */
export function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

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
