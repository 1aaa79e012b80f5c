import { parseDuration } from "../util/duration.ts";
import { typeName } from "../util/type_name.ts";
import { isMapping, type Value } from "../values.ts";
import type { OptionReader } from "./option_reader.ts";

/** What an option of a datasource becomes when it is validated. */
export type OptionValue =
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
export type OptionType = (
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
  throw reader.fail(at, shown(value), "It must be a text");
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
  throw reader.fail(at, shown(value), "It must be a list of texts");
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
  return value === "" ? "is an empty text" : `is a ${typeName(value)}`;
}
