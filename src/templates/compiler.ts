import { type Origin, TemplateFailure } from "./failure.ts";
import { Frame } from "./frame.ts";
import type { Node } from "./nodes.ts";
import type { Output, Scope } from "./scope.ts";

/** Gives an expression's value. */
export type Evaluate = (scope: Scope) => unknown;

/** What a statement does to the loop around it. */
export type Flow = "next" | "break" | "continue";

/** Carries a `break` or `continue` out of the body of a set or filter block. */
export class LoopSignal extends Error {
  /** What it does to the loop. */
  readonly flow: Flow;

  constructor(flow: Flow) {
    super(flow);
    this.flow = flow;
  }
}

/** Runs a statement. */
export type Execute = (scope: Scope, output: Output) => Flow;

/** A named block, ready to run. */
export interface CompiledBlock {
  /** Runs its body. */
  readonly run: Execute;
  /** Its own names, that have no value at its start. */
  readonly unset: readonly string[] | undefined;
  /** Whether it has to be filled by another template, which there is none. */
  readonly isRequired: boolean;
}

/** What makes functions of nodes; each kind may hold nodes of the other. */
export interface Compilers {
  /** Makes the function that gives an expression's value. */
  expression(node: Node, place: Place): Evaluate;
  /** Makes the function that runs a body's statements. */
  body(node: Node, place: Place): Execute;
}

/** What is known where a node stands. */
export interface Place {
  /** Makes functions of the nodes inside. */
  readonly compilers: Compilers;
  /** The scope that it belongs to. */
  readonly frame: Frame;
  /** The text that it stands in. */
  readonly origin: Origin;
  /** The template's blocks. */
  readonly blocks: Map<string, CompiledBlock>;
  /** Whether a loop is around it, that it can break. */
  readonly isInLoop: boolean;
  /** Whether a loop is around it at all, so that `loop` cannot be assigned to. */
  readonly isUnderLoop: boolean;
  /** Whether it may never be reached, so that unknown filters are found late. */
  readonly isConditional: boolean;
  /** Whether what is printed is escaped for HTML; `runtime`: that is decided there. */
  readonly escapes: boolean | "runtime";
  /** The special names that were read so far. */
  readonly specialNames: Set<string>;
}

/** The names whose use decides what a macro or a loop provides. */
export const SPECIAL_NAMES: ReadonlySet<string> = new Set([
  "caller",
  "kwargs",
  "loop",
  "varargs",
]);

/** Adds to an error where it happened. */
export function locate(error: unknown, place: Place, node: Node): unknown {
  return error instanceof TemplateFailure
    ? error.locate(place.origin, node.lineno, node.colno)
    : error;
}

/** Gives up on a node. */
export function failAt(place: Place, node: Node, message: string): never {
  throw locate(new TemplateFailure(message), place, node);
}

/** Makes the errors of an expression tell where it stands. */
export function located(
  evaluate: Evaluate,
  place: Place,
  node: Node,
): Evaluate {
  return function evaluateLocated(scope) {
    try {
      return evaluate(scope);
    } catch (error) {
      throw locate(error, place, node);
    }
  };
}

/** Makes the function that gives an expression's value. */
export function compileExpression(node: Node, place: Place): Evaluate {
  return place.compilers.expression(node, place);
}

/** Makes the function that gives the value of a statement's expression. */
export function compileLocated(node: Node, place: Place): Evaluate {
  return located(compileExpression(node, place), place, node);
}

/** Makes the function that tells whether what is printed is escaped. */
export function escaping({ escapes }: Place): (scope: Scope) => boolean {
  return escapes === "runtime"
    ? (scope) => scope.runtime.escapes
    : () => escapes;
}

/** Makes the function that runs several statements in a scope of their own. */
export function compileScope(node: Node, place: Place): Execute {
  const frame = new Frame({ body: node }, place.frame);
  const unset = frame.unset();
  const run = compileBody(node, { ...place, frame });
  return (scope, output) => run(scope.inner(unset), output);
}

/** Makes the function that runs several statements. */
export function compileBody(node: Node, place: Place): Execute {
  return place.compilers.body(node, place);
}
