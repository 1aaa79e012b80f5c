import { isTrue } from "./compare.ts";
import { compileTarget } from "./compile_target.ts";
import {
  compileBody,
  compileLocated,
  compileScope,
  escaping,
  type Execute,
  locate,
  type Place,
} from "./compiler.ts";
import { Frame } from "./frame.ts";
import { iterator } from "./iterate.ts";
import { LoopContext } from "./loop.ts";
import type { For } from "./nodes.ts";
import { htmlIf, Lazy, refuse } from "./objects.ts";
import { Output, type Scope } from "./scope.ts";
import { typeName } from "./type_name.ts";

/** Makes the function that runs a loop. */
export function compileLoop(node: For, place: Place): Execute {
  const frame = new Frame({ given: [node.name], body: node.body }, place.frame);
  const unset = frame.unset();
  const inner: Place = {
    ...place,
    frame,
    isInLoop: true,
    isUnderLoop: true,
    isConditional: false,
    specialNames: new Set(),
  };
  const source = compileLocated(node.arr, place);
  const assign = compileTarget(node.name, inner);
  const outer = { ...place, isUnderLoop: true, isConditional: false };
  const test = node.test === null
    ? undefined
    : compileLocated(node.test, outer);
  const body = compileBody(node.body, inner);
  const otherwise = node.else_ === null
    ? undefined
    : compileScope(node.else_, outer);
  const usesLoop = node.isRecursive || inner.specialNames.delete("loop");
  for (const name of inner.specialNames) place.specialNames.add(name);

  function* filtered(scope: Scope, items: Iterator<unknown>) {
    for (let item = items.next(); !item.done; item = items.next()) {
      scope.runtime.step();
      const own = scope.inner();
      assign(own, item.value);
      if (isTrue(test!(own))) yield item.value;
    }
  }

  function start(scope: Scope, value: unknown, depth: number): LoopContext {
    let items = iterator(value);
    if (items === undefined) {
      try {
        refuse(value, `'${typeName(value)}' object is not iterable`);
      } catch (error) {
        throw locate(error, place, node.arr);
      }
    }
    if (test !== undefined) items = filtered(scope, items);
    return new LoopContext(scope.runtime, {
      source: test === undefined ? value : new Lazy(items),
      items,
      depth,
      recurse: node.isRecursive
        ? (value, depth) => recurse(scope, value, depth)
        : undefined,
    });
  }

  const escapesIn = escaping(place);

  function recurse(scope: Scope, value: unknown, depth: number): unknown {
    const output = new Output(scope.runtime);
    scope.runtime.enter(() => run(scope, output, value, depth));
    return htmlIf(escapesIn(scope), output.text);
  }

  function run(scope: Scope, output: Output, value: unknown, depth: number) {
    const { runtime } = scope;
    const loop = start(scope, value, depth);
    let isFinished = false;
    for (let item = loop.next(); !item.done; item = loop.next()) {
      runtime.step();
      const own = scope.inner(unset);
      if (usesLoop) own.set("loop", loop);
      assign(own, item.value);
      const flow = body(own, output);
      if (flow === "break") break;
      // Jinja2 notes that there was something only at the body's end.
      if (flow === "next") isFinished = true;
    }
    return isFinished || otherwise === undefined
      ? "next"
      : otherwise(scope, output);
  }

  return (scope, output) => run(scope, output, source(scope), 0);
}
