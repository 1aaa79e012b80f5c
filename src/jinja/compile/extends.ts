import type { Execute } from "../runtime/scope.ts";
import type { ExtendsNode } from "../syntax/nodes.ts";
import { loadTemplate, requireLoader } from "./loading.ts";
import { compileLocated, failAt, locate, type Place } from "./place.ts";

/** Compiles `{% extends %}`: the loaded template runs when this one has run. */
export function compileExtends(node: ExtendsNode, place: Place): Execute {
  requireLoader("extends", node, place);
  if (!place.isTopLevel) {
    failAt(
      place,
      node,
      "{% extends %} cannot stand in a loop, a block, a macro or another scope",
    );
  }
  const template = compileLocated(node.template, place);
  return (scope) => {
    const { context } = scope;
    try {
      context.extend(loadTemplate(context, template(scope)));
    } catch (error) {
      throw locate(error, place, node);
    }
    return "next";
  };
}
