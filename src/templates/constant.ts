import type { Node } from "./nodes.ts";

const CONSTANT_TYPES: ReadonlySet<string> = new Set([
  "Add",
  "Array",
  "Concat",
  "Dict",
  "Div",
  "FloorDiv",
  "Group",
  "Literal",
  "Mod",
  "Mul",
  "Neg",
  "Not",
  "Pair",
  "Pos",
  "Pow",
  "Slice",
  "Sub",
]);

/** Tells whether Jinja2 knows an expression's value before it renders: literals, and what is made of them. */
export function isConstant(node: Node): boolean {
  return CONSTANT_TYPES.has(node.typename) &&
    childrenOf(node).every(isConstant);
}

/** The nodes that a node holds. */
export function childrenOf(node: Node): Node[] {
  return (node.fields ?? []).flatMap((field) =>
    (node as unknown as Record<string, unknown>)[field]
  ).filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "typename" in value;
}
