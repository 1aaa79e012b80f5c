import { isTrue } from "../operators/compare.ts";
import { Output } from "../runtime/budget.ts";
import type { Execute, Flow, Scope } from "../runtime/scope.ts";
import type { ForNode, StatementNode } from "../syntax/nodes.ts";
import { statementsIn, targetNames } from "../syntax/walk.ts";
import { iterator } from "../values/items.ts";
import { LoopContext } from "../values/loop.ts";
import { Lazy } from "../values/objects.ts";
import { htmlIf, refuse, typeName } from "../values/scalars.ts";
import { type Assign, compileTarget } from "./assign.ts";
import {
  compileBody,
  compileLocated,
  compileScope,
  escaping,
  type Evaluate,
  innerPlace,
  locate,
  type Place,
} from "./place.ts";
import { Frame, type FrameParts, reads } from "./symbols.ts";

/** Compiles a loop. */
export function compileFor(node: ForNode, place: Place): Execute {
  const parts = loopParts(node);
  const providesLoop = parts.parameters.includes("loop");
  const frame = new Frame(parts, place.frame);
  const unset = frame.unset();
  const inner: Place = {
    ...innerPlace(place, frame),
    isInLoop: true,
    isUnderLoop: true,
  };
  const outer = { ...place, isUnderLoop: true, isConditional: false };
  const source = compileLocated(node.iterable, place);
  const assign = compileTarget(node.target, inner);
  const test = node.test === null
    ? undefined
    : compileLocated(node.test, outer);
  const body = compileBody(node.body, inner);
  const otherwise = node.otherwise === null
    ? undefined
    : compileScope(node.otherwise, outer);
  const escapesIn = escaping(place);

  function itemsOf(scope: Scope, value: unknown): Iterator<unknown> {
    const items = iterator(scope.runtime.budget, value);
    if (items !== undefined) {
      return test === undefined ? items : filtered(scope, items, assign, test);
    }
    try {
      refuse(value, `'${typeName(value)}' object is not iterable`);
    } catch (error) {
      throw locate(error, place, node.iterable);
    }
  }

  function run(
    scope: Scope,
    output: Output,
    value: unknown,
    depth: number,
  ): Flow {
    const { budget } = scope.runtime;
    const items = itemsOf(scope, value);
    const loop = providesLoop
      ? new LoopContext(scope.runtime, {
        source: test === undefined ? value : new Lazy(items),
        items,
        depth,
        recurse: node.isRecursive
          ? (value, depth) => recurse(scope, value, depth)
          : undefined,
      })
      : undefined;
    const steps = loop ?? items;
    let isFinished = false;
    for (let item = steps.next(); !item.done; item = steps.next()) {
      budget.step();
      const own = scope.inner(unset);
      if (loop !== undefined) own.set("loop", loop);
      assign(own, item.value);
      const flow = body(own, output);
      if (flow === "break") break;
      // Jinja2 records only at the end of the body that there was an item.
      if (flow === "next") isFinished = true;
    }
    return isFinished || otherwise === undefined
      ? "next"
      : otherwise(scope, output);
  }

  function recurse(scope: Scope, value: unknown, depth: number): unknown {
    const { budget } = scope.runtime;
    const output = new Output(budget);
    budget.enter(() => run(scope, output, value, depth));
    return htmlIf(escapesIn(scope), output.text);
  }

  return (scope, output) => run(scope, output, source(scope), 0);
}

function* filtered(
  scope: Scope,
  items: Iterator<unknown>,
  assign: Assign,
  test: Evaluate,
): Generator<unknown, void> {
  for (let item = items.next(); !item.done; item = items.next()) {
    scope.runtime.budget.step();
    const own = scope.inner();
    assign(own, item.value);
    if (isTrue(test(own))) yield item.value;
  }
}

/** Returns the contents of the frame of a loop's body. It has a `loop` if anything reads it. */
export function loopParts(
  { target, body, isRecursive }: ForNode,
): FrameParts & { readonly parameters: readonly string[] } {
  const parameters = targetNames(target);
  if (isRecursive || reads(body, "loop") || body.some(hasScopedBlock)) {
    parameters.push("loop");
  }
  return { parameters, nodes: body };
}

function hasScopedBlock(node: StatementNode): boolean {
  return node.kind === "block" && node.isScoped ||
    statementsIn(node).some(hasScopedBlock);
}
