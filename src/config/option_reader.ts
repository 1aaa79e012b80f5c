import { CicdStateError } from "../errors.ts";
import { suggest } from "../util/suggest.ts";
import type { Mapping } from "../values.ts";
import type { Keys, Options } from "./option_types.ts";

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
