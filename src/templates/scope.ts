import { GLOBALS } from "./globals.ts";
import { makeUndefined } from "./objects.ts";
import type { Runtime } from "./runtime.ts";

/** The names that a part of a template sees: its own, those around it, the context's. */
export class Scope {
  /** The rendering that it belongs to. */
  readonly runtime: Runtime;
  readonly #parent: Scope | undefined;
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
    for (const name of names) {
      this.set(name, makeUndefined(this.runtime, `'${name}' is undefined`));
    }
  }

  /** The scope of the whole template. */
  root(): Scope {
    return this.#parent === undefined ? this : this.#parent.root();
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
