import {
  type Flag,
  flagName,
  type FlagTable,
  valueName,
} from "../commands/shared/declare.ts";
import { type GivenFlags, usage } from "./convert.ts";

/** A flag and its key in the table. */
export type NamedFlag = readonly [key: string, flag: Flag];

/** The parts of a command line. */
export interface ScannedArguments {
  /** The texts of the flags, by key. */
  readonly given: GivenFlags;
  /** What is not a flag, in order. */
  readonly texts: readonly string[];
  /** The first flag that is not known, as it is written, without a value. */
  readonly unknown?: string;
}

/**
 * Splits a command line into flags and arguments. What follows `--` is not a flag.
 *
 * @param argv The arguments.
 * @param find Finds a flag by what is written: `--id` or `-l`.
 * @returns The parts.
 * @throws {CicdStateError} `USAGE`, if a flag lacks its value or cannot have one; what `find` throws.
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
      texts.push(...argv.slice(index + 1));
      break;
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

/** Reports whether an argument must be a flag: as for argparse, if it has no space. */
function looksLikeFlag(argument: string): boolean {
  return mayBeFlag(argument) && !argument.includes(" ");
}

/** Splits `--name=value`, `-lvalue` and `-l=value`. */
function splitFlag(argument: string): { written: string; inline?: string } {
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
    `Write ${label} ${value}, or ${label}=${value} if the value begins with -`,
  );
}

/**
 * Finds a flag in a table.
 *
 * @param table The flags that there are.
 * @param written How it is written: `--id` or `-l`.
 * @returns The flag and its key, if there is one.
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
