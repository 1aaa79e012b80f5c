import { CicdStateError } from "../errors.ts";
import { parseDuration } from "../util/duration.ts";
import { describeType, suggest } from "../util/messages.ts";
import { isMapping, type Mapping, type Value } from "../values.ts";

/** Reads sections of one config whose keys are all known. */
export class OptionReader {
  readonly #where: string;

  /** @param where The config's name, for messages. */
  constructor(where: string) {
    this.#where = where;
  }

  /**
   * Reads a section.
   *
   * @param section The section.
   * @param keys The keys that it may have.
   * @param at Its path in the config.
   * @returns Its options; `ca-file` is named `caFile`.
   * @throws {CicdStateError} `CONFIG`.
   */
  readKeys(section: Mapping, keys: Keys, at: string): Options {
    const options: Options = {};
    for (const key of Object.keys(section)) {
      if (!Object.hasOwn(keys, key)) {
        throw this.unknown(`key "${key}"`, `${at}.${key}`, key, keys);
      }
      const value = section[key]!;
      // An empty value is as good as none: `password:` with nothing behind it.
      if (value === null) continue;
      options[camelCase(key)] = keys[key]!(value, `${at}.${key}`, this);
    }
    return options;
  }

  /** Makes the error of a key that is not what it must be. */
  fail(at: string, problem: string, hint: string): CicdStateError {
    return this.error(`"${at}" ${problem}`, hint);
  }

  /** Makes the error of a word that is not known. */
  unknown(
    what: string,
    at: string,
    word: string,
    known: Readonly<Record<string, unknown>>,
  ): CicdStateError {
    const near = suggest(word, Object.keys(known));
    const list = `Known are ${Object.keys(known).join(", ")}`;
    return this.error(
      `unknown ${what} at "${at}"`,
      near === undefined ? list : `Did you mean "${near}"? ${list}`,
    );
  }

  /** Makes an error of the config. */
  error(problem: string, hint: string): CicdStateError {
    return new CicdStateError(
      "CONFIG",
      `Cannot use ${this.#where}: ${problem}`,
      { hint },
    );
  }
}

function camelCase(key: string): string {
  return key.replaceAll(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}

/** What an option of a datasource becomes when it is validated. */
type OptionValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly Options[]
  | Options;

/** Validated options, by the names that datasources know them by. */
export interface Options {
  [name: string]: OptionValue;
}

/**
 * Validates an option.
 *
 * @param value The value, as the config has it.
 * @param at Its path in the config.
 * @param reader Reads the keys of mappings and makes errors.
 * @returns What the datasource gets.
 * @throws {CicdStateError} `CONFIG`.
 */
type OptionType = (
  value: Value,
  at: string,
  reader: OptionReader,
) => OptionValue;

/** The options that a mapping may have. */
export type Keys = Readonly<Record<string, OptionType>>;

/** A text that is not empty; digits count too, as in a password of digits. */
export function text(value: Value, at: string, reader: OptionReader): string {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" || typeof value === "bigint") {
    return String(value);
  }
  throw reader.fail(at, shown(value), "It must be a string");
}

/** A whole number of 0 or more, also as a text of digits. */
export function integer(
  value: Value,
  at: string,
  reader: OptionReader,
): number {
  const number = typeof value === "string" && /^\d+$/.test(value)
    ? Number(value)
    : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) {
    if (number >= 0) return number;
  }
  throw reader.fail(at, shown(value), "It must be a whole number of 0 or more");
}

/** `true` or `false`. */
export function boolean(
  value: Value,
  at: string,
  reader: OptionReader,
): boolean {
  if (typeof value === "boolean") return value;
  throw reader.fail(at, shown(value), "It must be true or false");
}

/** A list of texts. */
export function texts(
  value: Value,
  at: string,
  reader: OptionReader,
): readonly string[] {
  if (Array.isArray(value)) {
    return value.map((item, index) => text(item, `${at}[${index}]`, reader));
  }
  throw reader.fail(at, shown(value), "It must be a list of strings");
}

/** A time such as `7d`, in milliseconds. */
export function duration(
  value: Value,
  at: string,
  reader: OptionReader,
): number {
  const given = value === 0 ? "0" : value;
  const parsed = typeof given === "string" ? parseDuration(given) : undefined;
  if (parsed !== undefined) return parsed;
  throw reader.fail(
    at,
    shown(value),
    "Write a number and a unit: 90s, 30m, 12h or 7d",
  );
}

/** A list of `host:port`. */
export function addresses(
  value: Value,
  at: string,
  reader: OptionReader,
): readonly Options[] {
  return texts(value, at, reader).map((address, index) => {
    const match = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(address);
    if (match !== null) return { host: match[1]!, port: Number(match[2]) };
    throw reader.fail(`${at}[${index}]`, `is "${address}"`, "Write HOST:PORT");
  });
}

const TLS_FILES = mapping({
  "ca-file": text,
  "cert-file": text,
  "key-file": text,
});

/** Makes the type of a mapping that may have these keys. */
export function mapping(keys: Keys): OptionType {
  return (value, at, reader) => {
    if (isMapping(value)) return reader.readKeys(value, keys, at);
    throw reader.fail(at, shown(value), "It must be a mapping");
  };
}

/** `true`, `false`, or a mapping of files. */
export function tls(
  value: Value,
  at: string,
  reader: OptionReader,
): OptionValue {
  return typeof value === "boolean" ? value : TLS_FILES(value, at, reader);
}

function shown(value: Value): string {
  return `is ${value === "" ? "an empty string" : describeType(value)}`;
}
