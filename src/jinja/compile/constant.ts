import type { ExpressionNode } from "../syntax/nodes.ts";

/** Reports whether Jinja2 computes an expression when it compiles. */
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
    case "attribute":
      return isConstant(node.target);
    case "subscript":
      return isConstant(node.target) && isConstant(node.key);
    case "slice":
      return [node.target, node.start, node.stop, node.step].every((part) =>
        part === null || isConstant(part)
      );
    case "unary":
      return isConstant(node.operand);
    case "binary":
    case "logical":
      return isConstant(node.left) && isConstant(node.right);
    case "compare":
      return isConstant(node.first) &&
        node.comparisons.every(({ operand }) => isConstant(operand));
    case "conditional":
      return node.otherwise !== null &&
        [node.test, node.value, node.otherwise].every(isConstant);
    case "name":
    case "call":
    case "filter":
    case "test":
      return false;
    default:
      return node satisfies never;
  }
}
