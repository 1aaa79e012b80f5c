import type { Runtime } from "./runtime.ts";
import { makeUndefined, Undefined } from "./undefined.ts";
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
    const value = this.runtime.lookUp(name);
    return value === undefined
      ? makeUndefined(this.runtime, `'${name}' is undefined`)
      : value;
  }
}
