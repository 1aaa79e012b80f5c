import { deepStrictEqual, ok } from "node:assert/strict";
import { Environment, TemplateError } from "../../src/jinja/mod.ts";
import type { Mapping } from "../../src/values.ts";

/** The `repr()` of an expression's value, or the reason of its error. */
type Outcome = string | { readonly error: string };

/** An expression, and its outcome. */
export type ExpressionCase = readonly [expression: string, outcome: Outcome];

/** Options of {@linkcode checkExpressions}. */
interface CheckOptions {
  /** The variables that the expressions see. */
  readonly context?: Mapping;
  /** Whether the expressions are evaluated in `{% autoescape true %}`. */
  readonly autoescape?: boolean;
  /** Whether undefined values are errors. */
  readonly strict?: boolean;
}

const ENVIRONMENT = new Environment();

/** Evaluates expressions, and fails at the first one with another outcome. */
export function checkExpressions(
  cases: readonly ExpressionCase[],
  options: CheckOptions = {},
): void {
  ok(cases.length > 0);
  for (const [expression, outcome] of cases) {
    deepStrictEqual(
      [expression, evaluate(expression, options)],
      [expression, outcome],
    );
  }
}

function evaluate(expression: string, options: CheckOptions): Outcome {
  const { context = {}, autoescape = false, strict = false } = options;
  // In a list, a value prints as its repr(), which shows its type.
  const source = `{% autoescape ${autoescape} %}` +
    `{{ [${expression}] | string | safe }}{% endautoescape %}`;
  try {
    const text = ENVIRONMENT.render(source, context, {
      undefined: strict ? "strict" : "lenient",
    });
    return text.slice(1, -1);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { error: error.reason };
  }
}
