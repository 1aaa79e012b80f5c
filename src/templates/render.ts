import { cloneValue, type Mapping } from "../values.ts";
import { TemplateError } from "./error.ts";
import { type Origin, TemplateFailure } from "./failure.ts";
import { FILTERS } from "./filters.ts";
import { findMethod } from "./methods.ts";
import { type Program, programFor } from "./program.ts";
import {
  CopyNeeded,
  DEFAULT_LIMITS,
  Runtime,
  type TemplateLimits,
} from "./runtime.ts";
import { TESTS } from "./tests.ts";

export { TemplateError } from "./error.ts";
export type { TemplateErrorDetails } from "./error.ts";
export type { TemplateLimits } from "./runtime.ts";

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
    const bounds = { ...DEFAULT_LIMITS, ...limits };
    try {
      return run(program, context, { bounds, strict, isCopy: false });
    } catch (error) {
      if (!(error instanceof CopyNeeded)) throw error;
      const copy = cloneValue(context);
      return run(program, copy, { bounds, strict, isCopy: true });
    }
  } catch (error) {
    throw templateError(error, source);
  }
}

interface RunOptions {
  readonly bounds: TemplateLimits;
  readonly strict: boolean;
  readonly isCopy: boolean;
}

function run(program: Program, context: Mapping, options: RunOptions): string {
  const runtime = new Runtime(context, {
    limits: options.bounds,
    isStrict: options.strict,
    isCopy: options.isCopy,
    filters: FILTERS,
    tests: TESTS,
    findMethod,
  });
  return program(runtime);
}

function templateError(error: unknown, source: string): TemplateError {
  const failure = asFailure(error);
  const line = failure.line ?? 0;
  const column = failure.column ?? 0;
  const origin: Origin = failure.origin ?? { name: "template", text: source };
  const sourceLine = origin.text.split("\n")[line] ?? "";
  const where = origin.name === "macros" ? " of the macros" : "";
  return new TemplateError(
    `Cannot render the template: ${failure.message} ` +
      `(line ${line + 1}, column ${column + 1}${where}: ${sourceLine.trim()})`,
    {
      line: line + 1,
      column: column + 1,
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
