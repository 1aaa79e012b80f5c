import { fail } from "../error.ts";
import { BoundMethod, native } from "../runtime/call.ts";
import {
  Callable,
  makeUndefined,
  type Native,
  type Runtime,
} from "../runtime/runtime.ts";
import { isEqual, lengthOf } from "./items.ts";
import { Tuple } from "./objects.ts";

/** Renders the body of a recursive loop for items one level deeper. */
export type Recurse = (items: unknown, depth: number) => unknown;

/** Options of {@linkcode LoopContext}. */
export interface LoopOptions {
  /** The value that is looped over. */
  readonly source: unknown;
  /** Its items. */
  readonly items: Iterator<unknown>;
  /** How many calls of the same recursive loop are around it. */
  readonly depth: number;
  /** Renders the body again; `undefined` if the loop is not recursive. */
  readonly recurse: Recurse | undefined;
}

/** The variable `loop` in the body of a loop. */
export class LoopContext extends Callable {
  override readonly typeName = "LoopContext";
  override readonly typeModule = "jinja2.runtime";
  readonly #options: LoopOptions;
  readonly #runtime: Runtime;
  #items: Iterator<unknown>;
  #index = -1;
  #length: number | undefined;
  #before: unknown;
  #current: unknown;
  #ahead: IteratorResult<unknown> | undefined;
  #lastChanged: Tuple | undefined;

  /** Stands before the first item. */
  constructor(runtime: Runtime, options: LoopOptions) {
    super();
    this.#runtime = runtime;
    this.#options = options;
    this.#items = options.items;
  }

  /** Advances to the next item. */
  next(): IteratorResult<unknown> {
    const result = this.#ahead ?? this.#items.next();
    this.#ahead = undefined;
    if (result.done) return result;
    this.#index++;
    this.#before = this.#current;
    this.#current = result.value;
    return result;
  }

  override attribute(name: string): unknown {
    switch (name) {
      case "index":
        return this.#index + 1;
      case "index0":
        return this.#index;
      case "revindex":
        return this.length - this.#index;
      case "revindex0":
        return this.length - this.#index - 1;
      case "first":
        return this.#index === 0;
      case "last":
        return this.#peek().done === true;
      case "length":
        return this.length;
      case "depth":
        return this.#options.depth + 1;
      case "depth0":
        return this.#options.depth;
      case "previtem":
        return this.#index === 0
          ? makeUndefined(this.#runtime, "there is no previous item")
          : this.#before;
      case "nextitem": {
        const next = this.#peek();
        return next.done
          ? makeUndefined(this.#runtime, "there is no next item")
          : next.value;
      }
      case "cycle":
        return new BoundMethod(name, this.#cycle(), this);
      case "changed":
        return new BoundMethod(name, this.#changed(), this);
      default:
        return undefined;
    }
  }

  /** Returns its arguments in turn, one for each item. */
  #cycle(): Native {
    return native("self *values", (_runtime, _self, values) => {
      if (values.length === 0) fail("no items for cycling given");
      return values[this.#index % values.length];
    });
  }

  /** Reports whether its arguments differ from those of the call before. */
  #changed(): Native {
    return native("self *values", ({ budget }, _self, values) => {
      const last = this.#lastChanged;
      this.#lastChanged = new Tuple(values);
      return last === undefined || !isEqual(budget, last, this.#lastChanged);
    });
  }

  #peek(): IteratorResult<unknown> {
    this.#ahead ??= this.#items.next();
    return this.#ahead;
  }

  override get length(): number {
    const { budget } = this.#runtime;
    this.#length ??= lengthOf(budget, this.#options.source);
    if (this.#length !== undefined) return this.#length;
    // The items of a generator have to be computed to be counted.
    const rest: unknown[] = [];
    for (let item = this.#items.next(); !item.done; item = this.#items.next()) {
      budget.allocateList(1);
      rest.push(item.value);
    }
    this.#items = rest.values();
    const isPeeked = this.#ahead !== undefined && !this.#ahead.done;
    this.#length = rest.length + this.#index + 1 + (isPeeked ? 1 : 0);
    return this.#length;
  }

  override iterate(): Iterator<unknown> {
    return {
      next: () => {
        const { done, value } = this.next();
        return done
          ? { done, value: undefined }
          : { done: false, value: new Tuple([value, this]) };
      },
    };
  }

  override repr(): string {
    return `<LoopContext ${this.#index + 1}/${this.length}>`;
  }

  override call(_runtime: Runtime, positional: readonly unknown[]): unknown {
    const { recurse, depth } = this.#options;
    if (recurse === undefined) {
      fail(
        "The loop must have the 'recursive' marker to be called recursively.",
        "Write {% for … in … recursive %}",
      );
    }
    if (positional.length !== 1) {
      fail(
        `loop() takes exactly 1 argument (${positional.length} given)`,
      );
    }
    return recurse(positional[0], depth + 1);
  }
}
