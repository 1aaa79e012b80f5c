import { parseDuration } from "../util/duration.ts";
import { describeType, suggest } from "../util/messages.ts";
import { Float, type Value } from "../values.ts";

const DURATION_PATTERN = "^(?:0|[0-9]{1,9}(?:ms|s|m|h|d))$";

/** Where a value stands: the keys and list indexes that lead to it. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a value. */
export interface Problem {
  /** Where it is. */
  readonly path: Path;
  /**
   * Whether the key itself is wrong, and not its value.
   *
   * @default {false}
   */
  readonly isKey?: boolean;
  /** What is wrong, without the value: `is a list`, `is missing`. */
  readonly message: string;
  /** The value as a message may show it, if its file holds no secrets. */
  readonly found?: string | undefined;
  /** How to fix it. */
  readonly hint: string;
}

/** Receives a problem. */
export type Report = (problem: Problem) => void;

/** A JSON Schema, as editors read it. */
export interface JsonSchema {
  /** The types that a value may have. */
  readonly type?: string | readonly string[];
  /** The values that there are. */
  readonly enum?: readonly unknown[];
  /** The least value of a number. */
  readonly minimum?: number;
  /** The greatest value of a number. */
  readonly maximum?: number;
  /** The keys of a mapping. */
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  /** The keys that a mapping must have. */
  readonly required?: readonly string[];
  /** The values of all other keys of a mapping. */
  readonly additionalProperties?: boolean | JsonSchema;
  /** The items of a list. */
  readonly items?: JsonSchema;
  /** Schemas of which a value must fit one. */
  readonly anyOf?: readonly JsonSchema[];
  /** What the value means. */
  readonly description?: string;
  /** What applies if the value is missing. */
  readonly default?: unknown;
  /** Values that fit. */
  readonly examples?: readonly unknown[];
  /** Any other keyword. */
  readonly [keyword: string]: unknown;
}

/** What an editor and the reference page show of a schema. */
export interface About {
  /** What the value means, in one or two sentences. */
  readonly description?: string;
  /** What applies if the value is missing, as it would be written. */
  readonly default?: string | number | boolean;
}

/** Describes a value of a config: checks it, types it and documents it. */
export interface Schema<T> {
  /**
   * Reads a value.
   *
   * @param value The value.
   * @param path Where it stands.
   * @param report Receives each problem.
   * @returns What the program works with; unspecified after a problem.
   */
  read(value: Value, path: Path, report: Report): T;
  /**
   * Returns the schema that editors use.
   *
   * @param isPartial Whether keys may be missing, because another file that
   * is merged with this one has them.
   */
  json(isPartial?: boolean): JsonSchema;
  /** What the value means. */
  readonly about: About;
}

/** What a schema reads a value as. */
export type Infer<S> = S extends Schema<infer T> ? T : never;

/** The outcome of {@linkcode readValue}. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a whole value and collects every problem.
 *
 * @typeParam T What the schema reads it as.
 * @param schema The schema.
 * @param value The value.
 * @param path Where it stands. Default: at the top.
 * @returns The value as the program works with it, or the problems.
 */
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

/** How {@linkcode scalar} reads a value. */
export interface ScalarOptions<T> extends About {
  /** The schema that editors use. */
  readonly json: JsonSchema;
  /** The hint after a problem, such as `It must be true or false`. */
  readonly wanted: string | ((value: Value) => string);
  /** Returns what the program works with, or `undefined` for a wrong value. */
  readonly convert: (value: Value) => T | undefined;
  /** What stands in for a wrong value. */
  readonly fallback: T;
  /**
   * Whether no message may show the value.
   *
   * @default {false}
   */
  readonly isSecret?: boolean;
}

/** Defines the schema of one value by a function that converts it. */
export function scalar<T>(
  { json, wanted, convert, fallback, isSecret, ...about }: ScalarOptions<T>,
): Schema<T> {
  return {
    about,
    json: () => ({ ...json, ...about }),
    read(value, path, report) {
      const converted = convert(value);
      if (converted !== undefined) return converted;
      const message = value === ""
        ? "is an empty string"
        : `is ${describeType(value)}`;
      const found = isSecret || value === "" ? undefined : literal(value);
      const hint = typeof wanted === "string" ? wanted : wanted(value);
      report({ path, message, found, hint });
      return fallback;
    },
  };
}

/** Returns a short value as it is written, and nothing of a long one. */
function literal(value: Value): string | undefined {
  if (typeof value === "string") {
    return value.length <= 40 ? JSON.stringify(value) : undefined;
  }
  const isShown = typeof value === "boolean" || typeof value === "number" ||
    typeof value === "bigint" || value instanceof Float;
  return isShown ? String(value) : undefined;
}

/** Options of {@linkcode string}. */
export interface StringOptions extends About {
  /**
   * Whether no message may show the value.
   *
   * @default {false}
   */
  readonly isSecret?: boolean;
  /**
   * Whether it may be empty or blank.
   *
   * @default {false}
   */
  readonly mayBeEmpty?: boolean;
}

/** A string; a number counts, as in a password of digits. */
export function string(
  { mayBeEmpty = false, ...about }: StringOptions = {},
): Schema<string> {
  return scalar({
    json: {
      type: ["string", "number"],
      ...mayBeEmpty ? {} : { pattern: "\\S" },
    },
    wanted: "It must be a string",
    convert(value) {
      if (typeof value === "string" && (mayBeEmpty || value.trim() !== "")) {
        return value;
      }
      const isNumber = typeof value === "number" ||
        typeof value === "bigint" || value instanceof Float;
      return isNumber ? String(value) : undefined;
    },
    fallback: "",
    ...about,
  });
}

/** Options of {@linkcode integer}. */
export interface IntegerOptions extends About {
  /** @default {0} */
  readonly min?: number;
  /** @default {Number.MAX_SAFE_INTEGER} */
  readonly max?: number;
}

/** An integer within bounds, also as a string of digits. */
export function integer(
  { min = 0, max = Number.MAX_SAFE_INTEGER, ...about }: IntegerOptions = {},
): Schema<number> {
  const isOpen = max === Number.MAX_SAFE_INTEGER;
  const bounds = isOpen ? `of ${min} or more` : `from ${min} to ${max}`;
  return scalar({
    json: {
      type: ["integer", "string"],
      pattern: "^[0-9]+$",
      minimum: min,
      ...isOpen ? {} : { maximum: max },
    },
    wanted: `It must be an integer ${bounds}`,
    convert(value) {
      const isDigits = typeof value === "string" && /^\d+$/.test(value);
      const number = isDigits ? Number(value) : value;
      if (typeof number !== "number" || !Number.isSafeInteger(number)) return;
      return number >= min && number <= max ? number : undefined;
    },
    fallback: min,
    ...about,
  });
}

/** `true` or `false`. */
export function boolean(about?: About): Schema<boolean> {
  return scalar({
    json: { type: "boolean" },
    wanted: "It must be true or false",
    convert: (value) => typeof value === "boolean" ? value : undefined,
    fallback: false,
    ...about,
  });
}

/** One of several strings. */
export function choice<const T extends string>(
  choices: readonly [T, ...T[]],
  about?: About,
): Schema<T> {
  return scalar<T>({
    json: { enum: choices },
    wanted(value) {
      const near = typeof value === "string" && suggest(value, choices);
      const all = `It must be ${either(choices)}`;
      return near ? `Did you mean "${near}"? ${all}` : all;
    },
    convert: (value) => choices.find((choice) => choice === value),
    fallback: choices[0],
    ...about,
  });
}

/** Joins words as in `a, b or c`. */
export function either(choices: readonly string[]): string {
  const [last, ...others] = choices.toReversed();
  return others.length === 0
    ? `${last}`
    : `${others.toReversed().join(", ")} or ${last}`;
}

/** A duration such as `90s`, read as milliseconds. */
export function duration(about?: About): Schema<number> {
  return scalar({
    json: {
      type: ["string", "integer"],
      pattern: DURATION_PATTERN,
      minimum: 0,
      maximum: 0,
      examples: ["300ms", "90s", "10m", "4h", "7d"],
    },
    wanted: "Write a number and a unit: 300ms, 90s, 10m, 4h or 7d",
    convert(value) {
      const given = value === 0 ? "0" : value;
      return typeof given === "string" ? parseDuration(given) : undefined;
    },
    fallback: 0,
    ...about,
  });
}

/** Any value, as it stands. */
export function anything(about?: About): Schema<Value> {
  return scalar<Value>({
    json: {},
    wanted: "",
    convert: (value) => value,
    fallback: null,
    ...about,
  });
}
