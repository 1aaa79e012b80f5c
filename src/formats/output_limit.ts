import { CicdStateError } from "../errors.ts";

const MAX_SIZE = 32 * 1024 * 1024;
// Small values cost time too: without it, millions of them would pass.
const SIZE_OF_VALUE = 8;
const MAX_DEPTH = 1000;

/**
 * Bounds a text while it is written. YAML's aliases share lists and mappings, so
 * that a small document can print as a text larger than memory.
 */
export class OutputLimit {
  #size = 0;
  #depth = 0;

  /** Counts a value whose own text has this many characters. */
  spend(characters: number): void {
    this.#size += characters + SIZE_OF_VALUE;
    if (this.#size <= MAX_SIZE) return;
    throw new CicdStateError(
      "INPUT",
      "Cannot write the value: its text would exceed 32 MiB",
      { hint: "Look for YAML aliases that repeat one another" },
    );
  }

  /** Counts the start of a list or mapping. */
  enter(): void {
    this.#depth += 1;
    if (this.#depth <= MAX_DEPTH) return;
    throw new CicdStateError(
      "INPUT",
      `Cannot write the value: it is nested over ${MAX_DEPTH} levels deep`,
      { hint: "Look for a list or mapping that contains itself" },
    );
  }

  /** Counts the end of a list or mapping. */
  leave(): void {
    this.#depth -= 1;
  }
}
