import { fail } from "../error.ts";
import { Output } from "../runtime/budget.ts";
import {
  makeUndefined,
  TemplateObject,
  Undefined,
} from "../runtime/runtime.ts";
import type {
  Execute,
  Program,
  Scope,
  TemplateContext,
} from "../runtime/scope.ts";
import type {
  FromImportNode,
  ImportNode,
  IncludeNode,
  Position,
} from "../syntax/nodes.ts";
import { Tuple } from "../values/objects.ts";
import { asText, refuse, typeName } from "../values/scalars.ts";
import type { Assign } from "./assign.ts";
import { compileLocated, failAt, locate, type Place } from "./place.ts";

/** Compiles `{% include %}`. */
export function compileInclude(node: IncludeNode, place: Place): Execute {
  requireLoader("include", node, place);
  const template = compileLocated(node.template, place);
  return (scope, output) => {
    const { context } = scope;
    try {
      const names = template(scope);
      const program = selectTemplate(context, names);
      if (program === undefined) {
        return node.ignoresMissing ? "next" : failNotFound(names);
      }
      if (node.withContext) run(program, context.including(scope), output);
      else output.write(sharedModule(program, context).print());
    } catch (error) {
      throw locate(error, place, node);
    }
    return "next";
  };
}

/** Compiles `{% import %}`. */
export function compileImport(node: ImportNode, place: Place): Execute {
  requireLoader("import", node, place);
  const load = compileModule(node, place);
  const assign = compileImported(node.name, place);
  return (scope) => {
    assign(scope, load(scope));
    return "next";
  };
}

/** Compiles `{% from … import %}`. */
export function compileFromImport(
  node: FromImportNode,
  place: Place,
): Execute {
  requireLoader("from", node, place);
  const load = compileModule(node, place);
  const names = node.names.map(({ name, alias }) => ({
    name,
    assign: compileImported(alias, place),
  }));
  return (scope) => {
    const module = load(scope);
    for (const { name, assign } of names) {
      assign(
        scope,
        module.attribute(name) ?? makeUndefined(
          scope.runtime,
          `the template '${module.name}' does not export '${name}'`,
        ),
      );
    }
    return "next";
  };
}

/** Compiles the assignment of an imported value, which importing templates do not see. */
function compileImported(name: string, place: Place): Assign {
  if (!place.isTopLevel) return (scope, value) => scope.set(name, value);
  return (scope, value) => {
    scope.set(name, value);
    scope.context.setImported(name, value);
  };
}

function compileModule(
  node: ImportNode | FromImportNode,
  place: Place,
): (scope: Scope) => TemplateModule {
  const template = compileLocated(node.template, place);
  return (scope) => {
    const { context } = scope;
    try {
      const program = loadTemplate(context, template(scope));
      return node.withContext
        ? makeModule(program, context.including(scope))
        : sharedModule(program, context);
    } catch (error) {
      throw locate(error, place, node);
    }
  };
}

/** Returns the module of a template that is imported without context. A rendering creates it once. */
function sharedModule(
  program: Program,
  context: TemplateContext,
): TemplateModule {
  const { modules } = context.library;
  const known = modules.get(program);
  if (known instanceof TemplateModule) return known;
  if (modules.has(program)) {
    fail(`the template '${program.name}' imports itself`);
  }
  modules.set(program, undefined);
  const module = makeModule(program, context.isolated());
  modules.set(program, module);
  return module;
}

function makeModule(
  program: Program,
  context: TemplateContext,
): TemplateModule {
  const output = new Output(context.runtime.budget);
  run(program, context, output);
  return new TemplateModule(program.name, context.exports(), output.text);
}

/** Runs a template that another one loaded. */
function run(
  program: Program,
  context: TemplateContext,
  output: Output,
): void {
  const { runtime } = context;
  const { escapes } = runtime;
  // Escaping does not carry over to the loaded template.
  runtime.escapes = false;
  try {
    runtime.budget.enter(() => {
      context.addBlocks(program);
      program.run(context, output);
    });
  } finally {
    runtime.escapes = escapes;
  }
}

/** Fails at a statement that loads a template if there is no loader. */
export function requireLoader(
  tag: string,
  node: { readonly position: Position },
  place: Place,
): void {
  if (place.canLoad) return;
  failAt(
    place,
    node,
    `{% ${tag} %} is not offered: templates cannot load others`,
  );
}

/** Loads the template that a value names. */
export function loadTemplate(
  context: TemplateContext,
  value: unknown,
): Program {
  return findTemplate(context, value) ?? failNotFound(value);
}

/** Loads the first template that exists of those that a value names. */
export function selectTemplate(
  context: TemplateContext,
  value: unknown,
): Program | undefined {
  const names = Array.isArray(value)
    ? value
    : value instanceof Tuple
    ? value.items
    : undefined;
  if (names === undefined) return findTemplate(context, value);
  for (const name of names) {
    if (name instanceof Undefined) continue;
    const program = findTemplate(context, name);
    if (program !== undefined) return program;
  }
  return undefined;
}

function findTemplate(
  { library }: TemplateContext,
  value: unknown,
): Program | undefined {
  const name = asText(value) ??
    refuse(
      value,
      `the name of a template is a string, not '${typeName(value)}'`,
    );
  return library.load(name);
}

/** Fails because no template has the name, or one of the names. */
function failNotFound(value: unknown): never {
  const name = asText(value);
  if (name !== undefined) fail(`the template '${name}' does not exist`);
  const names = Array.isArray(value)
    ? value
    : value instanceof Tuple
    ? value.items
    : [];
  const quoted = names.map((name) => `'${asText(name) ?? typeName(name)}'`);
  fail(
    quoted.length === 0
      ? "the list of templates to choose from is empty"
      : `none of the templates ${quoted.join(", ")} exists`,
  );
}

/** An imported template: the variables and macros of its top level. It prints as its text. */
export class TemplateModule extends TemplateObject {
  readonly typeName = "TemplateModule";
  override readonly typeModule = "jinja2.environment";
  /** The name of the template. */
  readonly name: string | undefined;
  readonly #exports: ReadonlyMap<string, unknown>;
  readonly #text: string;

  constructor(
    name: string | undefined,
    exports: ReadonlyMap<string, unknown>,
    text: string,
  ) {
    super();
    this.name = name;
    this.#exports = exports;
    this.#text = text;
  }

  override attribute(name: string): unknown {
    return this.#exports.get(name);
  }

  override repr(): string {
    return `<TemplateModule '${this.name}'>`;
  }

  override print(): string {
    return this.#text;
  }
}
