import { BoundMethod, callNative } from "../runtime/call.ts";
import { native } from "../runtime/native.ts";
import { Callable, type Keywords, TemplateObject } from "../runtime/object.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { Tuple } from "../values/tuple.ts";

/** Returns values in turn: what `cycler()` creates. */
export class Cycler extends TemplateObject {
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
export class Joiner extends Callable {
  readonly typeName = "jinja2.utils.Joiner";
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
