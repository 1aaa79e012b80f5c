import { cloneValue, type Mapping, type Value } from "../values.ts";
import { CompiledTemplate } from "./compile/template.ts";
import { GLOBALS } from "./filters/globals.ts";
import { FILTERS } from "./filters/mod.ts";
import { TESTS } from "./filters/tests.ts";
import {
  extendGlobals,
  extendTable,
  type TemplateFunction,
} from "./functions.ts";
import type { Loader } from "./loader.ts";
import { findMethod } from "./methods/methods.ts";
import type { UndefinedBehavior } from "./options.ts";
import { Budget, type GivenLimits, Output } from "./runtime/budget.ts";
import { CopyNeeded, type NativeTable, Runtime } from "./runtime/runtime.ts";
import {
  type Library,
  type Program,
  TemplateContext,
} from "./runtime/scope.ts";
import { type ParsedTemplate, parseTemplate } from "./syntax/parse.ts";

/** Options of {@linkcode Engine}. */
export interface EngineOptions {
  readonly filters: Readonly<Record<string, TemplateFunction>>;
  readonly tests: Readonly<Record<string, TemplateFunction>>;
  readonly globals: Readonly<Record<string, Value | TemplateFunction>>;
  readonly loader: Loader | undefined;
}

/** Settings of one rendering. */
export interface RunOptions {
  readonly limits: GivenLimits;
  readonly undefined: UndefinedBehavior;
}

/** Compiles and runs templates that have the same filters, tests, globals and loader. */
export class Engine {
  /** The values that every template sees. */
  readonly globals: ReadonlyMap<string, unknown>;
  readonly #filters: NativeTable;
  readonly #tests: NativeTable;
  readonly #loader: Loader | undefined;
  readonly #loaded = new Map<
    string,
    { source: string; program: CompiledTemplate }
  >();

  constructor(options: EngineOptions) {
    this.globals = extendGlobals(GLOBALS, options.globals);
    this.#filters = extendTable(FILTERS, options.filters);
    this.#tests = extendTable(TESTS, options.tests);
    this.#loader = options.loader;
  }

  /** Compiles a template. `front` runs before it, in the same scope. */
  compile(parsed: ParsedTemplate, front?: CompiledTemplate): CompiledTemplate {
    return new CompiledTemplate(parsed, {
      filters: this.#filters,
      tests: this.#tests,
      canLoad: this.#loader !== undefined,
      front,
    });
  }

  /** Loads and compiles a template; `undefined` if there is none of that name. */
  load(name: string): CompiledTemplate | undefined {
    const source = this.#loader?.(name);
    if (source === undefined) return undefined;
    const known = this.#loaded.get(name);
    if (known?.source === source) return known.program;
    const program = this.compile(parseTemplate(source, name));
    this.#loaded.set(name, { source, program });
    return program;
  }

  /** Renders a template. The context is not changed. */
  run(
    program: Program,
    context: Mapping,
    { limits, undefined: behavior }: RunOptions,
  ): string {
    const budget = new Budget(limits);
    const isStrict = behavior === "strict";
    try {
      return this.#run(program, context, budget, { isStrict, isCopy: false });
    } catch (error) {
      if (!(error instanceof CopyNeeded)) throw error;
      budget.restart();
      return this.#run(program, cloneValue(context), budget, {
        isStrict,
        isCopy: true,
      });
    }
  }

  #run(
    program: Program,
    names: Mapping,
    budget: Budget,
    flags: { readonly isStrict: boolean; readonly isCopy: boolean },
  ): string {
    const runtime = new Runtime(names, {
      ...flags,
      budget,
      filters: this.#filters,
      tests: this.#tests,
      globals: this.globals,
      findMethod,
    });
    const output = new Output(budget);
    const context = TemplateContext.root(runtime, this.#library());
    context.addBlocks(program);
    program.run(context, output);
    return output.text;
  }

  /** A rendering sees one version of each template that it loads. */
  #library(): Library {
    const seen = new Map<string, Program | undefined>();
    return {
      modules: new Map(),
      load: (name) => {
        if (!seen.has(name)) seen.set(name, this.load(name));
        return seen.get(name);
      },
    };
  }
}
