import { flagName, valueName } from "../commands/shared/command.ts";
import type {
  Flag,
  FlagTable,
  FlagValues,
  ValueType,
} from "../commands/shared/types.ts";
import { CicdStateError } from "../errors.ts";
import { parseDuration } from "../util/duration.ts";
import { hintToSet, mayReadVariable } from "../util/env.ts";

/** Reads an environment variable; `undefined` if it is not set. */
export type Environment = (name: string) => string | undefined;

/** The raw values of the given flags, by key. Those of a switch are empty. */
export type GivenFlags = ReadonlyMap<string, readonly string[]>;

/** A flag and its key in the table. */
export type NamedFlag = readonly [key: string, flag: Flag];

/** The parts of a command line. */
export interface ScannedArguments {
  /** The raw values of the flags, by key. */
  readonly given: GivenFlags;
  /** The arguments that are not flags, in order. */
  readonly texts: readonly string[];
  /** How many of them follow `--`. */
  readonly afterDashes?: number;
  /** The first unknown flag, as written, without its value. */
  readonly unknown?: string;
}

/**
 * Splits a command line into flags and arguments. Nothing after `--` is a flag.
 *
 * @param argv The arguments.
 * @param find Finds a flag by what is written: `--id` or `-l`.
 * @returns The parts.
 * @throws {CicdStateError} `USAGE`, if a flag lacks a value or takes none; or what `find` throws.
 */
export function scanArguments(
  argv: readonly string[],
  find: (written: string) => NamedFlag | undefined,
): ScannedArguments {
  const given = new Map<string, string[]>();
  const texts: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index]!;
    if (argument === "--") {
      const rest = argv.slice(index + 1);
      return { given, texts: [...texts, ...rest], afterDashes: rest.length };
    }
    const { written, inline } = splitFlag(argument);
    const named = mayBeFlag(argument) ? find(written) : undefined;
    if (named === undefined) {
      if (looksLikeFlag(argument)) return { given, texts, unknown: written };
      texts.push(argument);
      continue;
    }
    const [key, flag] = named;
    const takesNext = flag.type !== "switch" && inline === undefined;
    const text = takesNext
      ? checkNext(argv[++index], named)
      : checkInline(inline, named);
    const known = given.get(key);
    if (known === undefined) given.set(key, [text]);
    else known.push(text);
  }
  return { given, texts };
}

/** Reports whether an argument can be a flag. A lone `-` stands for stdin. */
function mayBeFlag(argument: string): boolean {
  return /^-./.test(argument) && !/^-\d+$|^-\d*\.\d+$/.test(argument);
}

/** Reports whether an argument must be a flag. As in argparse, one with a space need not be. */
function looksLikeFlag(argument: string): boolean {
  return mayBeFlag(argument) && !argument.includes(" ");
}

/** Splits `--name=value`, `-lvalue` and `-l=value`. */
export function splitFlag(
  argument: string,
): { written: string; inline?: string } {
  if (!argument.startsWith("--")) {
    const written = argument.slice(0, 2);
    if (argument.length === 2) return { written };
    return { written, inline: argument.slice(2).replace(/^=/, "") };
  }
  const equals = argument.indexOf("=");
  if (equals < 0) return { written: argument };
  return {
    written: argument.slice(0, equals),
    inline: argument.slice(equals + 1),
  };
}

function checkInline(
  inline: string | undefined,
  [key, flag]: NamedFlag,
): string {
  if (inline === undefined || flag.type !== "switch") return inline ?? "";
  const label = `--${flagName(key)}`;
  throw usage(`Flag ${label} takes no value`, `Write ${label}`);
}

function checkNext(next: string | undefined, [key, flag]: NamedFlag): string {
  if (next !== undefined && !looksLikeFlag(next)) return next;
  const label = `--${flagName(key)}`;
  const value = valueName(flag);
  throw usage(
    `Flag ${label} needs a value${
      next === undefined ? "" : `, found "${next}"`
    }`,
    flag.type === "choice"
      ? `Write ${label} ${value}`
      : `Write ${label} ${value}, or ${label}=${value} if the value begins with -`,
  );
}

/**
 * Finds a flag in a table.
 *
 * @param table The known flags.
 * @param written How it is written: `--id` or `-l`.
 * @returns The flag and its key, or `undefined` if the table does not have it.
 */
export function findFlag(
  table: FlagTable,
  written: string,
): NamedFlag | undefined {
  return Object.entries(table).find(([key, { short }]) =>
    written === `--${flagName(key)}` ||
    (short !== undefined && written === `-${short}`)
  );
}

/**
 * Checks that flags with one value are given once, and flags that need another
 * one together with it.
 *
 * @param table The known flags.
 * @param given The given values, by key.
 * @throws {CicdStateError} `USAGE`.
 */
export function checkFlags(table: FlagTable, given: GivenFlags): void {
  for (const [key, texts] of given) {
    const flag = table[key]!;
    const label = `--${flagName(key)}`;
    if (texts.length > 1 && flag.type !== "switch" && !flag.repeatable) {
      throw usage(`Flag ${label} is given twice`, "Give it once");
    }
    if (flag.needs === undefined || given.has(flag.needs)) continue;
    const needed = `--${flagName(flag.needs)}`;
    throw usage(
      `Flag ${label} needs ${needed}`,
      `Add ${needed}, or leave ${label} out`,
    );
  }
}

/**
 * Converts the flags of a command line. A flag that is not given takes its value
 * from its environment variable, or else its default.
 *
 * @param table The known flags.
 * @param given The given values, by key.
 * @param env Reads an environment variable. An empty one counts as unset.
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
  // Each value has the type of its flag, but TypeScript cannot infer that in a
  // loop over the keys.
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
 * Returns the error for a required flag that is missing.
 *
 * @param key The key of the flag in its table.
 * @param flag The flag.
 * @returns The error.
 */
export function missingFlag(key: string, flag: Flag): CicdStateError {
  const label = `--${flagName(key)}`;
  const variable = flag.env === undefined ? "" : ` or ${hintToSet(flag.env)}`;
  const unread = flag.env === undefined || mayReadVariable(flag.env)
    ? ""
    : `, and Deno may not read ${flag.env}`;
  return usage(
    `Flag ${label} is missing${unread}`,
    `Pass ${label} ${valueName(flag)}${variable}`,
  );
}

/**
 * Converts the text of a flag or an argument.
 *
 * @param text The text.
 * @param type What it must be.
 * @param label Names it in messages.
 * @returns The value.
 * @throws {CicdStateError} `USAGE`, or what its parser throws.
 */
export function convert(text: string, type: ValueType, label: string): unknown {
  const value = parse(text, type);
  if (value !== undefined) return value;
  throw usage(
    `Cannot use ${label} "${text}"`,
    `Write ${expectation(type, text)}`,
  );
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

function expectation(type: ValueType, text: string): string {
  switch (type.type) {
    case "string":
      return type.expects ?? `${type.value}, not an empty string`;
    case "integer":
      if (/^-?\d{16,}$/.test(text)) {
        const max = Number.MAX_SAFE_INTEGER;
        return `a whole number from ${type.min ?? -max} to ${max}`;
      }
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

/** Returns a usage error. */
export function usage(message: string, hint: string): CicdStateError {
  return new CicdStateError("USAGE", message, { hint });
}
