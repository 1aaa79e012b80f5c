import { Output } from "../runtime/budget.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Scope } from "../runtime/scope.ts";
import type { FilterBlockNode, SetBlockNode } from "../syntax/nodes.ts";
import { htmlIf } from "../values/scalars.ts";
import { compileFilter } from "./call.ts";
import {
  compileBody,
  escaping,
  type Evaluate,
  innerPlace,
  locate,
  type Place,
} from "./place.ts";
import { Frame } from "./symbols.ts";

/** The result of a set or filter block: its value, unless it left the loop around it. */
type Captured<T> =
  | { readonly flow: "next"; readonly value: T }
  | { readonly flow: "break" | "continue" };

// A name that no template can write.
const TEXT = "";

/**
 * Compiles a body whose text goes through filters, which see the variables that
 * the body sets, and then through `finish`.
 */
export function compileCapture<T>(
  node: SetBlockNode | FilterBlockNode,
  place: Place,
  finish: (runtime: Runtime, value: unknown) => T,
): (scope: Scope) => Captured<T> {
  const { kind, body, filters } = node;
  const frame = new Frame({ nodes: body }, place.frame);
  const unset = frame.unset();
  const inner = innerPlace(place, frame);
  const run = compileBody(
    body,
    kind === "setBlock" ? { ...inner, isOverridden: false } : inner,
  );
  const escapesIn = escaping(place);
  const filtered = filters.reduce<Evaluate>(
    (value, filter) => compileFilter(filter, value, inner),
    (scope) => scope.get(TEXT),
  );
  return (scope) => {
    const own = scope.inner(unset);
    const output = new Output(scope.runtime.budget);
    const flow = run(own, output);
    if (flow !== "next") return { flow };
    own.set(TEXT, htmlIf(escapesIn(scope), output.text));
    try {
      return { flow, value: finish(scope.runtime, filtered(own)) };
    } catch (error) {
      throw locate(error, place, node);
    }
  };
}
