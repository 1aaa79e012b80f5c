import { getKey, type Mapping } from "../../values.ts";
import { fail } from "../error.ts";
import { GLOBALS } from "../filters/globals.ts";
import type { NativeTable } from "./native.ts";
import { makeUndefined, Undefined } from "./objects.ts";

/** Bounds of one rendering. */
export interface TemplateLimits {
  /**
   * How deep macros, recursive loops and blocks may call one another.
   *
   * @default {250}
   */
  maxDepth: number;
  /**
   * How many steps loops and sequences may take altogether.
   *
   * @default {10_000_000}
   */
  maxIterations: number;
  /**
   * How many characters may be written, and how long one text may become.
   *
   * @default {64 * 1024 * 1024}
   */
  maxOutputLength: number;
}

/** The bounds that count when none are given. */
export const DEFAULT_LIMITS: Readonly<TemplateLimits> = {
  maxDepth: 250,
  maxIterations: 10_000_000,
  maxOutputLength: 64 * 1024 * 1024,
};

/** Thrown when a template is about to change the caller's data: a copy is due. */
export class CopyNeeded extends Error {}

/** Options of {@linkcode Runtime}. */
interface RuntimeOptions {
  /** The bounds. */
  readonly limits: TemplateLimits;
  /** Whether an undefined variable is an error. */
  readonly isStrict: boolean;
  /** Whether the context is a copy that templates may change. */
  readonly isCopy: boolean;
  /** The filters, by name. */
  readonly filters: NativeTable;
  /** The tests, by name. */
  readonly tests: NativeTable;
  /** Finds a method of a value; `undefined` if it has none of that name. */
  readonly findMethod: (target: unknown, name: string) => unknown;
}

/** What one rendering may use, and what it has used. */
export class Runtime {
  /** The names that the caller gave. */
  readonly context: Mapping;
  /** Whether an undefined variable is an error. */
  readonly isStrict: boolean;
  /** Whether an `autoescape` that runs asks for HTML. */
  escapes = false;
  /** The filters, by name. */
  readonly filters: NativeTable;
  /** The tests, by name. */
  readonly tests: NativeTable;
  /** Finds a method of a value; `undefined` if it has none of that name. */
  readonly findMethod: RuntimeOptions["findMethod"];
  readonly #limits: TemplateLimits;
  readonly #isCopy: boolean;
  readonly #own = new WeakSet<object>();
  #depth = 0;
  #iterations = 0;
  #written = 0;

  constructor(context: Mapping, options: RuntimeOptions) {
    this.context = context;
    this.isStrict = options.isStrict;
    this.filters = options.filters;
    this.tests = options.tests;
    this.findMethod = options.findMethod;
    this.#limits = options.limits;
    this.#isCopy = options.isCopy;
  }

  /** Reads a name of the context. */
  contextValue(name: string): unknown {
    return getKey(this.context, name);
  }

  /** Says that a list or mapping is about to be changed. */
  change(container: object): void {
    if (!this.#isCopy && !this.#own.has(container)) throw new CopyNeeded();
  }

  /** Notes that a list was made by the template, which may so change it. */
  own<T extends object>(container: T): T {
    this.#own.add(container);
    return container;
  }

  /** Counts steps of loops and sequences. */
  step(count = 1): void {
    this.#iterations += count;
    if (this.#iterations <= this.#limits.maxIterations) return;
    fail(
      `its loops take more than ${this.#limits.maxIterations} steps`,
      "Loop over less",
    );
  }

  /** Counts characters that are written. */
  write(length: number): void {
    this.#written += length;
    if (this.#written > this.#limits.maxOutputLength) this.#failLength();
  }

  /** Checks the length of a text that is about to be made. */
  checkLength(length: number): void {
    if (length > this.#limits.maxOutputLength) this.#failLength();
  }

  #failLength(): never {
    fail(
      `its text exceeds ${this.#limits.maxOutputLength} characters`,
      "Write less",
    );
  }

  /** Runs what may call itself. */
  enter<T>(run: () => T): T {
    if (this.#depth >= this.#limits.maxDepth) {
      fail(
        `macros call one another more than ${this.#limits.maxDepth} deep`,
        "End the recursion",
      );
    }
    this.#depth++;
    try {
      return run();
    } finally {
      this.#depth--;
    }
  }
}

/** The names that a part of a template sees: its own, those around it, the context's. */
export class Scope {
  /** The rendering that it belongs to. */
  readonly runtime: Runtime;
  readonly #parent: Scope | undefined;
  #unset: readonly string[] = [];
  #values: Map<string, unknown> | undefined;

  constructor(runtime: Runtime, parent?: Scope) {
    this.runtime = runtime;
    this.#parent = parent;
  }

  /** Makes a scope inside this one, whose own names may have no value yet. */
  inner(unset?: readonly string[]): Scope {
    const scope = new Scope(this.runtime, this);
    if (unset !== undefined) scope.unset(unset);
    return scope;
  }

  /** Hides the context's values of names. */
  unset(names: readonly string[]): void {
    this.#unset = names;
    for (const name of names) {
      this.set(name, makeUndefined(this.runtime, `'${name}' is undefined`));
    }
  }

  /** Makes the scope of a block, which sees what the template has set, and the context where that is to come. */
  ofBlock(unset?: readonly string[]): Scope {
    if (this.#parent !== undefined) return this.#parent.ofBlock(unset);
    const scope = this.inner(unset);
    for (const name of this.#unset) {
      const value = this.runtime.contextValue(name);
      const isToCome = this.#values?.get(name) instanceof Undefined;
      if (value !== undefined && isToCome) scope.set(name, value);
    }
    return scope;
  }

  /** Sets a name in this scope. */
  set(name: string, value: unknown): void {
    this.#values ??= new Map();
    this.#values.set(name, value);
  }

  /** Reads a name. */
  get(name: string): unknown {
    // deno-lint-ignore no-this-alias
    let scope: Scope | undefined = this;
    do {
      const value = scope.#values?.get(name);
      if (value !== undefined) return value;
      scope = scope.#parent;
    } while (scope !== undefined);
    return this.runtime.contextValue(name) ?? globalValue(this.runtime, name);
  }
}

function globalValue(runtime: Runtime, name: string): unknown {
  // A null of the context is a value.
  if (runtime.contextValue(name) === null) return null;
  return GLOBALS.get(name) ?? makeUndefined(runtime, `'${name}' is undefined`);
}

/** Takes the text that a template writes. */
export class Output {
  /** What was written. */
  text = "";
  readonly #runtime: Runtime;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** Adds text. */
  write(text: string): void {
    this.#runtime.write(text.length);
    this.text += text;
  }
}
