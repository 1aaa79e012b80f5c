import type { Mapping, Value } from "../values.ts";
import type { TemplateFunction } from "./functions.ts";
import type { Loader } from "./loader.ts";
import type { GivenLimits } from "./runtime/budget.ts";

/** What an undefined variable does where it is used. */
export type UndefinedBehavior = "lenient" | "strict";

/** Options of {@linkcode Environment}. */
export interface EnvironmentOptions {
  /**
   * Filters besides Jinja2's own, or in their place.
   *
   * @default {{}}
   */
  filters?: Readonly<Record<string, TemplateFunction>>;
  /**
   * Tests besides Jinja2's own, or in their place.
   *
   * @default {{}}
   */
  tests?: Readonly<Record<string, TemplateFunction>>;
  /**
   * Values that every template sees, unless its context has the same name.
   *
   * @default {{}}
   */
  globals?: Readonly<Record<string, Value | TemplateFunction>>;
  /** Limits of each rendering. */
  limits?: GivenLimits;
  /**
   * What an undefined variable does. `lenient`: it prints nothing, is false and
   * has no items; its attributes and calls are errors. `strict`: every use is an
   * error, unless it is tested with `is defined` or given a `default`.
   *
   * @default {"lenient"}
   */
  undefined?: UndefinedBehavior;
  /**
   * Finds the templates that `include`, `import`, `from` and `extends` name.
   * Without one these statements are errors.
   */
  loader?: Loader;
}

/**
 * Options of a rendering by {@linkcode Environment} or {@linkcode Template}. The
 * main module has a type of the same name, for `renderTemplate`: see
 * {@link https://jsr.io/@cicdstatemgr/cicdstatemgr/doc/~/RenderOptions}.
 */
export interface RenderOptions {
  /** Limits in place of the environment's. */
  limits?: GivenLimits;
  /** What an undefined variable does, in place of the environment's. */
  undefined?: UndefinedBehavior;
}

/** Options of a template. */
export interface TemplateOptions {
  /** Its name in errors. */
  name?: string;
  /**
   * A source that is rendered first, such as macros. It is compiled once for all
   * templates that follow it, and its lines are counted separately in errors.
   *
   * @default {""}
   */
  prelude?: string;
}

/** A compiled template, which can be rendered any number of times. */
export interface Template {
  /** Its name; `undefined` if it has none. */
  readonly name: string | undefined;
  /**
   * Renders it.
   *
   * @param context The variables that it sees. They are not changed.
   * @param options Options of this rendering.
   * @returns The text.
   * @throws {TemplateRuntimeError} If it fails.
   * @throws {TemplateLimitError} If it exceeds a limit.
   */
  render(context: Mapping, options?: RenderOptions): string;
  /**
   * Returns the variables that it looks up in its context, whether or not a
   * rendering reaches them, as `jinja2.meta.find_undeclared_variables` does.
   * Variables of its prelude and of templates that it loads are not included.
   *
   * @returns The names, without those of globals.
   */
  variables(): Set<string>;
}
