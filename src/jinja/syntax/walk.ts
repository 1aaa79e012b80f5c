import type {
  Arguments,
  ExpressionNode,
  FilterCall,
  Node,
  Parameter,
  StatementNode,
  TargetNode,
} from "./nodes.ts";

const NOTHING: readonly StatementNode[] = [];

/**
 * Returns the nodes directly inside a node, in the order in which Jinja2's own
 * tree holds them.
 */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "literal":
    case "name":
    case "nameTarget":
    case "namespaceTarget":
    case "text":
    case "break":
    case "continue":
      return NOTHING;
    case "tuple":
    case "list":
    case "concat":
    case "tupleTarget":
      return node.items;
    case "dict":
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case "attribute":
      return [node.target];
    case "subscript":
      return [node.target, node.key];
    case "slice":
      return present(node.target, node.start, node.stop, node.step);
    case "call":
      return [node.callee, ...inArguments(node.args)];
    case "filter":
    case "test":
      return [node.target, ...inArguments(node.args)];
    case "unary":
      return [node.operand];
    case "binary":
    case "logical":
      return [node.left, node.right];
    case "compare":
      return [node.first, ...node.comparisons.map(({ operand }) => operand)];
    case "conditional":
      return present(node.test, node.value, node.otherwise);
    case "output":
      return node.expressions;
    case "if":
      return [
        ...node.branches.flatMap(({ test, body }) => [test, ...body]),
        ...node.otherwise ?? NOTHING,
      ];
    case "for":
      return [
        node.target,
        node.iterable,
        ...node.body,
        ...node.otherwise ?? NOTHING,
        ...present(node.test),
      ];
    case "set":
      return [node.target, node.value];
    case "setBlock":
      return [node.target, ...inFilters(node.filters), ...node.body];
    case "macro":
      return [...inParameters(node.parameters), ...node.body];
    case "callBlock":
      return [node.call, ...inParameters(node.parameters), ...node.body];
    case "filterBlock":
      return [...node.body, ...inFilters(node.filters)];
    case "with":
      return [
        ...node.bindings.map(({ target }) => target),
        ...node.bindings.map(({ value }) => value),
        ...node.body,
      ];
    case "block":
    case "template":
      return node.body;
    case "autoescape":
      return [node.enabled, ...node.body];
    case "extends":
    case "include":
    case "import":
    case "fromImport":
      return [node.template];
    default:
      return node satisfies never;
  }
}

function present(...nodes: readonly (Node | null)[]): Node[] {
  return nodes.filter((node) => node !== null);
}

/** Returns the expressions among the arguments of a call. */
export function inArguments(
  { positional, keywords, list, mapping }: Arguments,
): Node[] {
  return [
    ...positional,
    ...keywords.map(({ value }) => value),
    ...present(list, mapping),
  ];
}

/** Returns the expressions among the arguments of filters. */
export function inFilters(filters: readonly FilterCall[]): Node[] {
  return filters.flatMap(({ args }) => inArguments(args));
}

function inParameters(parameters: readonly Parameter[]): Node[] {
  return present(...parameters.map((parameter) => parameter.default));
}

/** Returns the statements directly inside a statement. */
export function statementsIn(node: StatementNode): readonly StatementNode[] {
  switch (node.kind) {
    case "if":
      return [
        ...node.branches.flatMap(({ body }) => body),
        ...node.otherwise ?? NOTHING,
      ];
    case "for":
      return [...node.body, ...node.otherwise ?? NOTHING];
    default:
      return "body" in node ? node.body : NOTHING;
  }
}

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

/** Returns the variables that an assignment to a target sets. */
export function targetNames(target: TargetNode): string[] {
  switch (target.kind) {
    case "nameTarget":
      return [target.name];
    case "tupleTarget":
      return target.items.flatMap(targetNames);
    case "namespaceTarget":
      return [];
    default:
      return target satisfies never;
  }
}
