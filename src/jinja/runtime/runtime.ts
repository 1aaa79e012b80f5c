import { getKey, type Mapping } from "../../values.ts";
import { TemplateFailure } from "../error.ts";
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
  /** What it can use without defining it. */
  readonly builtins: Builtins;
}

/** Finds something by its name; `undefined` if there is none. */
type Lookup<T> = Pick<ReadonlyMap<string, T>, "get">;

/** What templates can use without defining it. */
export interface Builtins {
  /** The filters. */
  readonly filters: Lookup<Native>;
  /** The tests. */
  readonly tests: Lookup<Native>;
  /** The values that every template sees, unless its context has others. */
  readonly globals: Lookup<unknown>;
  /** Returns a member that a value has because of its type; `undefined` if there is none. */
  findMethod(runtime: Runtime, target: unknown, name: string): unknown;
  /** Returns `template % values` of a string. */
  formatPercent(budget: Budget, template: unknown, values: unknown): unknown;
}

/** One rendering: what it can reach and what it may still use. */
export class Runtime {
  /** What the rendering may still use. */
  readonly budget: Budget;
  /** Whether an undefined variable is an error. */
  readonly isStrict: boolean;
  /** Whether an active `autoescape` block asks for HTML. */
  escapes = false;
  /** What it can use without defining it. */
  readonly builtins: Builtins;
  readonly #context: Mapping;
  readonly #isCopy: boolean;
  readonly #own = new WeakSet<object>();

  /** Prepares a rendering that sees the names of `context`. */
  constructor(context: Mapping, options: RuntimeOptions) {
    this.budget = options.budget;
    this.isStrict = options.isStrict;
    this.builtins = options.builtins;
    this.#context = context;
    this.#isCopy = options.isCopy;
  }

  /** Returns the context's value of a name, else the global; `undefined` if there is neither. */
  lookUp(name: string): unknown {
    const value = getKey(this.#context, name);
    return value === undefined ? this.globalValue(name) : value;
  }

  /** Returns the global of a name; `undefined` if there is none. */
  globalValue(name: string): unknown {
    return this.builtins.globals.get(name);
  }

  /** Returns a member that a value has because of its type; `undefined` if there is none. */
  findMethod(target: unknown, name: string): unknown {
    return this.builtins.findMethod(this, target, name);
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

/** Arguments by name. */
export type Keywords = ReadonlyMap<string, unknown>;

/**
 * A value that exists only inside templates. A template reaches what
 * {@linkcode TemplateObject.attribute} returns and no JavaScript property.
 */
export abstract class TemplateObject {
  /** Python's name of its type, as `type(value).__name__`. */
  abstract readonly typeName: string;

  /** The module of its type in Python; `undefined` for a built-in type. */
  readonly typeModule: string | undefined;

  /** Returns an attribute; `undefined` if there is none of that name. */
  attribute(_name: string): unknown {
    return undefined;
  }

  /**
   * Returns what Python's `repr()` returns.
   *
   * @param _print Returns the `repr()` of a part.
   */
  repr(_print: (value: unknown) => string): string {
    return `<${qualifiedTypeName(this)} object>`;
  }

  /** Returns what Python's `str()` returns; `undefined`: what `repr()` returns. */
  print(): string | undefined {
    return undefined;
  }

  /** Reports whether the value is true in a condition. */
  isTrue(): boolean {
    return true;
  }

  /**
   * Reports whether it equals another value.
   *
   * @param _other A value that is not the same object.
   * @param _isEqual Compares parts.
   */
  equals(
    _other: unknown,
    _isEqual: (left: unknown, right: unknown) => boolean,
  ): boolean {
    return false;
  }

  /**
   * Returns its key in a `Map`, which equal values share.
   *
   * @throws {TemplateFailure} If it is not hashable.
   */
  hash(_budget: Budget): unknown {
    return this;
  }

  /** How many items it has; `undefined` if it has no length. */
  get length(): number | undefined {
    return undefined;
  }

  /** Returns an iterator over its items; `undefined` if it has none. */
  iterate(): Iterator<unknown> | undefined {
    return undefined;
  }
}

/** Returns the name of an object's type with its module: `jinja2.utils.Cycler`. */
export function qualifiedTypeName(object: TemplateObject): string {
  const { typeModule, typeName } = object;
  return typeModule === undefined ? typeName : `${typeModule}.${typeName}`;
}

/** A value that templates can call. */
export abstract class Callable extends TemplateObject {
  /** Calls it. */
  abstract call(
    runtime: Runtime,
    positional: readonly unknown[],
    keywords: Keywords | undefined,
  ): unknown;
}

/** What to report when an undefined value is used. Few are, so it may be computed then. */
type Message = string | (() => string);

/** The value of a missing name, attribute or item. */
export class Undefined extends TemplateObject {
  override readonly typeName: string = "Undefined";
  override readonly typeModule = "jinja2.runtime";
  readonly #message: Message;

  /** Remembers what to report when the value is used. */
  constructor(message: Message) {
    super();
    this.#message = message;
  }

  /**
   * Reports that the value was used.
   *
   * @throws {TemplateFailure} Always.
   */
  fail(): never {
    throw new TemplateFailure(
      typeof this.#message === "string" ? this.#message : this.#message(),
      "Give it a value, or test it with `is defined` first",
    );
  }

  override print(): string {
    return "";
  }

  override equals(other: unknown): boolean {
    return other instanceof Undefined;
  }

  override hash(): unknown {
    return Undefined;
  }

  override attribute(_name: string): never {
    this.fail();
  }

  override repr(): string {
    return "Undefined";
  }

  override isTrue(): boolean {
    return false;
  }

  override get length(): number {
    return 0;
  }

  override iterate(): Iterator<unknown> {
    return [].values();
  }
}

/** The same where undefined values are errors: every use fails. */
class StrictUndefined extends Undefined {
  override readonly typeName = "StrictUndefined";

  override print(): never {
    this.fail();
  }

  override equals(): never {
    this.fail();
  }

  override hash(): never {
    this.fail();
  }

  override isTrue(): never {
    this.fail();
  }

  override get length(): never {
    return this.fail();
  }

  override iterate(): never {
    this.fail();
  }
}

/** Returns the value of a missing name, attribute or item. */
export function makeUndefined(runtime: Runtime, message: Message): Undefined {
  return runtime.isStrict
    ? new StrictUndefined(message)
    : new Undefined(message);
}
