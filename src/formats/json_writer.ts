import { Float, type Mapping, Timestamp, type Value } from "../values.ts";
import { OutputLimit } from "./output_limit.ts";

/** How {@linkcode writeJson} lays a text out. */
export interface JsonStyle {
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
export function writeJson(value: JsonInput, style: JsonStyle): string {
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
