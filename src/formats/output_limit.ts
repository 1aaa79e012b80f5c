import { CicdStateError } from "../errors.ts";

const MAX_CHARACTERS = 64 * 1024 * 1024;
const MAX_DEPTH = 1000;

/**
 * Bounds a text while it is written. YAML's aliases share lists and mappings, so
 * that a small document can print as a text larger than memory.
 */
export class OutputLimit {
  #characters = 0;
  #depth = 0;

  /** Counts text that is about to be written. */
  spend(characters: number): void {
    this.#characters += characters;
    if (this.#characters <= MAX_CHARACTERS) return;
    throw new CicdStateError(
      "INPUT",
      "Cannot write the value: its text exceeds 64 MiB",
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
