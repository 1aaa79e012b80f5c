import {
  isMapping,
  type Mapping,
  MAX_DEPTH,
  setKey,
  type Value,
} from "../../values.ts";
import { YamlFault } from "./scan/cursor.ts";
import { pythonFloat } from "../python_text.ts";

const MAX_VALUES = 10_000_000;
const MAX_MERGED_KEYS = 1_000_000;

/**
 * Bounds what a document makes of its text. Aliases and merges can make gigabytes
 * of some hundred bytes.
 */
export class Limits {
  #values = 0;
  #mergedKeys = 0;
  #depth = 0;

  /** The number of values so far, where each alias counts in full. */
  get values(): number {
    return this.#values;
  }

  /** Counts values. */
  count(values: number, offset: number): void {
    this.#values += values;
    if (this.#values > MAX_VALUES) {
      throw new YamlFault(
        offset,
        `its aliases make more than ${MAX_VALUES} values`,
      );
    }
  }

  /** Counts keys that `<<` merges. */
  countMerged(keys: number, offset: number): void {
    this.#mergedKeys += keys;
    if (this.#mergedKeys > MAX_MERGED_KEYS) {
      throw new YamlFault(
        offset,
        `<< merges more than ${MAX_MERGED_KEYS} keys`,
      );
    }
  }

  /** Counts the start of a node. */
  enter(offset: number): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw new YamlFault(
        offset,
        `it is nested over ${MAX_DEPTH} levels deep`,
      );
    }
  }

  /** Counts the end of a node. */
  leave(): void {
    this.#depth -= 1;
  }
}

/** Where a key or item and its value are. */
export interface Place {
  /** The offset of the key, or of the item of a list. */
  readonly keyOffset: number;
  /**
   * The offset of the value if it may be on the line of its key; the offset of the
   * key if the value is empty or a block.
   */
  readonly offset: number;
}

/** The places of the keys of each mapping and of the items of each list. */
export type Places = Map<Value, Map<string | number, Place>>;

/** Records the place of a key or item, if places are collected and it is known. */
export function recordPlace(
  places: Places | undefined,
  container: Value,
  key: string | number,
  place: Place | undefined,
): void {
  if (places === undefined || place === undefined) return;
  const inContainer = places.get(container) ?? new Map();
  places.set(container, inContainer.set(key, place));
}

/** A key and its value, and where they are. */
interface Entry extends Place {
  readonly key: string;
  readonly value: Value;
}

/** Builds a mapping as PyYAML does: first what it merges, then its own keys. */
export class MappingBuilder {
  readonly #merged: Mapping[] = [];
  readonly #entries: Entry[] = [];

  /** Adds a key. If there are several of a name, the last one wins. */
  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  /**
   * Adds what `<<` merges. Of a list, the first mapping wins; of several `<<`, the
   * last one.
   *
   * @throws {YamlFault} If it is not a mapping or a list of mappings.
   */
  merge(value: Value, offset: number, limits: Limits): void {
    const sources = Array.isArray(value) ? value.toReversed() : [value];
    for (const source of sources) {
      if (!isMapping(source)) {
        throw new YamlFault(
          offset,
          "<< takes a mapping or a list of mappings",
        );
      }
      limits.countMerged(1 + Object.keys(source).length, offset);
      this.#merged.push(source);
    }
  }

  /** Returns the mapping, and records the places of its keys. */
  build(places: Places | undefined): Mapping {
    const mapping: Mapping = {};
    for (const source of this.#merged) {
      for (const key of Object.keys(source)) {
        setKey(mapping, key, source[key]!);
        recordPlace(places, mapping, key, places?.get(source)?.get(key));
      }
    }
    for (const entry of this.#entries) {
      setKey(mapping, entry.key, entry.value);
      recordPlace(places, mapping, entry.key, entry);
    }
    return mapping;
  }
}

/**
 * Formats a key as Python's `json.dumps` does.
 *
 * @throws {YamlFault} If it is a list or mapping.
 */
export function keyText(key: Value, offset: number): string {
  if (Array.isArray(key) || isMapping(key)) {
    throw new YamlFault(offset, "a list or mapping cannot be a key");
  }
  return typeof key === "number" && !Number.isSafeInteger(key)
    ? pythonFloat(key)
    : String(key);
}
