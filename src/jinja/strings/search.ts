import type { Budget } from "../runtime/budget.ts";

/**
 * The longest pattern that is left to `indexOf`. It may compare the whole pattern
 * at each position, which takes hours for two long strings of one letter.
 */
const MAX_NATIVE_LENGTH = 32;
const UNITS_PER_STEP = 32;

/** Finds a pattern in strings, in time that grows with their length alone. */
export class Searcher {
  readonly #budget: Budget;
  readonly #pattern: string;
  #forwards: Uint32Array | undefined;
  #backwards: Uint32Array | undefined;

  /** Prepares to find `pattern`, which is not empty. */
  constructor(budget: Budget, pattern: string) {
    this.#budget = budget;
    this.#pattern = pattern;
  }

  /** Returns where the pattern first occurs from a position on, or -1. */
  indexIn(text: string, start = 0): number {
    const pattern = this.#pattern;
    if (pattern.length > text.length - start) return -1;
    if (pattern.length <= MAX_NATIVE_LENGTH) {
      const index = text.indexOf(pattern, start);
      this.#charge(index === -1 ? text.length - start : index - start);
      return index;
    }
    this.#forwards ??= this.#borders((index) => pattern.charCodeAt(index));
    const end = this.#search(
      this.#forwards,
      (index) => pattern.charCodeAt(index),
      (index) => text.charCodeAt(start + index),
      text.length - start,
    );
    return end === -1 ? -1 : start + end - pattern.length;
  }

  /** Returns where the pattern last occurs, or -1. */
  lastIndexIn(text: string): number {
    const pattern = this.#pattern;
    if (pattern.length > text.length) return -1;
    if (pattern.length <= MAX_NATIVE_LENGTH) {
      const index = text.lastIndexOf(pattern);
      this.#charge(text.length - Math.max(0, index));
      return index;
    }
    const lastUnit = pattern.length - 1;
    this.#backwards ??= this.#borders((index) =>
      pattern.charCodeAt(lastUnit - index)
    );
    const end = this.#search(
      this.#backwards,
      (index) => pattern.charCodeAt(lastUnit - index),
      (index) => text.charCodeAt(text.length - 1 - index),
      text.length,
    );
    return end === -1 ? -1 : text.length - end;
  }

  #charge(units: number): void {
    this.#budget.step(1 + units / UNITS_PER_STEP);
  }

  /** For each prefix of the pattern, how much of it is also its proper suffix. */
  #borders(unitAt: (index: number) => number): Uint32Array {
    const { length } = this.#pattern;
    this.#budget.allocateList(length);
    const borders = new Uint32Array(length);
    let border = 0;
    for (let index = 1; index < length; index++) {
      while (border > 0 && unitAt(index) !== unitAt(border)) {
        border = borders[border - 1]!;
      }
      if (unitAt(index) === unitAt(border)) border++;
      borders[index] = border;
    }
    return borders;
  }

  /** Runs Knuth, Morris and Pratt's search; returns the position after the match. */
  #search(
    borders: Uint32Array,
    patternAt: (index: number) => number,
    textAt: (index: number) => number,
    length: number,
  ): number {
    this.#charge(length);
    let matched = 0;
    for (let index = 0; index < length; index++) {
      const unit = textAt(index);
      while (matched > 0 && unit !== patternAt(matched)) {
        matched = borders[matched - 1]!;
      }
      if (unit === patternAt(matched)) matched++;
      if (matched === borders.length) return index + 1;
    }
    return -1;
  }
}

/** Reports whether a string contains another. */
export function includes(budget: Budget, text: string, part: string): boolean {
  return part === "" || new Searcher(budget, part).indexIn(text) !== -1;
}

/** Returns how often a string contains another without overlaps. */
export function countIn(budget: Budget, text: string, part: string): number {
  const searcher = new Searcher(budget, part);
  let count = 0;
  let at = searcher.indexIn(text);
  while (at !== -1) {
    count++;
    at = searcher.indexIn(text, at + part.length);
  }
  return count;
}
