import { getKey, type Mapping } from "../../values.ts";
import type { Budget } from "./budget.ts";

/** Thrown when a template is about to change the caller's data, so that the rendering starts over with a copy. */
export class CopyNeeded extends Error {}

/** Options of {@linkcode Runtime}. */
export interface RuntimeOptions {
  /** What the rendering may use. */
  readonly budget: Budget;
  /** Whether an undefined variable is an error. */
  readonly isStrict: boolean;
  /** Whether the context is a copy that templates may change. */
  readonly isCopy: boolean;
  /** The filters, by name. */
  readonly filters: NativeTable;
  /** The tests, by name. */
  readonly tests: NativeTable;
  /** The values that every template sees, unless its context has others. */
  readonly globals: ReadonlyMap<string, unknown>;
  /** Returns a member that a value has because of its type; `undefined` if there is none. */
  readonly findMethod: (
    runtime: Runtime,
    target: unknown,
    name: string,
  ) => unknown;
}

/** One rendering: what it can reach and what it may still use. */
export class Runtime {
  /** What the rendering may still use. */
  readonly budget: Budget;
  /** Whether an undefined variable is an error. */
  readonly isStrict: boolean;
  /** Whether an active `autoescape` block asks for HTML. */
  escapes = false;
  /** The filters, by name. */
  readonly filters: NativeTable;
  /** The tests, by name. */
  readonly tests: NativeTable;
  readonly #findMethod: RuntimeOptions["findMethod"];
  readonly #context: Mapping;
  readonly #globals: ReadonlyMap<string, unknown>;
  readonly #isCopy: boolean;
  readonly #own = new WeakSet<object>();

  /** Prepares a rendering that sees the names of `context`. */
  constructor(context: Mapping, options: RuntimeOptions) {
    this.budget = options.budget;
    this.isStrict = options.isStrict;
    this.filters = options.filters;
    this.tests = options.tests;
    this.#findMethod = options.findMethod;
    this.#context = context;
    this.#globals = options.globals;
    this.#isCopy = options.isCopy;
  }

  /** Returns the context's value of a name, else the global; `undefined` if there is neither. */
  lookUp(name: string): unknown {
    const value = getKey(this.#context, name);
    return value === undefined ? this.#globals.get(name) : value;
  }

  /** Returns the global of a name; `undefined` if there is none. */
  globalValue(name: string): unknown {
    return this.#globals.get(name);
  }

  /** Returns a member that a value has because of its type; `undefined` if there is none. */
  findMethod(target: unknown, name: string): unknown {
    return this.#findMethod(this, target, name);
  }

  /**
   * Call this before changing a list or mapping.
   *
   * @throws {CopyNeeded} If the container belongs to the caller.
   */
  change(container: object): void {
    if (!this.#isCopy && !this.#own.has(container)) throw new CopyNeeded();
  }

  /** Marks a container as made by the template, which may therefore change it. */
  own<T extends object>(container: T): T {
    this.#own.add(container);
    return container;
  }
}

/** A function that templates may call: a filter, a test, a method, a global. */
export interface Native {
  /**
   * Its parameters, separated by spaces: `value`, `width?` (optional), `*args`,
   * `**kwargs`. Those before a `/` are positional only, those after a `*` are
   * keyword only.
   */
  readonly parameters: string;
  /**
   * Runs it. Optional arguments that are left out are `undefined`.
   *
   * @internal
   */
  run(runtime: Runtime, ...values: unknown[]): unknown;
}

/** Functions by name. */
export type NativeTable = ReadonlyMap<string, Native>;
