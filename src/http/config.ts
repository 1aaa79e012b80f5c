import { CicdStateError } from "../errors.ts";
import { isMapping, type Mapping, type Value } from "../values.ts";
import { describeType, suggest } from "../util/messages.ts";

/** How HTTP requests are sent, and what follows when one fails. */
export interface HttpConfig {
  /** Milliseconds that one attempt may take, its answer included. */
  readonly timeoutMs: number;
  /** How many attempts may follow the first. */
  readonly retries: number;
  /** Whether a failed delivery is only reported, or ends the event. */
  readonly onError: "warn" | "fail";
  /** How much of an answer is read. */
  readonly maxResponseBytes: number;
  /** A PEM file of certificate authorities to trust beside the usual ones. */
  readonly caFile: string | undefined;
  /** What to do with a body that is sent as JSON and is none. */
  readonly invalidJson: "warn" | "fail" | "send";
  /** The property path of a list that keeps a record of each delivery. */
  readonly record: string | undefined;
}

/** What holds where a config says nothing. */
export const DEFAULT_HTTP_CONFIG: HttpConfig = {
  timeoutMs: 30_000,
  retries: 3,
  onError: "warn",
  maxResponseBytes: 1024 * 1024,
  caFile: undefined,
  invalidJson: "warn",
  record: undefined,
};

const KEYS = [
  "timeout-ms",
  "retries",
  "on-error",
  "max-response-bytes",
  "ca-file",
  "invalid-json",
  "record",
];

/**
 * Validates an `http` section.
 *
 * @param section The section, if there is one.
 * @param where Names it in messages: `"cicdstatemgr.http" of config.yaml`.
 * @param base What holds for the keys that it does not have.
 * @returns The settings, complete.
 * @throws {CicdStateError} `CONFIG`, naming the key, what was found and what is allowed.
 */
export function parseHttpConfig(
  section: Value | undefined,
  where: string,
  base: HttpConfig = DEFAULT_HTTP_CONFIG,
): HttpConfig {
  if (section === undefined || section === null) return base;
  if (!isMapping(section)) {
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ${where}: it is ${describeType(section)}`,
      { hint: `Write a mapping of ${KEYS.join(", ")}` },
    );
  }
  checkKeys(section, where);
  const read = new SectionReader(section, where);
  return {
    timeoutMs: read.integer("timeout-ms", 1, 3_600_000) ?? base.timeoutMs,
    retries: read.integer("retries", 0, 10) ?? base.retries,
    onError: read.choice("on-error", ["warn", "fail"]) ?? base.onError,
    maxResponseBytes:
      read.integer("max-response-bytes", 1, Number.MAX_SAFE_INTEGER) ??
        base.maxResponseBytes,
    caFile: read.text("ca-file") ?? base.caFile,
    invalidJson: read.choice("invalid-json", ["warn", "fail", "send"]) ??
      base.invalidJson,
    record: read.text("record") ?? base.record,
  };
}

function checkKeys(section: Mapping, where: string): void {
  for (const key of Object.keys(section)) {
    if (KEYS.includes(key)) continue;
    const near = suggest(key, KEYS);
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ${where}: unknown key "${key}"`,
      {
        hint: near === undefined
          ? `Known are ${KEYS.join(", ")}`
          : `Did you mean "${near}"?`,
      },
    );
  }
}

/** Reads a section's keys by the type that each must have. */
class SectionReader {
  readonly #section: Mapping;
  readonly #where: string;

  constructor(section: Mapping, where: string) {
    this.#section = section;
    this.#where = where;
  }

  integer(key: string, min: number, max: number): number | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    if (Number.isSafeInteger(value)) {
      const number = Number(value);
      if (number >= min && number <= max) return number;
    }
    const bound = max === Number.MAX_SAFE_INTEGER
      ? `of at least ${min}`
      : `from ${min} to ${max}`;
    throw this.#wrong(key, value, `an integer ${bound}`);
  }

  choice<T extends string>(key: string, choices: readonly T[]): T | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    const choice = choices.find((choice) => choice === value);
    if (choice !== undefined) return choice;
    throw this.#wrong(key, value, choices.join(" or "));
  }

  text(key: string): string | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    if (typeof value === "string" && value.trim() !== "") return value;
    throw this.#wrong(key, value, "a string that is not blank");
  }

  #value(key: string): Value | undefined {
    return Object.hasOwn(this.#section, key) ? this.#section[key] : undefined;
  }

  #wrong(key: string, value: Value, wanted: string): CicdStateError {
    const found = typeof value === "object"
      ? describeType(value)
      : JSON.stringify(typeof value === "bigint" ? String(value) : value);
    return new CicdStateError(
      "CONFIG",
      `Cannot use ${this.#where}: "${key}" is ${found}`,
      { hint: `It must be ${wanted}` },
    );
  }
}
