import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { Validator } from "npm:@cfworker/json-schema@4.1.6";
import {
  type JsonSchema,
  pathText,
  readValue,
  type Schema,
} from "../../src/schema/schema.ts";
import { Float, isMapping, Timestamp, type Value } from "../../src/values.ts";

/** What a schema says against a value, one line for each problem. */
export function problemsOf(schema: Schema<unknown>, value: Value): string[] {
  const outcome = readValue(schema, value, ["at"]);
  if (outcome.ok) return [];
  return outcome.problems.map(({ path, isKey, message, found, hint }) => {
    const what = isKey ? `key ${pathText(path)}` : pathText(path);
    const wrong = found === undefined ? message : `is ${found}`;
    return `${what} ${wrong}. ${hint}`;
  });
}

const VALIDATORS = new WeakMap<JsonSchema, Validator>();

/** Reports whether an editor with a JSON Schema accepts a value. */
export function editorAccepts(json: JsonSchema, value: Value): boolean {
  let validator = VALIDATORS.get(json);
  if (validator === undefined) {
    // As an editor gets it: from a file.
    validator = new Validator(JSON.parse(JSON.stringify(json)), "7");
    VALIDATORS.set(json, validator);
  }
  return validator.validate(value).valid;
}

/**
 * Checks that a schema reads a value as expected, and that editors agree.
 *
 * @param schema The schema.
 * @param value The value.
 * @param read What it is read as.
 */
export function checkReads<T>(schema: Schema<T>, value: Value, read: T): void {
  deepStrictEqual(readValue(schema, value), { ok: true, value: read });
  if (isJson(value)) strictEqual(editorAccepts(schema.json(), value), true);
}

/**
 * Checks that a schema refuses a value, and that editors agree.
 *
 * @param schema The schema.
 * @param value The value.
 * @param problems What it says, as {@linkcode problemsOf} returns it.
 */
export function checkRefuses(
  schema: Schema<unknown>,
  value: Value,
  ...problems: string[]
): void {
  deepStrictEqual(problemsOf(schema, value), problems);
  if (isJson(value)) strictEqual(editorAccepts(schema.json(), value), false);
}

/** JSON has no dates, and cannot tell 1.0 from 1. */
function isJson(value: Value): boolean {
  if (Array.isArray(value)) return value.every(isJson);
  if (isMapping(value)) return Object.values(value).every(isJson);
  return !(value instanceof Float || value instanceof Timestamp ||
    typeof value === "bigint");
}

/** Values that a schema reads, and values that it refuses with a message. */
export interface Table<T> {
  readonly schema: Schema<T>;
  readonly reads: readonly (readonly [Value, T])[];
  readonly refuses: readonly (readonly [Value, string])[];
}

/**
 * Registers a test for each value of a table.
 *
 * @param name Names the schema.
 * @param table The schema, and the values.
 */
export function checkTable<T>(
  name: string,
  { schema, reads, refuses }: Table<T>,
) {
  for (const [value, read] of reads) {
    Deno.test(`${name} reads ${show(value)}`, () => {
      checkReads(schema, value, read);
    });
  }
  for (const [value, message] of refuses) {
    Deno.test(`${name} refuses ${show(value)}`, () => {
      checkRefuses(schema, value, `at ${message}`);
    });
  }
}

/** Writes a value as the name of a test shows it. */
export function show(value: Value): string {
  const isJson = typeof value !== "bigint" && !(value instanceof Float);
  return isJson ? JSON.stringify(value) : String(value);
}
