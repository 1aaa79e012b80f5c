import type { Node } from "../syntax/nodes.ts";
import { childrenOf } from "../syntax/walk.ts";

/** The names that Jinja2 provides only where they are read. */
type SpecialName =
  | "caller"
  | "kwargs"
  | "loop"
  | "self"
  | "super"
  | "varargs";

/**
 * Reports whether nodes read a special name. Blocks inside do not count, and
 * neither does what follows an assignment to the name.
 */
export function reads(nodes: readonly Node[], name: SpecialName): boolean {
  return search(nodes, name) === "read";
}

/** Nodes are searched in order until one reads or assigns to the name. */
function search(
  nodes: readonly Node[],
  name: SpecialName,
): "read" | "assigned" | undefined {
  for (const node of nodes) {
    const found = searchNode(node, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function searchNode(
  node: Node,
  name: SpecialName,
): "read" | "assigned" | undefined {
  switch (node.kind) {
    case "name":
      return node.name === name ? "read" : undefined;
    case "nameTarget":
      return node.name === name ? "assigned" : undefined;
    case "block":
      return undefined;
    case "macro":
    case "callBlock":
      if (node.parameters.some((parameter) => parameter.name === name)) {
        return node.kind === "callBlock"
          ? searchNode(node.call, name) ?? "assigned"
          : "assigned";
      }
  }
  return search(childrenOf(node), name);
}
