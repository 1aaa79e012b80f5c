import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { Undefined } from "../runtime/undefined.ts";
import { asMapping, getItem } from "../values/dict.ts";
import { asInteger } from "../values/numbers.ts";
import { toRepr } from "../values/print.ts";
import { Range } from "../values/range.ts";
import { Tuple } from "../values/tuple.ts";
import { refuse, typeName } from "../values/type_name.ts";

/** Hands out the values of a format string. */
export class FormatValues {
  readonly #budget: Budget;
  readonly #all: unknown;
  #items: readonly unknown[];
  #next = 0;

  /** Hands out the items of a tuple, or a single value. */
  constructor(budget: Budget, all: unknown) {
    this.#budget = budget;
    this.#all = all;
    this.#items = all instanceof Tuple ? all.items : [all];
  }

  /**
   * Returns the next value.
   *
   * @throws {TemplateFailure} If there is none.
   */
  take(): unknown {
    if (this.#next >= this.#items.length) {
      fail("not enough arguments for format string");
    }
    return this.#items[this.#next++];
  }

  /**
   * Returns the next value, which must be an integer.
   *
   * @throws {TemplateFailure} If there is none, or if it is not an integer.
   */
  takeInteger(): number {
    const integer = asInteger(this.take());
    return integer === undefined ? fail("* wants int") : Number(integer);
  }

  /**
   * Makes the value of a key the next one.
   *
   * @throws {TemplateFailure} If there is no such key.
   */
  select(key: string): void {
    if (!this.#isMapping()) fail("format requires a mapping");
    const mapping = asMapping(this.#all) ?? refuse(
      this.#all,
      `${typeName(this.#all)} indices must be integers or slices, not str`,
    );
    const value = getItem(this.#budget, mapping, key);
    if (value === undefined) fail(`KeyError: ${toRepr(this.#budget, key)}`);
    this.#items = [value];
    this.#next = 0;
  }

  /**
   * Checks that all values were used. A mapping need not be.
   *
   * @throws {TemplateFailure} If some were not.
   */
  checkUsed(): void {
    if (this.#next < this.#items.length && !this.#isMapping()) {
      fail("not all arguments converted during string formatting");
    }
  }

  /** Reports whether Python takes the values for a mapping, as it does lists. */
  #isMapping(): boolean {
    return Array.isArray(this.#all) || this.#all instanceof Range ||
      this.#all instanceof Undefined || asMapping(this.#all) !== undefined;
  }
}
