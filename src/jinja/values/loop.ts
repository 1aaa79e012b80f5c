import { isEqual } from "./equality.ts";
import { fail } from "../error.ts";
import { lengthOf } from "./iterate.ts";
import { BoundMethod } from "../runtime/call.ts";
import { Callable } from "../runtime/object.ts";
import { makeUndefined } from "../runtime/undefined.ts";
import { Tuple } from "./tuple.ts";
import type { Runtime } from "../runtime/runtime.ts";

/** Renders a loop's body once more, for items one level deeper. */
export type Recurse = (items: unknown, depth: number) => unknown;

/** Options of {@linkcode LoopContext}. */
export interface LoopOptions {
  /** The value that is looped over. */
  readonly source: unknown;
  /** Its items. */
  readonly items: Iterator<unknown>;
  /** How many loops of its kind are around it. */
  readonly depth: number;
  /** Renders the body again; undefined if the loop is not recursive. */
  readonly recurse: Recurse | undefined;
}

/** The `loop` of a loop's body. */
export class LoopContext extends Callable {
  readonly typeName = "jinja2.runtime.LoopContext";
  readonly #options: LoopOptions;
  readonly #runtime: Runtime;
  #items: Iterator<unknown>;
  #index = -1;
  #length: number | undefined;
  #before: unknown;
  #current: unknown;
  #ahead: IteratorResult<unknown> | undefined;
  #lastChanged: Tuple | undefined;

  constructor(runtime: Runtime, options: LoopOptions) {
    super();
    this.#runtime = runtime;
    this.#options = options;
    this.#items = options.items;
  }

  /** Goes on to the next item. */
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
        return this.#method(name, "self *values", (values) => {
          if (values.length === 0) {
            fail("loop.cycle() takes at least one value");
          }
          return values[this.#index % values.length];
        });
      case "changed":
        return this.#method(name, "self *values", (values) => {
          const last = this.#lastChanged;
          this.#lastChanged = new Tuple(values);
          return last === undefined ||
            !isEqual(this.#runtime.budget, last, this.#lastChanged);
        });
      default:
        return undefined;
    }
  }

  #method(
    name: string,
    parameters: string,
    run: (values: unknown[]) => unknown,
  ): BoundMethod {
    return new BoundMethod(name, {
      parameters,
      run: (_runtime, _self: unknown, values: unknown[]) => run(values),
    }, this);
  }

  #peek(): IteratorResult<unknown> {
    this.#ahead ??= this.#items.next();
    return this.#ahead;
  }

  override get length(): number {
    if (this.#length !== undefined) return this.#length;
    this.#length = lengthOf(this.#runtime.budget, this.#options.source);
    if (this.#length !== undefined) return this.#length;
    // What is made one by one has to be made to be counted.
    const rest: unknown[] = [];
    for (let item = this.#items.next(); !item.done; item = this.#items.next()) {
      this.#runtime.budget.step();
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
        "the loop must have the 'recursive' marker to be called",
        "Write {% for … in … recursive %}",
      );
    }
    if (positional.length !== 1) fail("loop() takes the items to loop over");
    return recurse(positional[0], depth + 1);
  }
}
