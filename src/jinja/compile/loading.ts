import { fail } from "../error.ts";
import { Undefined } from "../runtime/runtime.ts";
import type { Program, TemplateContext } from "../runtime/scope.ts";
import type { Position } from "../syntax/nodes.ts";
import { Tuple } from "../values/objects.ts";
import { asText, refuse, typeName } from "../values/scalars.ts";
import { failAt, type Place } from "./place.ts";

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
export function failNotFound(value: unknown): never {
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
