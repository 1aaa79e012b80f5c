import { Environment, type GivenLimits } from "../jinja/mod.ts";
import type { Mapping } from "../values.ts";
import { toTemplateError } from "./error.ts";
import { FILTERS } from "./filters.ts";

export { TemplateError, type TemplateErrorDetails } from "./error.ts";
export type { TemplateLimits } from "../jinja/mod.ts";

const ENVIRONMENT = new Environment({ filters: FILTERS });

/**
 * Options of {@linkcode renderTemplate}. The engine has a type of the same name,
 * for {@linkcode Environment.render}: see
 * {@link https://jsr.io/@cicdstatemgr/cicdstatemgr/doc/jinja/~/RenderOptions}.
 */
export interface RenderOptions {
  /**
   * Macros that the template can call. They are compiled once for all
   * templates.
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
  /** Limits of the rendering, which turn endless loops into errors. */
  limits?: GivenLimits;
}

/**
 * Renders a Jinja2 template. It reaches the context, Jinja2's functions and the
 * filters of this module: no JavaScript, no files, no other templates. The
 * context is not changed.
 *
 * @param source The template.
 * @param context The variables that it sees.
 * @param options Macros, strictness and limits.
 * @returns The output.
 * @throws {TemplateError} If the template cannot be parsed or rendered, or
 * exceeds a limit.
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
    return ENVIRONMENT.render(source, context, {
      prelude: macros,
      undefined: strict ? "strict" : "lenient",
      limits,
    });
  } catch (error) {
    throw toTemplateError(error);
  }
}
