import type { Budget } from "../runtime/budget.ts";
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
import { getAttribute, getSubscript } from "../operators/attributes.ts";
import { getConstantSlice, getSlice } from "../operators/slice.ts";
import { contains } from "../values/contains.ts";
import { isEqual } from "../values/equality.ts";
import { isTrue } from "../values/truth.ts";
import { order } from "../values/order.ts";
import { compileCapture, compileMacro } from "./macro.ts";
import {
  compileExpression,
  type Evaluate,
  failAt,
  isConstant,
  located,
  type Place,
  SPECIAL_NAMES,
} from "./compiler.ts";
import { asMapping, Dict, entriesOf } from "../values/dict.ts";
import { fail } from "../error.ts";
import { FILTERS } from "../filters/mod.ts";
import { toList } from "../values/iterate.ts";
import { callNative } from "../runtime/call.ts";
import type { NativeTable, Runtime } from "../runtime/runtime.ts";
import type {
  Attribute,
  Binary,
  Call,
  Capture,
  Compare,
  If,
  Is,
  List,
  Literal,
  Lookup,
  Macro,
  Name,
  Node,
  Pair,
  Slice,
  Splat,
  Unary,
} from "../syntax/nodes.ts";
import { asText } from "../values/markup.ts";
import { Callable, type Keywords } from "../runtime/object.ts";
import { makeUndefined } from "../runtime/undefined.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { Tuple } from "../values/tuple.ts";
import type { Scope } from "../runtime/scope.ts";
import { TESTS } from "../filters/tests.ts";

/** What a call hands over. */
interface Arguments {
  /** By position. */
  readonly positional: unknown[];
  /** By name; undefined if there are none. */
  readonly keywords: Keywords | undefined;
}

/** Makes the function that gives a call's arguments. */
function compileArguments(
  args: List,
  place: Place,
): (scope: Scope) => Arguments {
  const positional: Evaluate[] = [];
  const keywords: { name: string; evaluate: Evaluate }[] = [];
  let list: Evaluate | undefined;
  let mapping: Evaluate | undefined;
  for (const node of args.children) {
    switch (node.typename) {
      case "KeywordArgs":
        for (const pair of (node as List<Pair>).children) {
          addKeyword(keywords, pair, place);
        }
        break;
      case "Splat":
        list = compileExpression((node as Splat).value, place);
        break;
      case "DoubleSplat":
        mapping = compileExpression((node as Splat).value, place);
        break;
      default:
        positional.push(compileExpression(node, place));
    }
  }
  if (keywords.length === 0 && list === undefined && mapping === undefined) {
    return (scope) => ({
      positional: positional.map((evaluate) => evaluate(scope)),
      keywords: undefined,
    });
  }
  return (scope) => {
    const values = positional.map((evaluate) => evaluate(scope));
    if (list !== undefined) {
      values.push(...toList(scope.runtime.budget, list(scope)));
    }
    const named = new Map<string, unknown>();
    for (const { name, evaluate } of keywords) named.set(name, evaluate(scope));
    if (mapping !== undefined) {
      addMapping(scope.runtime.budget, named, mapping(scope));
    }
    return {
      positional: values,
      keywords: named.size === 0 ? undefined : named,
    };
  };
}

function addKeyword(
  keywords: { name: string; evaluate: Evaluate }[],
  { key, value }: Pair,
  place: Place,
): void {
  const name = (key as Name).value;
  if (keywords.some((keyword) => keyword.name === name)) {
    failAt(place, key as Node, `the argument '${name}' is given twice`);
  }
  keywords.push({ name, evaluate: compileExpression(value, place) });
}

function addMapping(
  budget: Budget,
  named: Map<string, unknown>,
  value: unknown,
): void {
  const mapping = asMapping(value) ?? refuse(value, "** takes a mapping");
  for (const [key, item] of entriesOf(budget, mapping)) {
    const name = asText(key) ?? fail("** takes keys that are strings");
    if (named.has(name)) fail(`the argument '${name}' is given twice`);
    named.set(name, item);
  }
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ["Add", add],
  ["Sub", subtract],
  ["Mul", multiply],
  ["Div", divide],
  ["FloorDiv", floorDivide],
  ["Mod", modulo],
  ["Pow", power],
]);

/** Makes the function that gives an expression's value. */
export function expressionCompiler(node: Node, place: Place): Evaluate {
  const operation = OPERATIONS.get(node.typename);
  if (operation !== undefined) {
    return compileBinary(node as Binary, operation, place);
  }
  switch (node.typename) {
    case "Literal":
      return compileLiteral(node as Literal);
    case "Symbol":
      return compileName(node as Name, place);
    case "Attribute":
      return compileAttribute(node as Attribute, place);
    case "LookupVal":
      return compileLookup(node as Lookup, place);
    case "FunCall":
      return compileCall(node as Call, place);
    case "Filter":
      return compileFilter(node as Call, place);
    case "Is":
      return compileTest(node as Is, place);
    case "Compare":
      return compileCompare(node as Compare, place);
    case "InlineIf":
      return compileInlineIf(node as If, place);
    case "Or":
    case "And":
      return compileLogic(node as Binary, place);
    case "Not":
    case "Neg":
    case "Pos":
      return compileUnary(node as Unary, place);
    case "Concat":
      return compileConcat(node as Binary, place);
    case "Array":
      return compileList(node as List, place);
    case "Group":
      return compileTuple(node as List, place);
    case "Dict":
      return compileDict(node as List<Pair>, place);
    case "Capture":
      return compileCapture(node as Capture, place);
    case "Caller":
      return compileMacro(node as Macro, place);
    default:
      return failAt(
        place,
        node,
        "a slice stands only in brackets behind a value",
      );
  }
}

function compileLiteral({ value }: Literal): Evaluate {
  return () => value;
}

function compileName({ value }: Name, place: Place): Evaluate {
  if (SPECIAL_NAMES.has(value)) place.specialNames.add(value);
  return (scope) => scope.get(value);
}

function compileAttribute({ target, name }: Attribute, place: Place): Evaluate {
  const evaluate = compileExpression(target, place);
  return (scope) => getAttribute(scope.runtime, evaluate(scope), name);
}

function compileLookup({ target, val }: Lookup, place: Place): Evaluate {
  const evaluate = compileExpression(target, place);
  if (val.typename === "Slice") {
    const slice = val as Slice;
    const start = compileBound(slice.start, place);
    const stop = compileBound(slice.stop, place);
    const step = compileBound(slice.step, place);
    const cut = isConstant(target) && isConstant(slice)
      ? getConstantSlice
      : getSlice;
    return (scope) =>
      cut(scope.runtime, evaluate(scope), {
        start: start?.(scope),
        stop: stop?.(scope),
        step: step?.(scope),
      });
  }
  const key = compileExpression(val, place);
  return (scope) => getSubscript(scope.runtime, evaluate(scope), key(scope));
}

function compileBound(node: Node | null, place: Place): Evaluate | undefined {
  return node === null ? undefined : compileExpression(node, place);
}

function compileCall(node: Call, place: Place): Evaluate {
  const callee = compileExpression(node.name, place);
  const args = compileArguments(node.args, place);
  return located(
    (scope) => {
      const target = callee(scope);
      const { positional, keywords } = args(scope);
      return target instanceof Callable
        ? target.call(scope.runtime, positional, keywords)
        : refuse(target, `'${typeName(target)}' object is not callable`);
    },
    place,
    node,
  );
}

function compileFilter(node: Call, place: Place): Evaluate {
  return compileNative(node, place, FILTERS, "filter");
}

function compileTest({ left, right }: Is, place: Place): Evaluate {
  right.args.children.unshift(left);
  const evaluate = compileNative(right, place, TESTS, "test");
  return (scope) => isTrue(evaluate(scope));
}

function compileNative(
  node: Call,
  place: Place,
  table: NativeTable,
  kind: string,
): Evaluate {
  const name = (node.name as Name).value;
  const native = table.get(name);
  const args = compileArguments(node.args, place);
  if (native === undefined) {
    const message = `no ${kind} named '${name}'`;
    if (!place.isConditional) failAt(place, node, message);
    return located(() => fail(message), place, node);
  }
  return located(
    (scope) => {
      const { positional, keywords } = args(scope);
      return callNative(scope.runtime, name, native, positional, keywords);
    },
    place,
    node,
  );
}

type Comparison = (runtime: Runtime, left: unknown, right: unknown) => boolean;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<
  string,
  Comparison
>([
  ["==", (runtime, left, right) => isEqual(runtime.budget, left, right)],
  ["!=", (runtime, left, right) => !isEqual(runtime.budget, left, right)],
  ["<", (runtime, left, right) => order(runtime.budget, left, right, "<") < 0],
  [
    "<=",
    (runtime, left, right) => order(runtime.budget, left, right, "<=") <= 0,
  ],
  [">", (runtime, left, right) => order(runtime.budget, left, right, ">") > 0],
  [
    ">=",
    (runtime, left, right) => order(runtime.budget, left, right, ">=") >= 0,
  ],
  ["in", (runtime, left, right) => contains(runtime.budget, right, left)],
  ["not in", (runtime, left, right) => !contains(runtime.budget, right, left)],
]);

function compileCompare({ expr, ops }: Compare, place: Place): Evaluate {
  const first = compileExpression(expr, place);
  const steps = ops.map((operand) => ({
    compare: COMPARISONS.get(operand.type)!,
    evaluate: compileExpression(operand.expr, place),
  }));
  return function compareAll(scope) {
    let left = first(scope);
    for (const { compare, evaluate } of steps) {
      const right = evaluate(scope);
      if (!compare(scope.runtime, left, right)) return false;
      left = right;
    }
    return true;
  };
}

function compileInlineIf({ cond, body, else_ }: If, place: Place): Evaluate {
  const inner = { ...place, isConditional: true };
  const test = compileExpression(cond, inner);
  const value = compileExpression(body, inner);
  const otherwise = else_ === null
    ? undefined
    : compileExpression(else_, inner);
  return (scope) => {
    if (isTrue(test(scope))) return value(scope);
    return otherwise === undefined
      ? makeUndefined(scope.runtime, "an inline if without else was false")
      : otherwise(scope);
  };
}

function compileLogic(node: Binary, place: Place): Evaluate {
  const left = compileExpression(node.left, place);
  const right = compileExpression(node.right, place);
  const stopsAt = node.typename === "Or";
  return (scope) => {
    const value = left(scope);
    return isTrue(value) === stopsAt ? value : right(scope);
  };
}

function compileUnary(node: Unary, place: Place): Evaluate {
  const evaluate = compileExpression(node.target, place);
  switch (node.typename) {
    case "Not":
      return (scope) => !isTrue(evaluate(scope));
    case "Neg":
      return (scope) => negate(evaluate(scope));
    default:
      return (scope) => plus(evaluate(scope));
  }
}

function compileBinary(
  node: Binary,
  operation: Operation,
  place: Place,
): Evaluate {
  const left = compileExpression(node.left, place);
  const right = compileExpression(node.right, place);
  return (scope) => operation(scope.runtime, left(scope), right(scope));
}

function compileConcat(node: Binary, place: Place): Evaluate {
  const left = compileExpression(node.left, place);
  const right = compileExpression(node.right, place);
  const join = place.escapes === true ? concatenateHtml : concatenate;
  return (scope) => join(scope.runtime, left(scope), right(scope));
}

function compileList({ children }: List, place: Place): Evaluate {
  const items = children.map((child) => compileExpression(child, place));
  return (scope) => scope.runtime.own(items.map((item) => item(scope)));
}

function compileTuple({ children }: List, place: Place): Evaluate {
  const items = children.map((child) => compileExpression(child, place));
  return (scope) => new Tuple(items.map((item) => item(scope)));
}

function compileDict({ children }: List<Pair>, place: Place): Evaluate {
  const pairs = children.map(({ key, value }) => ({
    key: compileExpression(key, place),
    value: compileExpression(value, place),
  }));
  return (scope) => {
    const dict = new Dict();
    for (const { key, value } of pairs) {
      dict.set(scope.runtime.budget, key(scope), value(scope));
    }
    return dict;
  };
}
