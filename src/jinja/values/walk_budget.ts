import { fail } from "../error.ts";
const MAX_VALUES = 2_000_000;

/**
 * Bounds a walk through a value. A small template can put one list into another
 * twice, again and again, so that a walk through all of it would never end.
 */
export class Budget {
  #left = MAX_VALUES;

  /** Counts a value that is walked through. */
  spend(): void {
    if (--this.#left < 0) {
      fail(`a value has more than ${MAX_VALUES} parts`);
    }
  }
}
