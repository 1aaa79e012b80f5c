import { type Source, TemplateFailure } from "../error.ts";
import type { Builtins } from "../runtime/runtime.ts";
import type { Block, Execute, Scope } from "../runtime/scope.ts";
import type {
  ExpressionNode,
  Position,
  StatementNode,
} from "../syntax/nodes.ts";
import { Frame } from "./symbols.ts";

/** Computes the value of an expression. */
export type Evaluate = (scope: Scope) => unknown;

/** The compilers of nodes. Expressions and statements may contain each other. */
interface Compilers {
  /** Compiles an expression. */
  expression(node: ExpressionNode, place: Place): Evaluate;
  /** Compiles statements that share a scope. */
  body(nodes: readonly StatementNode[], place: Place): Execute;
}

/** What is known about a node's surroundings when it is compiled. */
export interface Place {
  /** Compile the nodes inside this one. */
  readonly compilers: Compilers;
  /** What templates can use without defining it. */
  readonly builtins: Builtins;
  /** The frame that it belongs to. */
  readonly frame: Frame;
  /** The source that it stands in. */
  readonly source: Source;
  /** The template's blocks so far. One that is still being compiled is `undefined`. */
  readonly blocks: Map<string, Block | undefined>;
  /** Whether templates can load others. */
  readonly canLoad: boolean;
  /** Whether it is in the template's own frame. Blocks and importing templates see what is set there. */
  readonly isTopLevel: boolean;
  /** Whether it writes nothing once the template extends another. */
  readonly isOverridden: boolean;
  /** Whether it stands in a loop that it can break. */
  readonly isInLoop: boolean;
  /** Whether a loop is around it at all, so that `loop` cannot be assigned to. */
  readonly isUnderLoop: boolean;
  /** Whether a condition decides if it runs. Unknown filters are reported only then. */
  readonly isConditional: boolean;
  /** Whether it is part of output that Jinja2 evaluates when it compiles. */
  readonly isConstant: boolean;
  /** Whether output is escaped for HTML; `runtime` if only the rendering knows. */
  readonly escapes: boolean | "runtime";
}

/** Adds the position of a node to an error that has none. */
export function locate(
  error: unknown,
  { source }: Place,
  { position }: { readonly position: Position },
): unknown {
  return error instanceof TemplateFailure
    ? error.locate(source, position)
    : error;
}

/** Fails at a node. */
export function failAt(
  place: Place,
  node: { readonly position: Position },
  message: string,
): never {
  throw locate(new TemplateFailure(message), place, node);
}

/** Adds the position of a node to the errors of an expression. */
export function located(
  evaluate: Evaluate,
  place: Place,
  node: { readonly position: Position },
): Evaluate {
  return function evaluateLocated(scope) {
    try {
      return evaluate(scope);
    } catch (error) {
      throw locate(error, place, node);
    }
  };
}

/** Compiles an expression inside another one. */
export function compileExpression(
  node: ExpressionNode,
  place: Place,
): Evaluate {
  return place.compilers.expression(node, place);
}

/** Compiles an expression of a statement, whose errors are located there. */
export function compileLocated(node: ExpressionNode, place: Place): Evaluate {
  return located(compileExpression(node, place), place, node);
}

/** Compiles statements that share a scope. */
export function compileBody(
  nodes: readonly StatementNode[],
  place: Place,
): Execute {
  return place.compilers.body(nodes, place);
}

/** Returns the place of nodes in an inner frame. */
export function innerPlace(place: Place, frame: Frame): Place {
  return { ...place, frame, isTopLevel: false, isConditional: false };
}

/** Compiles statements that have a scope of their own. */
export function compileScope(
  nodes: readonly StatementNode[],
  place: Place,
): Execute {
  const frame = new Frame({ nodes }, place.frame);
  const unset = frame.unset();
  const run = compileBody(nodes, innerPlace(place, frame));
  return (scope, output) => run(scope.inner(unset), output);
}

/** Returns a function that reports whether output is escaped for HTML. */
export function escaping({ escapes }: Place): (scope: Scope) => boolean {
  return escapes === "runtime"
    ? (scope) => scope.runtime.escapes
    : () => escapes;
}
