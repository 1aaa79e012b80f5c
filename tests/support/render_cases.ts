// Checks what templates render to, and how they fail.
import { strictEqual } from "node:assert/strict";
import {
  dictLoader,
  Environment,
  type EnvironmentOptions,
  type Mapping,
  TemplateError,
} from "../../src/jinja/mod.ts";

/** A template, what it renders to, and its context. */
export type RenderCase = readonly [
  source: string,
  text: string,
  context?: Mapping,
];

/** Templates by name, for a loader. */
type Templates = Readonly<Record<string, string>>;

function render(
  source: string,
  context: Mapping,
  templates: Templates | undefined,
  options: EnvironmentOptions,
): string {
  const loader = templates === undefined
    ? {}
    : { loader: dictLoader(templates) };
  return new Environment({ ...loader, ...options }).render(source, context);
}

/** Checks what templates render to, each in an environment of its own. */
export function checkRenders(
  cases: readonly RenderCase[],
  templates?: Templates,
  options: EnvironmentOptions = {},
): void {
  for (const [source, text, context = {}] of cases) {
    strictEqual(render(source, context, templates, options), text, source);
  }
}

/** Returns the error of a template that fails. */
export function renderFailure(
  source: string,
  context: Mapping = {},
  templates?: Templates,
  options: EnvironmentOptions = {},
): TemplateError {
  try {
    render(source, context, templates, options);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error(`${source} does not fail`);
}

/** Checks the reasons of templates that fail, and the columns that they name. */
export function checkReasons(
  cases: readonly (readonly [source: string, reason: string, column: number])[],
  templates?: Templates,
  options: EnvironmentOptions = {},
): void {
  for (const [source, reason, column] of cases) {
    const error = renderFailure(source, {}, templates, options);
    strictEqual(error.reason, reason, source);
    strictEqual(`${error.line}:${error.column}`, `1:${column}`, source);
  }
}
