import { CicdStateError } from "../errors.ts";
import { MAX_DEPTH } from "../values.ts";

const MAX_SIZE = 32 * 1024 * 1024;
// Small values take time too: 32 Mi empty lists would take minutes.
const SIZE_OF_VALUE = 8;

/**
 * Limits the size and depth of text while it is written. YAML aliases share lists
 * and mappings, so a small document can print as more text than memory holds.
 */
export class OutputLimit {
  #size = 0;
  #depth = 0;

  /**
   * Counts a value whose own text has this many characters.
   *
   * @throws {CicdStateError} `INPUT`, if the whole text exceeds 32 MiB.
   */
  spend(characters: number): void {
    this.#size += characters + SIZE_OF_VALUE;
    if (this.#size <= MAX_SIZE) return;
    throw new CicdStateError(
      "INPUT",
      "Cannot write the value: its text would exceed 32 MiB",
      { hint: "Check for YAML aliases that multiply one another" },
    );
  }

  /**
   * Counts the start of a list or mapping.
   *
   * @throws {CicdStateError} `INPUT`, if it nests over 1000 levels deep.
   */
  enter(): void {
    this.#depth += 1;
    if (this.#depth <= MAX_DEPTH) return;
    throw new CicdStateError(
      "INPUT",
      `Cannot write the value: it is nested over ${MAX_DEPTH} levels deep`,
      { hint: "Check for a list or mapping that contains itself" },
    );
  }

  /** Counts the end of a list or mapping. */
  leave(): void {
    this.#depth -= 1;
  }
}
