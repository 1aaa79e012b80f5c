import { expressionCompiler } from "../jinja/compile/expression.ts";
import type { CompiledBlock, Execute, Place } from "../jinja/compile/place.ts";
import { bodyCompiler } from "../jinja/compile/statement.ts";
import { Frame } from "../jinja/compile/symbols.ts";
import { TemplateFailure } from "../jinja/error.ts";
import { GLOBALS } from "../jinja/filters/globals.ts";
import { FILTERS } from "../jinja/filters/mod.ts";
import { TESTS } from "../jinja/filters/tests.ts";
import { findMethod } from "../jinja/methods/methods.ts";
import { Budget, type TemplateLimits } from "../jinja/runtime/budget.ts";
import { BoundMethod } from "../jinja/runtime/call.ts";
import { TemplateObject } from "../jinja/runtime/object.ts";
import { Output } from "../jinja/runtime/output.ts";
import { CopyNeeded, Runtime } from "../jinja/runtime/runtime.ts";
import { Scope } from "../jinja/runtime/scope.ts";
import { type ParsedTemplate, parseTemplate } from "../jinja/syntax/parse.ts";
import { htmlIf } from "../jinja/values/markup.ts";
import { cloneValue, type Mapping } from "../values.ts";
import { TemplateError } from "./error.ts";

export { TemplateError, type TemplateErrorDetails } from "./error.ts";
export type { TemplateLimits } from "../jinja/runtime/budget.ts";

/** Renders a template that was read. */
type Program = (runtime: Runtime) => string;

/** Macros that were read, to stand in front of templates. */
interface Macros {
  /** Undefined where macros and template have to be read as one text. */
  readonly run: Execute | undefined;
  readonly frame: Frame | undefined;
  readonly blocks: ReadonlyMap<string, CompiledBlock>;
  readonly stripsNext: boolean;
  readonly programs: Map<string, Program>;
}

const MAX_MACROS = 16;
const MAX_PROGRAMS = 512;
const MAX_CACHED_LENGTH = 64 * 1024;
const CACHE = new Map<string, Macros>();

/** Gives the program of a template behind macros; both are read once only. */
function programFor(source: string, macros: string): Program {
  const front = macrosFor(macros);
  const known = front.programs.get(source);
  if (known !== undefined) return known;
  const program = front.run === undefined || isJoined(macros, source)
    ? makeProgram(macros + source, undefined)
    : makeProgram(source, front);
  if (source.length <= MAX_CACHED_LENGTH) {
    remember(front.programs, source, program, MAX_PROGRAMS);
  }
  return program;
}

function macrosFor(text: string): Macros {
  const known = CACHE.get(text);
  if (known !== undefined) return known;
  const macros = readMacros(text);
  remember(CACHE, text, macros, MAX_MACROS);
  return macros;
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

function readMacros(text: string): Macros {
  const programs = new Map<string, Program>();
  try {
    const parsed = parseTemplate(text, "macros", { isContinued: true });
    return {
      ...compile(parsed),
      stripsNext: parsed.stripsNext,
      programs,
    };
  } catch {
    // A tag that the template closes; or an error, which will show again.
    return {
      run: undefined,
      frame: undefined,
      blocks: new Map(),
      stripsNext: false,
      programs,
    };
  }
}

const OPEN_END_REGEXP = /[{\r]$/;
const BLANK_END_REGEXP = /\s$/;
const STRIPPING_START_REGEXP = /^\s*\{[{%#]-/;

/** Tells whether the text at the seam of macros and template is read as one. */
function isJoined(macros: string, source: string): boolean {
  if (macros === "") return false;
  return source === "" || source === "\n" || OPEN_END_REGEXP.test(macros) ||
    (BLANK_END_REGEXP.test(macros) && STRIPPING_START_REGEXP.test(source));
}

function makeProgram(source: string, front: Macros | undefined): Program {
  const parsed = parseTemplate(source, undefined, {
    stripsStart: front?.stripsNext ?? false,
  });
  const { run, blocks, frame } = compile(parsed, front);
  const unset = [
    ...(front?.frame?.unset() ?? []),
    ...(frame.unset() ?? []),
  ];
  return function render(runtime) {
    const output = new Output(runtime.budget);
    const scope = new Scope(runtime);
    scope.unset(unset);
    scope.set("self", new TemplateReference(scope, blocks));
    front?.run?.(scope, output);
    run(scope, output);
    return output.text;
  };
}

function compile(
  { root, source }: ParsedTemplate,
  front?: Macros,
): { run: Execute; blocks: Map<string, CompiledBlock>; frame: Frame } {
  const blocks = new Map(front?.blocks);
  const frame = new Frame({ nodes: root.body }, undefined, front?.frame);
  const place: Place = {
    compilers: { expression: expressionCompiler, body: bodyCompiler },
    filters: FILTERS,
    tests: TESTS,
    frame,
    source,
    blocks,
    isInLoop: false,
    isUnderLoop: false,
    isConditional: false,
    escapes: false,
  };
  return { run: bodyCompiler(root.body, place), blocks, frame };
}

/** The `self` of a template: its blocks, which it may render once more. */
class TemplateReference extends TemplateObject {
  readonly typeName = "jinja2.runtime.TemplateReference";
  readonly #scope: Scope;
  readonly #blocks: ReadonlyMap<string, CompiledBlock>;

  constructor(scope: Scope, blocks: ReadonlyMap<string, CompiledBlock>) {
    super();
    this.#scope = scope;
    this.#blocks = blocks;
  }

  override repr(): string {
    return "<TemplateReference None>";
  }

  override attribute(name: string): unknown {
    const block = this.#blocks.get(name);
    if (block === undefined) return undefined;
    const scope = this.#scope;
    return new BoundMethod(name, {
      parameters: "self /",
      run(runtime) {
        const output = new Output(runtime.budget);
        runtime.budget.enter(() =>
          block.run(scope.ofBlock(block.unset), output)
        );
        return htmlIf(runtime.escapes, output.text);
      },
    }, this);
  }
}

/** Options of {@linkcode renderTemplate}. */
export interface RenderOptions {
  /**
   * Macros that stand in front of the template. They are read once, not for
   * each template.
   *
   * @default {""}
   */
  macros?: string;
  /**
   * Whether an undefined variable is an error wherever it is used, unless it is
   * tested with `is defined` or given a `default`.
   *
   * @default {false}
   */
  strict?: boolean;
  /** Bounds of the rendering, which turn endless loops into errors. */
  limits?: Partial<TemplateLimits>;
}

/**
 * Renders a Jinja2 template. It sees the context, Jinja2's own functions, and
 * nothing else: no JavaScript, no file, no other template. The context is not
 * changed.
 *
 * @param source The template.
 * @param context The names that it sees.
 * @param options Macros, strictness and bounds.
 * @returns The text.
 * @throws {TemplateError} If the template cannot be read or rendered, or
 * exceeds a bound.
 * @example A message
 * ```ts
 * import { renderTemplate } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * const context = { state: { app: "web", tags: ["v1", "v2"] } };
 * strictEqual(
 *   renderTemplate("{{ state.app }}: {{ state.tags | join(', ') }}", context),
 *   "web: v1, v2",
 * );
 * ```
 * @example With macros, and an undefined variable as an error
 * ```ts
 * import { renderTemplate } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual, throws } from "node:assert/strict";
 *
 * const macros = "{% macro tag(name) %}{{ name }}:latest{% endmacro %}";
 * strictEqual(renderTemplate("{{ tag('web') }}", {}, { macros }), "web:latest");
 * throws(
 *   () => renderTemplate("{{ stage }}", {}, { strict: true }),
 *   /'stage' is undefined/,
 * );
 * ```
 */
export function renderTemplate(
  source: string,
  context: Mapping,
  options: RenderOptions = {},
): string {
  const { macros = "", strict = false, limits = {} } = options;
  try {
    const program = programFor(source, macros);
    const budget = new Budget(limits);
    try {
      return run(program, context, { budget, strict, isCopy: false });
    } catch (error) {
      if (!(error instanceof CopyNeeded)) throw error;
      const copy = cloneValue(context);
      budget.restart();
      return run(program, copy, { budget, strict, isCopy: true });
    }
  } catch (error) {
    throw templateError(error, source);
  }
}

interface RunOptions {
  readonly budget: Budget;
  readonly strict: boolean;
  readonly isCopy: boolean;
}

function run(program: Program, context: Mapping, options: RunOptions): string {
  const runtime = new Runtime(context, {
    budget: options.budget,
    isStrict: options.strict,
    isCopy: options.isCopy,
    filters: FILTERS,
    tests: TESTS,
    globals: GLOBALS,
    findMethod,
  });
  return program(runtime);
}

function templateError(error: unknown, text: string): TemplateError {
  const failure = asFailure(error);
  const { line, column } = failure.place ?? { line: 1, column: 1 };
  const { name, text: origin } = failure.source ?? { name: undefined, text };
  const sourceLine = origin.split("\n")[line - 1] ?? "";
  const where = name === undefined ? "" : ` of the ${name}`;
  return new TemplateError(
    `Cannot render the template: ${failure.message} ` +
      `(line ${line}, column ${column}${where}: ${sourceLine.trim()})`,
    {
      line,
      column,
      sourceLine,
      hint: failure.hint,
      cause: failure === error ? undefined : error,
    },
  );
}

function asFailure(error: unknown): TemplateFailure {
  if (error instanceof TemplateFailure) return error;
  if (error instanceof RangeError) {
    return new TemplateFailure(
      "it is too large or nested too deeply",
      "Split it, or loop over less",
    );
  }
  return new TemplateFailure(
    error instanceof Error ? error.message : String(error),
  );
}
