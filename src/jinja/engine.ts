import { cloneValue, type Mapping } from "../values.ts";
import { CompiledTemplate } from "./compile/template.ts";
import {
  BuiltinsNeeded,
  type Source,
  TemplateFailure,
  toTemplateError,
} from "./error.ts";
import type { Loader } from "./loader.ts";
import type {
  RenderOptions,
  TemplateOptions,
  UndefinedBehavior,
} from "./options.ts";
import { Budget, type GivenLimits, Output } from "./runtime/budget.ts";
import { type Builtins, CopyNeeded, Runtime } from "./runtime/runtime.ts";
import {
  type Library,
  type Program,
  TemplateContext,
} from "./runtime/scope.ts";
import { type ParsedTemplate, parseTemplate } from "./syntax/parse.ts";

const OPEN_END_REGEXP = /[{\r]$/;
const BLANK_END_REGEXP = /\s$/;
const STRIPPING_START_REGEXP = /^\s*\{[{%#]-/;
const MAX_PRELUDES = 16;
const MAX_TEMPLATES = 512;
const MAX_CACHED_LENGTH = 64 * 1024;

/** Options of {@linkcode Engine}. */
export interface EngineOptions {
  /** Finds the templates that others name. */
  readonly loader?: Loader | undefined;
  /** Limits of each rendering. */
  readonly limits?: GivenLimits | undefined;
  /** What an undefined variable does. */
  readonly undefined?: UndefinedBehavior | undefined;
}

/** A source that other sources follow. */
interface Prelude {
  /** `undefined` if it is empty or cannot be compiled without what follows. */
  readonly compiled: CompiledTemplate | undefined;
  /** The templates that were rendered after it, by source. */
  readonly templates: Map<string, CompiledTemplate>;
}

/** Compiles, remembers and runs templates that share built-ins, limits and a loader. */
export class Engine {
  readonly #builtins: Builtins;
  readonly #options: EngineOptions;
  readonly #preludes = new Map<string, Prelude>();
  readonly #loaded = new Map<
    string,
    { source: string; program: CompiledTemplate }
  >();

  constructor(builtins: Builtins, options: EngineOptions = {}) {
    this.#builtins = builtins;
    this.#options = options;
  }

  /**
   * Renders a source. Sources that were rendered before are not compiled again.
   *
   * @throws {TemplateError} If the source is not a template, or fails.
   * @throws {BuiltinsNeeded} If it uses a built-in that is not loaded.
   */
  render(
    source: string,
    context: Mapping,
    options: TemplateOptions & RenderOptions = {},
  ): string {
    return located(
      { name: options.name, text: source },
      () => this.run(this.#compileCached(source, options), context, options),
    );
  }

  /** Compiles a source. */
  compile(
    source: string,
    { name, prelude = "" }: TemplateOptions = {},
  ): CompiledTemplate {
    const { compiled: front } = this.#preludeOf(prelude);
    if (front === undefined || sharesSeam(prelude, source)) {
      return this.#compile(parseTemplate(prelude + source, name));
    }
    const options = { stripsStart: front.stripsNext };
    return this.#compile(parseTemplate(source, name, options), front);
  }

  /** Loads and compiles a template; `undefined` if there is none of that name. */
  load(name: string): CompiledTemplate | undefined {
    const source = this.#options.loader?.(name);
    if (source === undefined) return undefined;
    const known = this.#loaded.get(name);
    if (known?.source === source) return known.program;
    const program = this.#compile(parseTemplate(source, name));
    this.#loaded.set(name, { source, program });
    return program;
  }

  /** Renders a template. The context is not changed. */
  run(
    program: Program,
    context: Mapping,
    options: RenderOptions = {},
  ): string {
    const budget = new Budget({ ...this.#options.limits, ...options.limits });
    const behavior = options.undefined ?? this.#options.undefined;
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
    const builtins = this.#builtins;
    const runtime = new Runtime(names, { ...flags, budget, builtins });
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

  #compileCached(source: string, options: TemplateOptions): CompiledTemplate {
    const { templates } = this.#preludeOf(options.prelude ?? "");
    const known = templates.get(source);
    if (known !== undefined && known.name === options.name) return known;
    const compiled = this.compile(source, options);
    if (source.length <= MAX_CACHED_LENGTH) {
      remember(templates, source, compiled, MAX_TEMPLATES);
    }
    return compiled;
  }

  /** Compiles a template. `front` runs before it, in the same scope. */
  #compile(parsed: ParsedTemplate, front?: CompiledTemplate): CompiledTemplate {
    const canLoad = this.#options.loader !== undefined;
    return new CompiledTemplate(parsed, {
      builtins: this.#builtins,
      canLoad,
      front,
    });
  }

  #preludeOf(source: string): Prelude {
    const known = this.#preludes.get(source);
    if (known !== undefined) return known;
    const compiled = source === "" ? undefined : this.#compilePrelude(source);
    const prelude = { compiled, templates: new Map() };
    remember(this.#preludes, source, prelude, MAX_PRELUDES);
    return prelude;
  }

  #compilePrelude(source: string): CompiledTemplate | undefined {
    try {
      const options = { isContinued: true };
      return this.#compile(parseTemplate(source, "prelude", options));
    } catch (error) {
      // A deeply nested source exhausts the stack, which is a RangeError.
      const isExpected = error instanceof TemplateFailure ||
        error instanceof RangeError;
      if (!isExpected) throw error;
      // A tag may be closed by the source that follows. A real error is reported
      // when both are compiled.
      return undefined;
    }
  }
}

/** Turns what was thrown into a TemplateError, located in `source` unless it already has a source. */
export function located<T>(source: Source, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof BuiltinsNeeded) throw error;
    throw toTemplateError(error, source);
  }
}

function remember<T>(
  cache: Map<string, T>,
  key: string,
  value: T,
  limit: number,
): void {
  if (cache.size >= limit) {
    // A map's first key is its oldest.
    for (const oldest of cache.keys()) {
      cache.delete(oldest);
      break;
    }
  }
  cache.set(key, value);
}

/**
 * Reports whether a prelude and the source that follows must be parsed as one,
 * because something spans both: a tag, a line end, white space that a tag
 * strips, or the last newline.
 */
function sharesSeam(prelude: string, source: string): boolean {
  return source === "" || source === "\n" || OPEN_END_REGEXP.test(prelude) ||
    (BLANK_END_REGEXP.test(prelude) && STRIPPING_START_REGEXP.test(source));
}
