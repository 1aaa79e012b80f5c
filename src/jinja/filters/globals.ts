import { isTrue } from "../values/truth.ts";
import { Dict } from "../values/dict.ts";
import { readPairs } from "../methods/dict.ts";
import { fail } from "../error.ts";
import { BoundMethod, NativeFunction, nativeTable } from "../runtime/native.ts";
import type { NativeTable, Runtime } from "../runtime/runtime.ts";
import { requireInteger } from "../values/arguments.ts";
import { Callable, type Keywords, TemplateObject } from "../runtime/object.ts";
import { Markup } from "../values/markup.ts";
import { Namespace } from "../values/namespace.ts";
import { Range } from "../values/range.ts";
import { Tuple } from "../values/tuple.ts";
import { toText } from "../values/print.ts";

const WORDS =
  "ac adipiscing aliquam amet ante arcu at auctor augue bibendum blandit commodo congue consectetur convallis cras cum cursus dapibus diam dictum dolor donec dui egestas eget elit enim erat est et etiam eu facilisis fames faucibus felis feugiat fusce habitant iaculis id imperdiet in integer ipsum justo lacus laoreet lectus leo libero ligula lorem luctus magna mattis mauris metus mi molestie mollis morbi nam nec neque nibh nisi nisl non nulla nunc odio orci ornare pede pellentesque pharetra porta potenti praesent pretium proin purus quam quis rhoncus risus rutrum sagittis sapien sed sem semper sit sociis sodales tellus tempor tempus tincidunt tortor tristique turpis ultrices urna ut varius vel velit vestibulum vitae vivamus viverra volutpat vulputate"
    .split(" ");

/** How much filler text is made. */
interface LoremIpsumOptions {
  /** How many paragraphs. */
  readonly paragraphs: number;
  /** Whether they stand in `<p>`. */
  readonly isHtml: boolean;
  /** The least words of a paragraph. */
  readonly min: number;
  /** One more than the most words of a paragraph. */
  readonly max: number;
}

/** Makes filler text. */
function loremIpsum(
  runtime: Runtime,
  { paragraphs, isHtml, min, max }: LoremIpsumOptions,
): unknown {
  runtime.budget.step(Math.max(0, paragraphs * max));
  const texts = Array.from({ length: Math.max(0, paragraphs) }, () => {
    const count = min + Math.floor(Math.random() * Math.max(1, max - min));
    const words = Array.from({ length: count }, randomWord).join(" ");
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  });
  return isHtml
    ? new Markup(texts.map((text) => `<p>${text}</p>`).join("\n"))
    : texts.join("\n\n");
}

function randomWord(): string {
  return WORDS[Math.floor(Math.random() * WORDS.length)]!;
}

/** What `cycler()` makes: values in turn. */
class Cycler extends TemplateObject {
  readonly typeName = "jinja2.utils.Cycler";
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
        return this.#method(name, () => {
          const value = this.#items[this.#position];
          this.#position = (this.#position + 1) % this.#items.length;
          return value;
        });
      case "reset":
        return this.#method(name, () => {
          this.#position = 0;
          return null;
        });
      default:
        return undefined;
    }
  }

  #method(name: string, run: () => unknown): BoundMethod {
    return new BoundMethod(name, { parameters: "self /", run }, this);
  }
}

/** What `joiner()` makes: nothing at the first call, then the separator. */
class Joiner extends Callable {
  readonly typeName = "jinja2.utils.Joiner";
  readonly #separator: unknown;
  #isUsed = false;

  constructor(separator: unknown) {
    super();
    this.#separator = separator;
  }

  override attribute(name: string): unknown {
    if (name === "sep") return this.#separator;
    return name === "used" ? this.#isUsed : undefined;
  }

  override call(): unknown {
    if (this.#isUsed) return this.#separator;
    this.#isUsed = true;
    return "";
  }
}

function makeRange(bounds: unknown[]): Range {
  const numbers = bounds.map((bound) => requireInteger(bound));
  if (numbers.length === 0 || numbers.length > 3) {
    fail("range() takes one to three integers");
  }
  const [first = 0, stop, step = 1] = numbers;
  if (step === 0) fail("the step of range() is zero");
  return stop === undefined
    ? new Range(0, first, 1)
    : new Range(first, stop, step);
}

const NATIVES: NativeTable = nativeTable({
  cycler: {
    parameters: "*items",
    run(_runtime, items: unknown[]) {
      if (items.length === 0) fail("cycler() takes at least one item");
      return new Cycler(items);
    },
  },
  dict: {
    parameters: "other? / **kwargs",
    run(runtime, other: unknown, keywords: Keywords) {
      const pairs = other === undefined ? [] : readPairs(runtime, other);
      return new Dict([...pairs, ...keywords]);
    },
  },
  joiner: {
    parameters: "sep?",
    run: (_runtime, separator: unknown = ", ") => new Joiner(separator),
  },
  lipsum: {
    parameters: "n? html? min? max?",
    run: (
      runtime,
      count: unknown = 5,
      html: unknown = true,
      min: unknown = 20,
      max: unknown = 100,
    ) =>
      loremIpsum(runtime, {
        paragraphs: requireInteger(count),
        isHtml: isTrue(html),
        min: requireInteger(min),
        max: requireInteger(max),
      }),
  },
  namespace: {
    parameters: "other? / **kwargs",
    run(runtime, other: unknown, keywords: Keywords) {
      const pairs = other === undefined ? [] : readPairs(runtime, other);
      const named = pairs.map(([key, value]): [string, unknown] => [
        toText(key),
        value,
      ]);
      return new Namespace([...named, ...keywords]);
    },
  },
  range: {
    parameters: "*bounds",
    run: (_runtime, bounds: unknown[]) => makeRange(bounds),
  },
});

const CLASSES: ReadonlySet<string> = new Set([
  "cycler",
  "dict",
  "joiner",
  "namespace",
  "range",
]);

/** The names that every template sees unless its context has others. */
export const GLOBALS: ReadonlyMap<string, NativeFunction> = new Map(
  Array.from(NATIVES, ([name, native]) => [
    name,
    new NativeFunction(
      name,
      native,
      CLASSES.has(name) ? "type" : "function",
    ),
  ]),
);
