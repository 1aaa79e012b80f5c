import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { Undefined } from "../runtime/runtime.ts";
import { asMapping, getItem } from "../values/dict.ts";
import { Range, Tuple } from "../values/objects.ts";
import { toRepr } from "../values/print.ts";
import { asInteger, refuse, typeName } from "../values/scalars.ts";

/** A `%` directive of a format string, such as `%(name)-8.3f`. */
export interface Directive {
  /** The key in parentheses; `undefined` if there is none. */
  readonly key: string | undefined;
  /** The flags `-`, `+`, space, `#` and `0`. */
  readonly flags: string;
  /** The least number of characters; `*` takes it from the values. */
  readonly width: number | "*";
  /** The precision; `undefined` if there is none, `*` takes it from the values. */
  readonly precision: number | "*" | undefined;
  /** The letter that says how the value is formatted. */
  readonly type: string;
  /** The position of that letter, in code units. */
  readonly index: number;
}

// Everything but a key, whose parentheses may be nested.
const DIRECTIVE_REGEXP = /([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?[hlL]?([^]?)/uy;

/**
 * Splits a format string into its literal parts and its directives.
 *
 * @throws {TemplateFailure} If the string ends within a directive.
 */
export function* parseDirectives(
  format: string,
): Generator<string | Directive, void> {
  let at = 0;
  for (;;) {
    const percent = format.indexOf("%", at);
    if (percent === -1) break;
    if (percent > at) yield format.slice(at, percent);
    if (format[percent + 1] === "%") {
      yield "%";
      at = percent + 2;
      continue;
    }
    const keyEnd = format[percent + 1] === "("
      ? endOfKey(format, percent + 2)
      : undefined;
    DIRECTIVE_REGEXP.lastIndex = keyEnd === undefined
      ? percent + 1
      : keyEnd + 1;
    // Each part may be empty, so the pattern matches.
    const [, flags = "", width = "", precision, type = ""] = DIRECTIVE_REGEXP
      .exec(format)!;
    if (type === "") fail("incomplete format");
    at = DIRECTIVE_REGEXP.lastIndex;
    yield {
      key: keyEnd === undefined ? undefined : format.slice(percent + 2, keyEnd),
      flags,
      width: numberOf(width, "width"),
      precision: precision === undefined
        ? undefined
        : numberOf(precision, "precision"),
      type,
      index: at - type.length,
    };
  }
  if (at < format.length) yield format.slice(at);
}

function endOfKey(format: string, start: number): number {
  let depth = 1;
  for (let at = start; at < format.length; at++) {
    if (format[at] === "(") depth++;
    else if (format[at] === ")" && --depth === 0) return at;
  }
  fail("incomplete format key");
}

function numberOf(text: string, name: string): number | "*" {
  if (text === "*") return "*";
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : fail(`${name} too big`);
}

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
