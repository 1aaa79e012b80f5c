import { parseDuration } from "../util/duration.ts";
import { describeType } from "../util/messages.ts";
import type { Value } from "../values.ts";

/** Where a value stands: the keys and list indexes that lead to it. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a value. */
export interface Problem {
  /** Where it is. */
  readonly path: Path;
  /** Whether the key itself is wrong, and not its value. */
  readonly isKey: boolean;
  /** What is wrong: `is a list`, `is missing`, `is not a known key`. */
  readonly message: string;
  /** How to fix it. */
  readonly hint: string;
}

/** A JSON Schema, as editors read it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a reference page and an editor show of a schema. */
export interface About {
  /** What the value means, as one or two sentences. */
  readonly description?: string;
  /** What applies if the value is missing, as it would be written. */
  readonly default?: string | number | boolean;
}

/** Describes a value of a config: checks it, types it, and documents it. */
export interface Schema<T> {
  /**
   * Reads a value.
   *
   * @param value The value.
   * @param path Where it stands.
   * @param report Receives each problem.
   * @returns What the program works with; unspecified after a problem.
   */
  read(value: Value, path: Path, report: (problem: Problem) => void): T;
  /** Returns the schema that editors use. */
  json(): JsonSchema;
  /** What the value means. */
  readonly about: About;
}

/** What a schema reads a value as. */
export type Infer<S> = S extends Schema<infer T> ? T : never;

/** The outcome of {@linkcode readValue}. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a whole value and collects every problem. */
export function readValue<T>(
  schema: Schema<T>,
  value: Value,
  path: Path = [],
): Outcome<T> {
  const problems: Problem[] = [];
  const read = schema.read(value, path, (problem) => problems.push(problem));
  return problems.length === 0
    ? { ok: true, value: read }
    : { ok: false, problems };
}

/** Defines a schema of one value by a function that returns it, or why not. */
export function scalar<T>(
  json: JsonSchema,
  wanted: string,
  convert: (value: Value) => T | undefined,
  fallback: T,
  about: About = {},
): Schema<T> {
  return {
    about,
    json: () => ({ ...json, ...about }),
    read(value, path, report) {
      const converted = convert(value);
      if (converted !== undefined) return converted;
      report({ path, isKey: false, message: describe(value), hint: wanted });
      return fallback;
    },
  };
}

function describe(value: Value): string {
  return `is ${value === "" ? "an empty string" : describeType(value)}`;
}

/** A string that is not empty; a number counts, as in a password of digits. */
export function string(about?: About): Schema<string> {
  return scalar(
    { type: ["string", "number"] },
    "It must be a string",
    (value) => {
      if (typeof value === "string" && value !== "") return value;
      const isNumber = typeof value === "number" || typeof value === "bigint";
      return isNumber ? String(value) : undefined;
    },
    "",
    about,
  );
}

/** A whole number within bounds, also as a string of digits. */
export function integer(
  { min = 0, max = Number.MAX_SAFE_INTEGER, ...about }:
    & About
    & { readonly min?: number; readonly max?: number } = {},
): Schema<number> {
  const bounds = max === Number.MAX_SAFE_INTEGER
    ? `of ${min} or more`
    : `from ${min} to ${max}`;
  return scalar(
    { type: "integer", minimum: min, maximum: max },
    `It must be a whole number ${bounds}`,
    (value) => {
      const isDigits = typeof value === "string" && /^\d+$/.test(value);
      const number = isDigits ? Number(value) : value;
      if (typeof number !== "number" || !Number.isSafeInteger(number)) return;
      return number >= min && number <= max ? number : undefined;
    },
    min,
    about,
  );
}

/** `true` or `false`. */
export function boolean(about?: About): Schema<boolean> {
  return scalar(
    { type: "boolean" },
    "It must be true or false",
    (value) => typeof value === "boolean" ? value : undefined,
    false,
    about,
  );
}

/** One of several strings. */
export function choice<const T extends string>(
  choices: readonly [T, ...T[]],
  about?: About,
): Schema<T> {
  return scalar(
    { enum: choices },
    `It must be one of ${choices.join(", ")}`,
    (value) => choices.find((choice) => choice === value),
    choices[0],
    about,
  );
}

/** A duration such as `90s`, read as milliseconds. */
export function duration(about?: About): Schema<number> {
  return scalar(
    { type: ["string", "integer"] },
    "Write a number and a unit: 300ms, 90s, 30m, 12h or 7d",
    (value) => {
      const given = value === 0 ? "0" : value;
      return typeof given === "string" ? parseDuration(given) : undefined;
    },
    0,
    about,
  );
}

/** Any value, as it stands. */
export function anything(about?: About): Schema<Value> {
  return scalar({}, "", (value) => value, null, about);
}
