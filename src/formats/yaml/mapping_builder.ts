import { isMapping, type Mapping, setKey, type Value } from "../../values.ts";
import { pythonFloat } from "../python_text.ts";
import type { Limits } from "./limits.ts";
import { type Place, type Places, recordPlace } from "./places.ts";
import { YamlFault } from "./scan/fault.ts";

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
