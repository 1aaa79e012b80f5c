import { Output } from "../runtime/output.ts";
import type { Flow, Scope } from "../runtime/scope.ts";
import type { FilterBlockNode, SetBlockNode } from "../syntax/nodes.ts";
import { htmlIf } from "../values/markup.ts";
import { compileFilter } from "./call.ts";
import {
  compileBody,
  escaping,
  type Evaluate,
  innerPlace,
  type Place,
} from "./place.ts";
import { Frame } from "./symbols.ts";

/** What the body of a set or filter block did. */
interface Captured {
  /** What it does to the loop around it. */
  readonly flow: Flow;
  /** The text that it wrote, filtered; `undefined` if it left the loop. */
  readonly value: unknown;
}

// A name that no template can write.
const TEXT = "";

/** Compiles a body whose text goes through filters. These see the names that the body sets. */
export function compileCapture(
  { kind, body, filters }: SetBlockNode | FilterBlockNode,
  place: Place,
): (scope: Scope) => Captured {
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
    if (flow !== "next") return { flow, value: undefined };
    own.set(TEXT, htmlIf(escapesIn(scope), output.text));
    return { flow, value: filtered(own) };
  };
}
