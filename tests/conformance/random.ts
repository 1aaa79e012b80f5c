/** Chooses at random, always the same for the same seed. */
export class Random {
  #state: number;

  /** @param seed What the choices depend on. */
  constructor(seed: number) {
    this.#state = seed;
  }

  /** Returns a whole number below a bound. */
  below(bound: number): number {
    this.#state = (Math.imul(this.#state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((this.#state / 0x80000000) * bound);
  }

  /** Returns one of several items. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** Makes one to `most` strings and joins them. */
  repeat(most: number, make: () => string, separator = ""): string {
    return Array.from({ length: 1 + this.below(most) }, make).join(separator);
  }
}
