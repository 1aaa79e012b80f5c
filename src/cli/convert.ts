import {
  type ArgumentTable,
  type ArgumentValues,
  type Flag,
  flagName,
  type FlagTable,
  type FlagValues,
  valueName,
  type ValueType,
} from "../commands/shared/declare.ts";
import { CicdStateError } from "../errors.ts";
import { parseDuration } from "../util/duration.ts";

/** Reads an environment variable; `undefined` if it is not set. */
export type Environment = (name: string) => string | undefined;

/** The texts of the flags that a command line gives; a switch has empty ones. */
export type GivenFlags = ReadonlyMap<string, readonly string[]>;

/**
 * Converts the flags of a command line: takes what is given, else the
 * environment variable, else the default.
 *
 * @param table The flags that there are.
 * @param given What is given, by the key in the table.
 * @param env Reads an environment variable. An empty one counts as not set.
 * @returns The values, by the same keys.
 * @throws {CicdStateError} `USAGE`, or what the parser of a flag throws.
 */
export function readFlags<Table extends FlagTable>(
  table: Table,
  given: GivenFlags,
  env: Environment,
): FlagValues<Table> {
  const values: Record<string, unknown> = {};
  for (const key in table) values[key] = readFlag(key, table[key]!, given, env);
  // Each value has the type of its flag, which TypeScript cannot follow through
  // a loop over the keys.
  return values as FlagValues<Table>;
}

function readFlag(
  key: string,
  flag: Flag,
  given: GivenFlags,
  env: Environment,
): unknown {
  const texts = given.get(key) ?? [];
  if (flag.type === "switch") return texts.length > 0;
  const label = `--${flagName(key)}`;
  if (flag.repeatable) return texts.map((text) => convert(text, flag, label));
  const inherited = flag.env === undefined ? "" : env(flag.env);
  const text = texts.at(-1) ?? (inherited || flag.default);
  if (text !== undefined) return convert(text, flag, label);
  if (flag.required) throw missingFlag(key, flag);
  return undefined;
}

/**
 * Makes the error of a flag that a command line lacks.
 *
 * @param key The key of the flag in its table.
 * @param flag The flag.
 * @returns The error.
 */
export function missingFlag(key: string, flag: Flag): CicdStateError {
  const label = `--${flagName(key)}`;
  const variable = flag.env === undefined ? "" : ` or set ${flag.env}`;
  return usage(
    `Flag ${label} is missing`,
    `Pass ${label} ${valueName(flag)}${variable}`,
  );
}

/**
 * Converts the arguments of a command line.
 *
 * @param table The arguments that there are.
 * @param texts What is given.
 * @param usageLine How the command is written, for messages.
 * @returns The values.
 * @throws {CicdStateError} `USAGE`, or what the parser of an argument throws.
 */
export function readArguments<Table extends ArgumentTable>(
  table: Table,
  texts: readonly string[],
  usageLine: string,
): ArgumentValues<Table> {
  const rest = [...texts];
  const values: Record<string, unknown> = {};
  for (const key in table) {
    const argument = table[key]!;
    const label = valueName(argument);
    const taken = argument.repeatable ? rest.splice(0) : rest.splice(0, 1);
    if (taken.length === 0 && !argument.optional) {
      throw usage(`Argument ${label} is missing`, `Write ${usageLine}`);
    }
    const converted = taken.map((text) => convert(text, argument, label));
    values[key] = argument.repeatable ? converted : converted[0];
  }
  if (rest.length > 0) {
    throw usage(
      `Cannot use argument "${rest[0]}"`,
      `Write ${usageLine}, with quotes around a value that has spaces`,
    );
  }
  // As in readFlags().
  return values as ArgumentValues<Table>;
}

function convert(text: string, type: ValueType, label: string): unknown {
  const value = parse(text, type);
  if (value !== undefined) return value;
  throw usage(`Cannot use ${label} "${text}"`, `Write ${expectation(type)}`);
}

function parse(text: string, type: ValueType): unknown {
  switch (type.type) {
    case "string":
      if (type.parse !== undefined) return type.parse(text);
      return text === "" && !type.empty ? undefined : text;
    case "integer": {
      const number = Number(text);
      const fits = /^-?\d+$/.test(text) && Number.isSafeInteger(number) &&
        number >= (type.min ?? -Infinity);
      return fits ? number : undefined;
    }
    case "duration":
      return parseDuration(text);
    case "choice":
      return type.choices.includes(text) ? text : undefined;
    default:
      return type satisfies never;
  }
}

function expectation(type: ValueType): string {
  switch (type.type) {
    case "string":
      return type.expects ?? `${type.value}, not an empty string`;
    case "integer":
      return type.min === undefined
        ? "a whole number"
        : `a whole number of ${type.min} or more`;
    case "duration":
      return "a number and a unit, such as 300ms, 90s, 10m, 4h or 7d";
    case "choice":
      return listWords(type.choices);
    default:
      return type satisfies never;
  }
}

/** Joins words: `a, b or c`. */
export function listWords(words: readonly string[], and = "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;
}

/** Makes a usage error. */
export function usage(message: string, hint: string): CicdStateError {
  return new CicdStateError("USAGE", message, { hint });
}
