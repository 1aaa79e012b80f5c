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

/** What was found in a statement. */
interface Found {
  readonly result: "read" | "assigned" | undefined;
}

const FOUND = new WeakMap<Node, Map<SpecialName, Found>>();

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
  const known = FOUND.get(node)?.get(name);
  if (known !== undefined) return known.result;
  const result = searchInside(node, name);
  // Statements contain others, and are searched for each of those around them.
  if ("body" in node || node.kind === "if") {
    const results = FOUND.get(node) ?? new Map<SpecialName, Found>();
    FOUND.set(node, results.set(name, { result }));
  }
  return result;
}

function searchInside(
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
