import { CicdStateError } from "../errors.ts";
import { suggest } from "../util/messages.ts";
import { type Flag, FLAGS } from "./flags.ts";

/** The flags of one command line. */
export class ParsedFlags {
  #values: ReadonlyMap<string, readonly string[]>;
  #env: (name: string) => string | undefined;

  /**
   * @param values Each given flag's values; a switch has one empty value.
   * @param env Reads an environment variable.
   */
  constructor(
    values: ReadonlyMap<string, readonly string[]>,
    env: (name: string) => string | undefined,
  ) {
    this.#values = values;
    this.#env = env;
  }

  /**
   * @param name A flag's name.
   * @returns Whether it is given on the command line.
   */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /**
   * @param name A flag's name.
   * @returns Its last value, else its variable's, else its default.
   */
  value(name: string): string | undefined {
    const given = this.#values.get(name)?.at(-1);
    if (given !== undefined) return given;
    const flag = FLAGS.find((flag) => flag.name === name);
    const inherited = flag?.env === undefined ? "" : this.#env(flag.env);
    // An empty variable counts as unset.
    return inherited || flag?.default;
  }

  /**
   * @param name A repeatable flag's name.
   * @returns All its values, in order.
   */
  values(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
}

/**
 * Reads a command line.
 *
 * @param argv The arguments behind the program's name.
 * @param env Reads an environment variable.
 * @returns The flags.
 * @throws {CicdStateError} `USAGE`.
 */
export function parseFlags(
  argv: readonly string[],
  env: (name: string) => string | undefined,
): ParsedFlags {
  const values = new Map<string, string[]>();
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index]!;
    const { flag, inline } = recognise(argument);
    let value = inline ?? "";
    if (flag.value === undefined) {
      if (inline !== undefined) {
        throw usage(
          `Flag --${flag.name} takes no value`,
          `Write --${flag.name}`,
        );
      }
    } else if (inline === undefined) {
      const next = argv[++index];
      if (next === undefined || looksLikeFlag(next)) {
        throw usage(
          `Flag --${flag.name} needs a value` +
            (next === undefined ? "" : `, found "${next}"`),
          `Write --${flag.name} ${flag.value}, or --${flag.name}=${flag.value} ` +
            "for a value that begins with a dash",
        );
      }
      value = next;
    }
    const known = values.get(flag.name);
    if (known === undefined) values.set(flag.name, [value]);
    else known.push(value);
  }
  for (const flag of FLAGS) {
    if (emptyIsNone(flag) && values.get(flag.name)?.at(-1) === "") {
      values.delete(flag.name);
    }
  }
  return new ParsedFlags(values, env);
}

/**
 * Tells whether an empty value counts as none, as of a shell's unset variable.
 * Old scripts rely on it. Elsewhere it is wrong: an empty condition must not let
 * a change through, nor an empty name stand for the default.
 */
function emptyIsNone(flag: Flag): boolean {
  return flag.inherited === true && flag.value !== undefined &&
    flag.repeatable !== true && flag.default === undefined;
}

function recognise(argument: string): { flag: Flag; inline?: string } {
  if (argument.startsWith("--")) {
    const equals = argument.indexOf("=");
    const name = argument.slice(2, equals < 0 ? undefined : equals);
    const flag = findByName(name);
    return equals < 0 ? { flag } : { flag, inline: argument.slice(equals + 1) };
  }
  if (argument.startsWith("-") && argument.length > 1) {
    const flag = FLAGS.find(({ short }) => short === argument[1]);
    if (flag === undefined) throw unknownFlag(argument);
    if (argument.length === 2) return { flag };
    return { flag, inline: argument.slice(2).replace(/^=/, "") };
  }
  throw usage(
    `Cannot use argument "${argument}": no flag takes it`,
    "Put quotes around a value that has blanks",
  );
}

/** Finds a flag by its name or an unambiguous beginning of it. */
function findByName(name: string): Flag {
  const exact = FLAGS.find((flag) => flag.name === name);
  if (exact !== undefined) return exact;
  const matches = name === ""
    ? []
    : FLAGS.filter((flag) => flag.name.startsWith(name));
  // What old scripts shorten must not become ambiguous by a new flag.
  const inherited = matches.filter((flag) => flag.inherited);
  const candidates = inherited.length > 0 ? inherited : matches;
  if (candidates.length === 1) return candidates[0]!;
  if (candidates.length === 0) throw unknownFlag(`--${name}`);
  const names = candidates.map((flag) => `--${flag.name}`).join(", ");
  throw usage(`Flag --${name} is ambiguous`, `It may mean ${names}`);
}

function unknownFlag(argument: string): CicdStateError {
  const near = suggest(argument, FLAGS.map(({ name }) => name));
  return usage(
    `Unknown flag ${argument}`,
    near === undefined ? "See --help" : `Did you mean --${near}? See --help`,
  );
}

/** Tells a flag from a value, as argparse does. */
function looksLikeFlag(argument: string): boolean {
  return /^-[^ ]/.test(argument) && !/^-\d+$|^-\d*\.\d+$/.test(argument) &&
    !argument.includes(" ");
}

function usage(message: string, hint: string): CicdStateError {
  return new CicdStateError("USAGE", message, { hint });
}
