import type { Mapping } from "../values.ts";
import type { CompiledTemplate } from "./compile/template.ts";
import { Engine } from "./engine.ts";
import {
  fail,
  type Source,
  TemplateFailure,
  toTemplateError,
} from "./error.ts";
import type {
  EnvironmentOptions,
  RenderOptions,
  Template,
  TemplateOptions,
  UndefinedBehavior,
} from "./options.ts";
import type { GivenLimits } from "./runtime/budget.ts";
import type { TemplateNode } from "./syntax/nodes.ts";
import { parseTemplate } from "./syntax/parse.ts";

const OPEN_END_REGEXP = /[{\r]$/;
const BLANK_END_REGEXP = /\s$/;
const STRIPPING_START_REGEXP = /^\s*\{[{%#]-/;
const MAX_PRELUDES = 16;
const MAX_TEMPLATES = 512;
const MAX_CACHED_LENGTH = 64 * 1024;

/** A source that other sources follow. */
interface Prelude {
  /** `undefined` if it is empty or cannot be compiled without what follows. */
  readonly compiled: CompiledTemplate | undefined;
  /** The templates that were rendered after it, by source. */
  readonly templates: Map<string, CompiledTemplate>;
}

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
  readonly #engine: Engine;
  readonly #limits: GivenLimits;
  readonly #undefined: UndefinedBehavior;
  readonly #preludes = new Map<string, Prelude>();

  /**
   * Creates an environment.
   *
   * @param options Filters, tests, globals, limits and a loader.
   */
  constructor(options: EnvironmentOptions = {}) {
    const { filters = {}, tests = {}, globals = {}, loader } = options;
    this.#engine = new Engine({ filters, tests, globals, loader });
    this.#limits = options.limits ?? {};
    this.#undefined = options.undefined ?? "lenient";
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
    return located(
      { name: options.name, text: source },
      () => this.#run(this.#compileCached(source, options), context, options),
    );
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
    const { name, prelude = "" } = options;
    return located({ name, text: source }, () =>
      this.#template(
        this.#compile(source, name, prelude, this.#preludeOf(prelude)),
        source,
      ));
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
        located({ name, text }, () => this.#run(program, context, options)),
      variables: () => {
        const names = program.variables();
        for (const known of this.#engine.globals.keys()) names.delete(known);
        return names;
      },
    };
  }

  #run(
    program: CompiledTemplate,
    context: Mapping,
    options: RenderOptions,
  ): string {
    return this.#engine.run(program, context, {
      limits: { ...this.#limits, ...options.limits },
      undefined: options.undefined ?? this.#undefined,
    });
  }

  #compileCached(
    source: string,
    { name, prelude = "" }: TemplateOptions,
  ): CompiledTemplate {
    const front = this.#preludeOf(prelude);
    const known = front.templates.get(source);
    if (known !== undefined && known.name === name) return known;
    const compiled = this.#compile(source, name, prelude, front);
    if (source.length <= MAX_CACHED_LENGTH) {
      remember(front.templates, source, compiled, MAX_TEMPLATES);
    }
    return compiled;
  }

  #compile(
    source: string,
    name: string | undefined,
    prelude: string,
    { compiled: front }: Prelude,
  ): CompiledTemplate {
    if (front === undefined || sharesSeam(prelude, source)) {
      return this.#engine.compile(parseTemplate(prelude + source, name));
    }
    const options = { stripsStart: front.stripsNext };
    return this.#engine.compile(parseTemplate(source, name, options), front);
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
      return this.#engine.compile(parseTemplate(source, "prelude", options));
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
function located<T>(source: Source, run: () => T): T {
  try {
    return run();
  } catch (error) {
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
