import { fail } from "../error.ts";
import { isTrue } from "../operators/compare.ts";
import type { Budget } from "../runtime/budget.ts";
import { callNative } from "../runtime/call.ts";
import { Callable, type Keywords } from "../runtime/runtime.ts";
import type { Scope } from "../runtime/scope.ts";
import type {
  Arguments,
  CallNode,
  FilterCall,
  KeywordArgument,
  TestNode,
} from "../syntax/nodes.ts";
import { asMapping, entriesOf } from "../values/dict.ts";
import { toList } from "../values/items.ts";
import { asText, refuse, typeName } from "../values/scalars.ts";
import {
  compileExpression,
  type Evaluate,
  failAt,
  located,
  type Place,
} from "./place.ts";

/** The values of a call's arguments. */
interface ArgumentValues {
  readonly positional: readonly unknown[];
  /** By name; `undefined` if there are none. */
  readonly keywords: Keywords | undefined;
}

/** A keyword argument that the engine adds to a call. */
interface ExtraKeyword {
  readonly name: string;
  readonly evaluate: Evaluate;
}

/** Compiles the arguments of a call; `first` are values in front of them. */
function compileArguments(
  args: Arguments,
  place: Place,
  first: readonly Evaluate[] = [],
  extra: readonly ExtraKeyword[] = [],
): (scope: Scope) => ArgumentValues {
  const positional = [
    ...first,
    ...args.positional.map((node) => compileExpression(node, place)),
  ];
  const keywords = [...compileKeywords(args.keywords, place), ...extra];
  const { list, mapping } = args;
  if (keywords.length === 0 && list === null && mapping === null) {
    return (scope) => ({
      positional: positional.map((evaluate) => evaluate(scope)),
      keywords: undefined,
    });
  }
  const listItems = list === null ? undefined : compileExpression(list, place);
  const entries = mapping === null
    ? undefined
    : compileExpression(mapping, place);
  return (scope) => {
    const values = positional.map((evaluate) => evaluate(scope));
    if (listItems !== undefined) {
      values.push(...toList(scope.runtime.budget, listItems(scope)));
    }
    const named = new Map<string, unknown>();
    for (const { name, evaluate } of keywords) named.set(name, evaluate(scope));
    if (entries !== undefined) {
      addEntries(scope.runtime.budget, named, entries(scope));
    }
    return {
      positional: values,
      keywords: named.size === 0 ? undefined : named,
    };
  };
}

function compileKeywords(
  keywords: readonly KeywordArgument[],
  place: Place,
): ExtraKeyword[] {
  const names = new Set<string>();
  return keywords.map((keyword) => {
    const { name, value } = keyword;
    if (names.has(name)) {
      failAt(place, keyword, `the argument '${name}' is given twice`);
    }
    names.add(name);
    return { name, evaluate: compileExpression(value, place) };
  });
}

function addEntries(
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

/** Compiles a call; a call block adds its body as `caller`. */
export function compileCall(
  node: CallNode,
  place: Place,
  caller?: Evaluate,
): Evaluate {
  const callee = compileExpression(node.callee, place);
  const extra = caller === undefined
    ? []
    : [{ name: "caller", evaluate: caller }];
  const args = compileArguments(node.args, place, [], extra);
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

/** Compiles a filter that is applied to a value. */
export function compileFilter(
  filter: FilterCall,
  value: Evaluate,
  place: Place,
): Evaluate {
  return compileNative("filter", filter, value, place);
}

/** Compiles a test of a value. */
export function compileTest(node: TestNode, place: Place): Evaluate {
  const value = compileExpression(node.target, place);
  const evaluate = compileNative("test", node, value, place);
  return (scope) => isTrue(evaluate(scope));
}

function compileNative(
  kind: "filter" | "test",
  call: FilterCall,
  value: Evaluate,
  place: Place,
): Evaluate {
  const { name } = call;
  const { filters, tests } = place.builtins;
  const native = (kind === "filter" ? filters : tests).get(name);
  const args = compileArguments(call.args, place, [value]);
  if (native === undefined) {
    const message = `no ${kind} named '${name}'`;
    if (!place.isConditional) failAt(place, call, message);
    return located(() => fail(message), place, call);
  }
  return located(
    (scope) => {
      const { positional, keywords } = args(scope);
      return callNative(scope.runtime, name, native, positional, keywords);
    },
    place,
    call,
  );
}
