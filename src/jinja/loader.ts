/**
 * Finds the source of a template that another one names; `undefined`: there is
 * none. It decides which names are allowed: `../secrets` is a name like any
 * other to the engine.
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
