import { fail } from "../error.ts";
import type { Output } from "./budget.ts";
import { makeUndefined, type Runtime, type TemplateObject } from "./runtime.ts";

/** What a statement does to the loop around it. */
export type Flow = "next" | "break" | "continue";

/** Runs statements. */
export type Execute = (scope: Scope, output: Output) => Flow;

/** A block of a template, ready to run. */
export interface Block {
  /** Its name. */
  readonly name: string;
  /** Runs its body in a scope of its own. */
  run(context: TemplateContext, output: Output): void;
}

/** A template, ready to run. */
export interface Program {
  /** The name that it was loaded by; `undefined` if it was not loaded. */
  readonly name: string | undefined;
  /** Its blocks by name. */
  readonly blocks: ReadonlyMap<string, Block>;
  /** Runs it, and then the template that it extends. */
  run(context: TemplateContext, output: Output): void;
}

/** The templates that a rendering can load. */
export interface Library {
  /** Loads a template; `undefined` if there is none of that name. */
  load(name: string): Program | undefined;
  /** The templates that were imported without a context; `undefined` while one runs. */
  readonly modules: Map<Program, TemplateObject | undefined>;
}

/** Looks up a variable; `undefined` if it is not defined. */
type LookUp = (name: string) => unknown;

/** What {@linkcode TemplateContext} starts with. */
interface ContextOptions {
  readonly library: Library;
  readonly lookUp: LookUp;
  readonly blocks: ReadonlyMap<string, readonly Block[]>;
}

/** What a template shares with those that it extends: top-level variables and blocks. */
export class TemplateContext {
  /** The rendering that it belongs to. */
  readonly runtime: Runtime;
  /** The templates that it can load. */
  readonly library: Library;
  /** The blocks by name, each followed by those that it overrides. */
  readonly blocks: Map<string, Block[]>;
  readonly #lookUp: LookUp;
  readonly #variables = new Map<string, unknown>();
  readonly #exported = new Set<string>();
  readonly #chain: Program[] = [];
  #parent: Program | undefined;

  private constructor(runtime: Runtime, options: ContextOptions) {
    this.runtime = runtime;
    this.library = options.library;
    this.#lookUp = options.lookUp;
    this.blocks = new Map(
      Array.from(options.blocks, ([name, blocks]) => [name, [...blocks]]),
    );
  }

  /** Creates the context of a rendering. It sees the caller's context and the globals. */
  static root(runtime: Runtime, library: Library): TemplateContext {
    const lookUp = (name: string) => runtime.lookUp(name);
    return new TemplateContext(runtime, { library, lookUp, blocks: new Map() });
  }

  /** Creates the context of another template, which sees only globals. */
  isolated(): TemplateContext {
    const { runtime, library } = this;
    const lookUp = (name: string) => runtime.globalValue(name);
    return new TemplateContext(runtime, { library, lookUp, blocks: new Map() });
  }

  /** Creates the context of another template, which sees what a scope sees now. */
  including(scope: Scope): TemplateContext {
    const { runtime, library } = this;
    const lookUp = this.#lookUpIn(scope);
    return new TemplateContext(runtime, { library, lookUp, blocks: new Map() });
  }

  /** Creates the context of a block, which sees what a scope sees now. */
  derived(scope: Scope): TemplateContext {
    const { runtime, library, blocks } = this;
    const lookUp = this.#lookUpIn(scope);
    return new TemplateContext(runtime, { library, lookUp, blocks });
  }

  #lookUpIn(scope: Scope): LookUp {
    const visible = new Map(this.#variables);
    scope.copyTo(visible);
    const lookUp = this.#lookUp;
    return (name) => visible.has(name) ? visible.get(name) : lookUp(name);
  }

  /** Returns the value of a variable; `undefined` if it is not defined. */
  lookUp(name: string): unknown {
    const value = this.#variables.get(name);
    return value === undefined ? this.#lookUp(name) : value;
  }

  /** Sets a top-level variable. */
  set(name: string, value: unknown): void {
    this.#variables.set(name, value);
    if (!name.startsWith("_")) this.#exported.add(name);
  }

  /** Sets a top-level variable that importing templates do not see. */
  setImported(name: string, value: unknown): void {
    this.#variables.set(name, value);
    this.#exported.delete(name);
  }

  /** Returns the variables that a template that imports this one sees. */
  exports(): ReadonlyMap<string, unknown> {
    return new Map(
      Array.from(this.#exported, (name) => [name, this.#variables.get(name)]),
    );
  }

  /** Adds the blocks of a template, which those of templates that extend it override. */
  addBlocks(program: Program): void {
    this.#chain.push(program);
    for (const [name, block] of program.blocks) {
      const overriding = this.blocks.get(name);
      if (overriding === undefined) this.blocks.set(name, [block]);
      else overriding.push(block);
    }
  }

  /** The name of the template that runs first. */
  get name(): string | undefined {
    return this.#chain[0]?.name;
  }

  /** Whether the template that runs extends another, so that it writes nothing itself. */
  get isExtending(): boolean {
    return this.#parent !== undefined;
  }

  /** Records the template that the running one extends. */
  extend(parent: Program): void {
    if (this.#parent !== undefined) fail("the template extends two others");
    if (this.#chain.includes(parent)) {
      const names = [...this.#chain, parent].map(({ name }) => `'${name}'`);
      fail(`the template extends itself: ${names.join(" extends ")}`);
    }
    this.#parent = parent;
    this.addBlocks(parent);
  }

  /** Returns the template to run next: the one that the last one extends. */
  takeParent(): Program | undefined {
    const parent = this.#parent;
    this.#parent = undefined;
    return parent;
  }
}

/** Marks a variable that the scope will set, and that has no value yet. */
const UNSET = Symbol("unset");

/** The variables of a part of a template, and those around it. */
export class Scope {
  /** What it shares with the rest of the template. */
  readonly context: TemplateContext;
  /** The rendering that it belongs to. */
  readonly runtime: Runtime;
  readonly #parent: Scope | undefined;
  #values: Map<string, unknown> | undefined;

  /** Creates a scope. The variables in `unset` have no value yet, even if the context has one. */
  constructor(
    context: TemplateContext,
    unset: readonly string[] | undefined,
    parent?: Scope,
  ) {
    this.context = context;
    this.runtime = context.runtime;
    this.#parent = parent;
    for (const name of unset ?? []) this.set(name, UNSET);
  }

  /** Creates a scope inside this one. */
  inner(unset?: readonly string[]): Scope {
    return new Scope(this.context, unset, this);
  }

  /** Sets a variable of this scope. */
  set(name: string, value: unknown): void {
    this.#values ??= new Map();
    this.#values.set(name, value);
  }

  /** Returns the value of a variable. */
  get(name: string): unknown {
    // deno-lint-ignore no-this-alias
    let scope: Scope | undefined = this;
    do {
      const value = scope.#values?.get(name);
      if (value === UNSET) return this.#undefined(name);
      if (value !== undefined) return value;
      scope = scope.#parent;
    } while (scope !== undefined);
    const value = this.context.lookUp(name);
    return value === undefined ? this.#undefined(name) : value;
  }

  #undefined(name: string): unknown {
    return makeUndefined(this.runtime, `'${name}' is undefined`);
  }

  /** Adds the variables that have a value, those around it included. */
  copyTo(variables: Map<string, unknown>): void {
    this.#parent?.copyTo(variables);
    for (const [name, value] of this.#values ?? []) {
      if (value !== UNSET) variables.set(name, value);
    }
  }
}
