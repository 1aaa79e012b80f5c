import type { Mapping } from "../values.ts";
import { createBuiltins } from "./builtins.ts";
import type { CompiledTemplate } from "./compile/template.ts";
import { Engine, located } from "./engine.ts";
import { fail } from "./error.ts";
import type {
  EnvironmentOptions,
  RenderOptions,
  Template,
  TemplateOptions,
} from "./options.ts";
import type { Builtins } from "./runtime/runtime.ts";
import type { TemplateNode } from "./syntax/nodes.ts";
import { parseTemplate } from "./syntax/parse.ts";

/**
 * Compiles and renders templates that share filters, tests, globals, limits and
 * a loader. A template reaches these and its context, and nothing else of the
 * program.
 *
 * @example Render with a filter and a global
 * ```ts
 * import { Environment } from "@cicdstatemgr/cicdstatemgr/jinja";
 * import { strictEqual } from "node:assert/strict";
 *
 * const environment = new Environment({
 *   filters: { shout: (text: string, mark = "!") => text.toUpperCase() + mark },
 *   globals: { greeting: "hello" },
 * });
 * strictEqual(
 *   environment.render("{{ greeting | shout }} {{ name | shout('?') }}", {
 *     name: "you",
 *   }),
 *   "HELLO! YOU?",
 * );
 * ```
 */
export class Environment {
  readonly #builtins: Builtins;
  readonly #engine: Engine;

  /**
   * Creates an environment.
   *
   * @param options Filters, tests, globals, limits and a loader.
   */
  constructor(options: EnvironmentOptions = {}) {
    this.#builtins = createBuiltins(options);
    this.#engine = new Engine(this.#builtins, options);
  }

  /**
   * Renders a source. Sources that were rendered before are not compiled again.
   *
   * @param source The template.
   * @param context The variables that it sees. They are not changed.
   * @param options Its name and prelude, and options of this rendering.
   * @returns The text.
   * @throws {TemplateSyntaxError} If the source is not a template.
   * @throws {TemplateRuntimeError} If the rendering fails.
   * @throws {TemplateLimitError} If it exceeds a limit.
   * @example A list
   * ```ts
   * import { Environment } from "@cicdstatemgr/cicdstatemgr/jinja";
   * import { strictEqual } from "node:assert/strict";
   *
   * const environment = new Environment();
   * strictEqual(
   *   environment.render("{% for tag in tags %}<{{ tag }}>{% endfor %}", {
   *     tags: ["v1", "v2"],
   *   }),
   *   "<v1><v2>",
   * );
   * ```
   */
  render(
    source: string,
    context: Mapping,
    options: TemplateOptions & RenderOptions = {},
  ): string {
    return this.#engine.render(source, context, options);
  }

  /**
   * Compiles a source.
   *
   * @param source The template.
   * @param options Its name and prelude.
   * @returns The template.
   * @throws {TemplateSyntaxError} If the source is not a template.
   * @throws {TemplateRuntimeError} If it names a filter or test that does not
   * exist, or loads templates without a loader.
   * @example Its free variables
   * ```ts
   * import { Environment } from "@cicdstatemgr/cicdstatemgr/jinja";
   * import { deepStrictEqual, strictEqual } from "node:assert/strict";
   *
   * const template = new Environment().compile(
   *   "{% set b = 1 %}{{ a + b }}{% for c in range(a) %}{{ c }}{% endfor %}",
   * );
   * deepStrictEqual(template.variables(), new Set(["a"]));
   * strictEqual(template.render({ a: 2 }), "301");
   * ```
   */
  compile(source: string, options: TemplateOptions = {}): Template {
    return located(
      { name: options.name, text: source },
      () => this.#template(this.#engine.compile(source, options), source),
    );
  }

  /**
   * Parses a source without checking that its filters and tests exist.
   *
   * @param source The template.
   * @param options Its name in errors.
   * @returns The syntax tree.
   * @throws {TemplateSyntaxError} If the source is not a template.
   * @example The kinds of a template's statements
   * ```ts
   * import { Environment } from "@cicdstatemgr/cicdstatemgr/jinja";
   * import { deepStrictEqual } from "node:assert/strict";
   *
   * const { body } = new Environment().parse("{% set a = 1 %}a: {{ a }}");
   * deepStrictEqual(body.map(({ kind }) => kind), ["set", "text", "output"]);
   * ```
   */
  parse(source: string, { name }: { name?: string } = {}): TemplateNode {
    return located(
      { name, text: source },
      () => parseTemplate(source, name).root,
    );
  }

  /**
   * Loads and compiles a template by its name.
   *
   * @param name What the loader knows it by.
   * @returns The template.
   * @throws {TemplateRuntimeError} If the loader finds none of that name.
   * @throws {TemplateSyntaxError} If its source is not a template.
   */
  load(name: string): Template {
    return located({ name, text: "" }, () => {
      const program = this.#engine.load(name) ??
        fail(`the template '${name}' does not exist`);
      return this.#template(program, "");
    });
  }

  #template(program: CompiledTemplate, text: string): Template {
    const { name } = program;
    return {
      name,
      render: (context, options = {}) =>
        located(
          { name, text },
          () => this.#engine.run(program, context, options),
        ),
      variables: () =>
        new Set(
          [...program.variables()].filter((variable) =>
            this.#builtins.globals.get(variable) === undefined
          ),
        ),
    };
  }
}
