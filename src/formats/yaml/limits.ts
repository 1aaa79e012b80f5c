import { MAX_DEPTH } from "../../values.ts";
import { YamlFault } from "./scan/fault.ts";

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
