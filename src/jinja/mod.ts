/**
 * Jinja2 3.1 for JavaScript: templates that cannot reach the program that
 * renders them, and that end in bounded time.
 *
 * @module
 */
export { Environment } from "./environment.ts";
export type {
  EnvironmentOptions,
  RenderOptions,
  Template,
  TemplateOptions,
  UndefinedBehavior,
} from "./options.ts";
export {
  TemplateError,
  type TemplateErrorDetails,
  TemplateLimitError,
  TemplateRuntimeError,
  TemplateSyntaxError,
} from "./error.ts";
export {
  type PlainFunction,
  type TemplateFunction,
  templateFunction,
} from "./functions.ts";
export { dictLoader, type Loader } from "./loader.ts";
export type { GivenLimits, TemplateLimits } from "./runtime/budget.ts";

export type { Native } from "./runtime/runtime.ts";
export type * from "./syntax/nodes.ts";
export {
  Float,
  type Mapping,
  Timestamp,
  type TimestampKind,
  type TimestampParts,
  type Value,
} from "../values.ts";
