import {
  add,
  concatenate,
  concatenateHtml,
  divide,
  floorDivide,
  modulo,
  multiply,
  negate,
  type Operation,
  plus,
  power,
  subtract,
} from "../operators/arithmetic.ts";
import { contains, isTrue, order } from "../operators/compare.ts";
import {
  getAttribute,
  getConstantSlice,
  getSlice,
  getSubscript,
} from "../operators/access.ts";
import type { Budget } from "../runtime/budget.ts";
import { Undefined } from "../runtime/runtime.ts";
import type {
  BinaryOperator,
  CompareNode,
  ComparisonOperator,
  ConcatNode,
  ConditionalNode,
  DictNode,
  ExpressionNode,
  LogicalNode,
  SliceNode,
  UnaryNode,
} from "../syntax/nodes.ts";
import { Dict } from "../values/dict.ts";
import { isEqual } from "../values/items.ts";
import { Tuple } from "../values/objects.ts";
import { compileCall, compileFilter, compileTest } from "./call.ts";
import { compileExpression, type Evaluate, type Place } from "./place.ts";

/** Compiles an expression. */
export function expressionCompiler(
  node: ExpressionNode,
  place: Place,
): Evaluate {
  switch (node.kind) {
    case "literal": {
      const { value } = node;
      return () => value;
    }
    case "name": {
      const { name } = node;
      return (scope) => scope.get(name);
    }
    case "attribute": {
      const { name } = node;
      const target = compileExpression(node.target, place);
      return (scope) => getAttribute(scope.runtime, target(scope), name);
    }
    case "subscript": {
      const target = compileExpression(node.target, place);
      const key = compileExpression(node.key, place);
      return (scope) => getSubscript(scope.runtime, target(scope), key(scope));
    }
    case "slice":
      return compileSlice(node, place);
    case "call":
      return compileCall(node, place);
    case "filter":
      return compileFilter(node, compileExpression(node.target, place), place);
    case "test":
      return compileTest(node, place);
    case "compare":
      return compileCompare(node, place);
    case "conditional":
      return compileConditional(node, place);
    case "logical":
      return compileLogical(node, place);
    case "unary":
      return compileUnary(node, place);
    case "binary": {
      const operation = OPERATIONS[node.operator];
      const left = compileExpression(node.left, place);
      const right = compileExpression(node.right, place);
      return (scope) => operation(scope.runtime, left(scope), right(scope));
    }
    case "concat":
      return compileConcat(node, place);
    case "list": {
      const items = compileAll(node.items, place);
      return (scope) => scope.runtime.own(items.map((item) => item(scope)));
    }
    case "tuple": {
      const items = compileAll(node.items, place);
      return (scope) => new Tuple(items.map((item) => item(scope)));
    }
    case "dict":
      return compileDict(node, place);
    default:
      return node satisfies never;
  }
}

function compileAll(
  nodes: readonly ExpressionNode[],
  place: Place,
): Evaluate[] {
  return nodes.map((node) => compileExpression(node, place));
}

function compileSlice(node: SliceNode, place: Place): Evaluate {
  const { target, start, stop, step } = node;
  const evaluate = compileExpression(target, place);
  const bounds = [start, stop, step].map((bound) =>
    bound === null ? undefined : compileExpression(bound, place)
  );
  const cut = place.isConstant ? getConstantSlice : getSlice;
  return (scope) => {
    const value = evaluate(scope);
    const [start, stop, step] = bounds.map((bound) => bound?.(scope));
    return cut(scope.runtime, value, { start, stop, step });
  };
}

const OPERATIONS: Readonly<Record<BinaryOperator, Operation>> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
  "//": floorDivide,
  "%": modulo,
  "**": power,
};

type Compare = (budget: Budget, left: unknown, right: unknown) => boolean;

const COMPARISONS: Readonly<Record<ComparisonOperator, Compare>> = {
  "==": isEqual,
  "!=": (budget, left, right) => !isEqual(budget, left, right),
  "<": (budget, left, right) => order(budget, left, right, "<") < 0,
  "<=": (budget, left, right) => order(budget, left, right, "<=") <= 0,
  ">": (budget, left, right) => order(budget, left, right, ">") > 0,
  ">=": (budget, left, right) => order(budget, left, right, ">=") >= 0,
  "in": (budget, left, right) => contains(budget, right, left),
  "not in": (budget, left, right) => !contains(budget, right, left),
};

function compileCompare(node: CompareNode, place: Place): Evaluate {
  const first = compileExpression(node.first, place);
  const steps = node.comparisons.map(({ operator, operand }) => ({
    compare: COMPARISONS[operator],
    evaluate: compileExpression(operand, place),
  }));
  return function compareAll(scope) {
    const { budget } = scope.runtime;
    let left = first(scope);
    for (const { compare, evaluate } of steps) {
      const right = evaluate(scope);
      if (!compare(budget, left, right)) return false;
      left = right;
    }
    return true;
  };
}

function compileConditional(node: ConditionalNode, place: Place): Evaluate {
  const inner = { ...place, isConditional: true };
  const test = compileExpression(node.test, inner);
  const value = compileExpression(node.value, inner);
  const otherwise = node.otherwise === null
    ? undefined
    : compileExpression(node.otherwise, inner);
  return (scope) => {
    if (isTrue(test(scope))) return value(scope);
    return otherwise === undefined
      // Jinja2's own is lenient even where undefined variables are errors.
      ? new Undefined("the condition of an inline if without else is false")
      : otherwise(scope);
  };
}

function compileLogical(node: LogicalNode, place: Place): Evaluate {
  const left = compileExpression(node.left, place);
  const right = compileExpression(node.right, place);
  const stopsAt = node.operator === "or";
  return (scope) => {
    const value = left(scope);
    return isTrue(value) === stopsAt ? value : right(scope);
  };
}

function compileUnary(node: UnaryNode, place: Place): Evaluate {
  const evaluate = compileExpression(node.operand, place);
  switch (node.operator) {
    case "not":
      return (scope) => !isTrue(evaluate(scope));
    case "-":
      return (scope) => negate(evaluate(scope));
    case "+":
      return (scope) => plus(evaluate(scope));
    default:
      return node.operator satisfies never;
  }
}

function compileConcat(node: ConcatNode, place: Place): Evaluate {
  const items = compileAll(node.items, place);
  const join = place.escapes === true ? concatenateHtml : concatenate;
  return (scope) =>
    items.map((item) => item(scope))
      .reduce((left, right) => join(scope.runtime, left, right));
}

function compileDict(node: DictNode, place: Place): Evaluate {
  const entries = node.entries.map(({ key, value }) => ({
    key: compileExpression(key, place),
    value: compileExpression(value, place),
  }));
  return (scope) => {
    const { budget } = scope.runtime;
    const dict = new Dict();
    for (const { key, value } of entries) {
      dict.set(budget, key(scope), value(scope));
    }
    return dict;
  };
}
