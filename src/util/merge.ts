import { CicdStateError } from "../errors.ts";
import {
  cloneValue,
  getKey,
  isFalsy,
  isMapping,
  type Mapping,
  setKey,
  type Value,
} from "../values.ts";
import { describeType } from "./messages.ts";

/**
 * Merges one mapping over another. Mappings are merged key by key; any other
 * value is replaced, and so is a falsy value of any type.
 *
 * Mappings that YAML aliases share are merged once and stay shared.
 *
 * @param base The mapping to merge into.
 * @param over The mapping whose values win.
 * @param where Names `over` in messages, for example `app.yaml`.
 * @param at The keys that lead to both mappings, for messages.
 * @returns A new mapping; neither argument is changed.
 * @throws {CicdStateError} `CONFIG`, if the types at one key differ.
 */
export function mergeMappings(
  base: Mapping,
  over: Mapping,
  where: string,
  at: readonly string[] = [],
): Mapping {
  return new Merger(where).merge(base, over, at);
}

class Merger {
  readonly #where: string;
  readonly #copies = new Map<Value, Value>();
  readonly #merged = new Map<Mapping, Map<Mapping, Mapping>>();

  constructor(where: string) {
    this.#where = where;
  }

  merge(base: Mapping, over: Mapping, path: readonly string[]): Mapping {
    const known = this.#merged.get(base)?.get(over);
    if (known !== undefined) return known;
    const merged: Mapping = {};
    for (const key of Object.keys(base)) setKey(merged, key, base[key]!);
    for (const key of Object.keys(over)) {
      const below = getKey(base, key);
      setKey(merged, key, this.#mergeValues(below, over[key]!, [...path, key]));
    }
    const withBase = this.#merged.get(base) ?? new Map();
    this.#merged.set(base, withBase.set(over, merged));
    return merged;
  }

  #mergeValues(
    base: Value | undefined,
    over: Value,
    path: readonly string[],
  ): Value {
    if (base !== undefined && !isFalsy(base)) {
      if (isMapping(base) && isMapping(over)) {
        return this.merge(base, over, path);
      }
      this.#checkTypes(base, over, path);
    }
    return cloneValue(over, this.#copies);
  }

  #checkTypes(base: Value, over: Value, path: readonly string[]): void {
    const [below, above] = [describeType(base), describeType(over)];
    if (below === above) return;
    throw new CicdStateError(
      "CONFIG",
      `Cannot merge ${this.#where}: "${path.join(".")}" is ${above} there, ` +
        `but ${below} in what it builds on`,
      { hint: "Give the key the same type in both files, or rename one" },
    );
  }
}
