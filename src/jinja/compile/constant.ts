import type { ExpressionNode } from "../syntax/nodes.ts";

/**
 * Reports whether Jinja2 computes an expression when it compiles: literals, and
 * what operators make of them.
 */
export function isConstant(node: ExpressionNode): boolean {
  switch (node.kind) {
    case "literal":
      return true;
    case "tuple":
    case "list":
    case "concat":
      return node.items.every(isConstant);
    case "dict":
      return node.entries.every(({ key, value }) =>
        isConstant(key) && isConstant(value)
      );
    case "unary":
      return isConstant(node.operand);
    case "binary":
      return isConstant(node.left) && isConstant(node.right);
    default:
      return false;
  }
}
