import { CORE_BUILTINS } from "../jinja/core_builtins.ts";
import { Engine } from "../jinja/engine.ts";
import { BuiltinsNeeded } from "../jinja/error.ts";
import type { Mapping } from "../values.ts";
import { toTemplateError } from "./error.ts";
import type { RenderOptions } from "./render.ts";

const CORE = new Engine(CORE_BUILTINS);

/**
 * Shows that a template uses a test or a filter that messages rarely use. Other
 * built-ins show when they are missing.
 */
const NEEDS_REGEXP =
  /\|(?!\s*(?:d|default|from_json|json_dumps|to_base64|tojson)\b)|\bis\b/;

/** Renders with all built-ins; `undefined` until a template needs them. */
let renderCompletely:
  | ((source: string, context: Mapping, options: RenderOptions) => string)
  | undefined;

/**
 * Renders a template as `renderTemplate` does. Filters, tests, functions and
 * methods are half of the engine, so they are loaded when a template uses one.
 *
 * @param source The template.
 * @param context The variables that it sees.
 * @param options Macros, strictness and limits.
 * @returns The output.
 * @throws {TemplateError} If the template cannot be parsed or rendered, or
 * exceeds a limit.
 */
export async function renderLazily(
  source: string,
  context: Mapping,
  options: RenderOptions,
): Promise<string> {
  if (renderCompletely === undefined) {
    const result = await renderPartly(source, context, options);
    if (result !== undefined) return result;
    const { renderTemplate } = await import("./render.ts");
    renderCompletely = renderTemplate;
  }
  return renderCompletely(source, context, options);
}

/** Renders a template with few built-ins; returns `undefined` if it needs more. */
async function renderPartly(
  source: string,
  context: Mapping,
  { macros = "", strict = false, limits = {} }: RenderOptions,
): Promise<string | undefined> {
  if (NEEDS_REGEXP.test(source) || NEEDS_REGEXP.test(macros)) return undefined;
  const engine = source.includes("|") || macros.includes("|")
    ? (await import("./message_engine.ts")).MESSAGE_ENGINE
    : CORE;
  try {
    return engine.render(source, context, {
      prelude: macros,
      undefined: strict ? "strict" : "lenient",
      limits,
    });
  } catch (error) {
    if (error instanceof BuiltinsNeeded) return undefined;
    throw toTemplateError(error);
  }
}
