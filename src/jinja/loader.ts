/**
 * Returns the source of a template; `undefined` if there is none of that name.
 * Names come from templates and are not checked: a loader that reads files has
 * to refuse names such as `../secrets`.
 */
export type Loader = (name: string) => string | undefined;

/**
 * Creates a loader of templates that are in memory.
 *
 * @param sources The sources by name.
 * @returns The loader.
 * @example Extend a template
 * ```ts
 * import { dictLoader, Environment } from "@cicdstatemgr/cicdstatemgr/jinja";
 * import { strictEqual } from "node:assert/strict";
 *
 * const loader = dictLoader({
 *   base: "<{% block body %}{% endblock %}>",
 *   page: "{% extends 'base' %}{% block body %}{{ text }}{% endblock %}",
 * });
 * const environment = new Environment({ loader });
 * strictEqual(environment.load("page").render({ text: "hi" }), "<hi>");
 * ```
 */
export function dictLoader(
  sources: Readonly<Record<string, string>>,
): Loader {
  return (name) => Object.hasOwn(sources, name) ? sources[name] : undefined;
}
