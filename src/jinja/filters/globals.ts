import { fail } from "../error.ts";
import { readPairs } from "../methods/dict.ts";
import { isTrue } from "../operators/compare.ts";
import type { Budget } from "../runtime/budget.ts";
import {
  BoundMethod,
  callNative,
  native,
  NativeFunction,
  nativeTable,
} from "../runtime/call.ts";
import {
  Callable,
  type Keywords,
  type NativeTable,
  type Runtime,
  TemplateObject,
} from "../runtime/runtime.ts";
import { Dict } from "../values/dict.ts";
import { Namespace, Range, Tuple } from "../values/objects.ts";
import { toText } from "../values/print.ts";
import {
  htmlIf,
  Markup,
  requireAnyInteger,
  requireInteger,
} from "../values/scalars.ts";

/** The words of filler text. They are split where they are used, which is rare. */
const WORDS =
  "ac adipiscing aliquam amet ante arcu at auctor augue bibendum blandit commodo congue consectetur convallis cras cum cursus dapibus diam dictum dolor donec dui egestas eget elit enim erat est et etiam eu facilisis fames faucibus felis feugiat fusce habitant iaculis id imperdiet in integer ipsum justo lacus laoreet lectus leo libero ligula lorem luctus magna mattis mauris metus mi molestie mollis morbi nam nec neque nibh nisi nisl non nulla nunc odio orci ornare pede pellentesque pharetra porta potenti praesent pretium proin purus quam quis rhoncus risus rutrum sagittis sapien sed sem semper sit sociis sodales tellus tempor tempus tincidunt tortor tristique turpis ultrices urna ut varius vel velit vestibulum vitae vivamus viverra volutpat vulputate";

/** The length of the longest word and the space after it. */
const LONGEST_WORD = 13;

/** Returns values in turn: what `cycler()` creates. */
class Cycler extends TemplateObject {
  override readonly typeName = "Cycler";
  override readonly typeModule = "jinja2.utils";
  readonly #items: readonly unknown[];
  #position = 0;

  constructor(items: readonly unknown[]) {
    super();
    this.#items = items;
  }

  override attribute(name: string): unknown {
    switch (name) {
      case "current":
        return this.#items[this.#position];
      case "items":
        return new Tuple(this.#items);
      case "pos":
        return this.#position;
      case "next":
      case "__next__":
        return this.#method(name, () => this.#next());
      case "reset":
        return this.#method(name, () => {
          this.#position = 0;
          return null;
        });
      default:
        return undefined;
    }
  }

  #next(): unknown {
    const value = this.#items[this.#position];
    this.#position = (this.#position + 1) % this.#items.length;
    return value;
  }

  #method(name: string, run: () => unknown): BoundMethod {
    return new BoundMethod(name, native("self /", run), this);
  }
}

/** Returns nothing at its first call and a separator at all others: what `joiner()` creates. */
class Joiner extends Callable {
  override readonly typeName = "Joiner";
  override readonly typeModule = "jinja2.utils";
  readonly #separator: unknown;
  #isUsed = false;
  readonly #next = native("", () => {
    if (this.#isUsed) return this.#separator;
    this.#isUsed = true;
    return "";
  });

  constructor(separator: unknown) {
    super();
    this.#separator = separator;
  }

  override attribute(name: string): unknown {
    if (name === "sep") return this.#separator;
    return name === "used" ? this.#isUsed : undefined;
  }

  override call(
    runtime: Runtime,
    positional: readonly unknown[],
    keywords: Keywords | undefined,
  ): unknown {
    return callNative(runtime, "joiner", this.#next, positional, keywords);
  }
}

/** Options of {@linkcode loremIpsum}. */
interface LoremIpsumOptions {
  /** The number of paragraphs. */
  readonly paragraphs: number;
  /** Whether each paragraph is in a `<p>`. */
  readonly isHtml: boolean;
  /** The fewest words of a paragraph. */
  readonly min: number;
  /** One more than the most words of a paragraph. */
  readonly max: number;
}

/**
 * Writes paragraphs of random words.
 *
 * @throws {TemplateFailure} If `min` is not below `max`.
 */
function loremIpsum(
  budget: Budget,
  { paragraphs, isHtml, min, max }: LoremIpsumOptions,
): string | Markup {
  if (paragraphs <= 0) return htmlIf(isHtml, "");
  if (min >= max) {
    fail(`empty range for randrange() (${min}, ${max}, ${max - min})`);
  }
  budget.allocateList(paragraphs * Math.max(1, max));
  budget.allocateString(paragraphs * Math.max(1, max) * LONGEST_WORD);
  const known = WORDS.split(" ");
  const texts = Array.from({ length: paragraphs }, () => {
    const count = Math.max(0, min + Math.floor(Math.random() * (max - min)));
    const words = Array.from(
      { length: count },
      () => known[Math.floor(Math.random() * known.length)]!,
    ).join(" ");
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  });
  return isHtml
    ? new Markup(texts.map((text) => `<p>${text}</p>`).join("\n"))
    : texts.join("\n\n");
}

function makeRange(bounds: readonly unknown[]): Range {
  const numbers = bounds.map(requireAnyInteger);
  if (numbers.length === 0) fail("range expected at least 1 argument, got 0");
  if (numbers.length > 3) {
    fail(`range expected at most 3 arguments, got ${numbers.length}`);
  }
  const [first = 0, stop, step = 1] = numbers;
  if (step === 0) fail("range() arg 3 must not be zero");
  return stop === undefined
    ? new Range(0, first, 1)
    : new Range(first, stop, step);
}

/** The functions that every template can call. To add one, add an entry. */
const FUNCTIONS: NativeTable = nativeTable({
  /** Returns its items in turn. */
  cycler: native("*items", (_runtime, items) => {
    if (items.length === 0) fail("at least one item has to be provided");
    return new Cycler(items);
  }),

  /** Creates a dict of a mapping or pairs, and of keyword arguments. */
  dict: native("other? / **kwargs", (runtime, other, keywords) => {
    const pairs = other === undefined ? [] : readPairs(runtime.budget, other);
    return Dict.of(runtime.budget, [...pairs, ...keywords]);
  }),

  /** Returns nothing at its first call and a separator at all others. */
  joiner: native(
    "sep?",
    (_runtime, separator = ", ") => new Joiner(separator),
  ),

  /** Writes filler text: `n` paragraphs of `min` to `max` words. */
  lipsum: native(
    "n? html? min? max?",
    ({ budget }, count = 5, html = true, min = 20, max = 100) =>
      loremIpsum(budget, {
        paragraphs: requireInteger(count),
        isHtml: isTrue(html),
        min: requireInteger(min),
        max: requireInteger(max),
      }),
  ),

  /** Creates an object whose attributes `{% set %}` can change, in loops too. */
  namespace: native("other? / **kwargs", (runtime, other, keywords) => {
    const pairs = other === undefined ? [] : readPairs(runtime.budget, other);
    const named = pairs.map(([key, value]): [string, unknown] => [
      toText(runtime.budget, key),
      value,
    ]);
    return new Namespace([...named, ...keywords]);
  }),

  /** Returns integers, as Python's `range` does. */
  range: native("*bounds", (_runtime, bounds) => makeRange(bounds)),
});

/** Those that are classes in Python, which shows when they are printed. */
const CLASSES: ReadonlySet<string> = new Set([
  "cycler",
  "dict",
  "joiner",
  "namespace",
  "range",
]);

/** The names that a template sees unless its context has them. */
export const GLOBALS: ReadonlyMap<string, NativeFunction> = new Map(
  Array.from(FUNCTIONS, ([name, declared]) => [
    name,
    new NativeFunction(
      name,
      declared,
      CLASSES.has(name) ? "type" : "function",
    ),
  ]),
);
