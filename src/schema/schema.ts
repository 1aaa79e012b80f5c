import { parseDuration } from "../util/duration.ts";
import { describeType, suggest } from "../util/messages.ts";
import { Float, type Value } from "../values.ts";
import type {
  About,
  HostPort,
  IntegerOptions,
  Outcome,
  Path,
  Problem,
  ScalarOptions,
  Schema,
  StringOptions,
  UrlOptions,
} from "./types.ts";

const DURATION_PATTERN = "^(?:0|[0-9]{1,9}(?:ms|s|m|h|d))$";
const MODE_REGEXP = /^0?[67][0-7]{2}$/;
const ADDRESS_REGEXP = /^(?:\[([^\]]+)\]|([^[\]]+)):(\d{1,5})$/;

export type * from "./types.ts";

/**
 * Reads a value and collects every problem.
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

/**
 * Returns a path as messages show it.
 *
 * @param path The path.
 * @returns For example `slack.hooks[0].url`.
 */
export function pathText(path: Path): string {
  return path.map((part, index) =>
    typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`
  ).join("");
}

/** Describes a single value by a function that converts it. */
export function scalar<T>(
  { json, wanted, convert, fallback, isSecret, ...about }: ScalarOptions<T>,
): Schema<T> {
  return {
    about,
    json: () => ({
      ...isSecret ? { writeOnly: true } : {},
      ...json,
      ...about,
    }),
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

/** Returns a short value as it is written, or `undefined` for a long one. */
function literal(value: Value): string | undefined {
  if (typeof value === "string") {
    return value.length <= 40 ? JSON.stringify(value) : undefined;
  }
  const isShown = typeof value === "boolean" || typeof value === "number" ||
    typeof value === "bigint" || value instanceof Float;
  return isShown ? String(value) : undefined;
}

/** Describes a string. A number is accepted too, such as a password of digits. */
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

/** Describes an integer within bounds. A string of digits is accepted too. */
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

/** Describes `true` or `false`. */
export function boolean(about?: About): Schema<boolean> {
  return scalar({
    json: { type: "boolean" },
    wanted: "It must be true or false",
    convert: (value) => typeof value === "boolean" ? value : undefined,
    fallback: false,
    ...about,
  });
}

/** Describes one of several strings. */
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

/** Returns the words as `a, b or c`. */
export function either(choices: readonly string[]): string {
  const [last, ...others] = choices.toReversed();
  return others.length === 0
    ? `${last}`
    : `${others.toReversed().join(", ")} or ${last}`;
}

/** Describes a duration such as `90s`, which is read as milliseconds. */
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

/** Describes a TCP port. */
export function port(about?: About): Schema<number> {
  return integer({ min: 1, max: 65_535, ...about });
}

/** Describes a URL of one of the given schemes. No message shows it, as it may hold a password. */
export function url(
  schemes: readonly string[],
  { mayBeEmpty = false, ...about }: UrlOptions = {},
): Schema<string> {
  const starts = schemes.map((scheme) => `${scheme}://`);
  const pattern = `^\\s*(?:${schemes.join("|")})://`;
  return scalar({
    json: {
      type: "string",
      pattern: mayBeEmpty ? `^\\s*$|${pattern}` : pattern,
      // Only its password is a secret.
      writeOnly: undefined,
    },
    wanted: `It must be a valid URL that starts with ${either(starts)}`,
    convert(value) {
      if (typeof value !== "string") return undefined;
      const text = value.trim();
      if (text === "") return mayBeEmpty ? text : undefined;
      const isKnown = starts.some((start) =>
        text.toLowerCase().startsWith(start)
      );
      const parsed = isKnown ? URL.parse(text) : null;
      // URLs accept port 0, but nothing can connect to it.
      return parsed === null || parsed.port === "0" ? undefined : text;
    },
    fallback: "",
    isSecret: true,
    ...about,
  });
}

/** Describes a `host:port`. An IPv6 address is written in brackets. */
export function address(about?: About): Schema<HostPort> {
  return scalar({
    json: {
      type: "string",
      pattern: ADDRESS_REGEXP.source,
      examples: ["redis-0:6379", "[::1]:6379"],
    },
    wanted: "Write HOST:PORT, with a port from 1 to 65535",
    convert: parseAddress,
    fallback: { host: "", port: 0 },
    ...about,
  });
}

function parseAddress(value: Value): HostPort | undefined {
  const match = typeof value === "string" ? ADDRESS_REGEXP.exec(value) : null;
  if (match === null) return undefined;
  const port = Number(match[3]);
  const host = match[1] ?? match[2]!;
  return port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

/** Describes the mode of a file, such as `"0640"`, which its owner can read and write. */
export function fileMode(about?: About): Schema<number> {
  return scalar({
    json: { type: "string", pattern: MODE_REGEXP.source, examples: ["0640"] },
    wanted: 'Write it in quotes, with access for the owner: "0640"',
    convert: (value) =>
      typeof value === "string" && MODE_REGEXP.test(value)
        ? Number.parseInt(value, 8)
        : undefined,
    fallback: 0,
    ...about,
  });
}

/** Describes any value, which is read as it is. */
export function anything(about?: About): Schema<Value> {
  return scalar<Value>({
    json: {},
    wanted: "",
    convert: (value) => value,
    fallback: null,
    ...about,
  });
}
