import { isTrue } from "../operators/compare.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Execute } from "../runtime/scope.ts";
import type {
  AutoescapeNode,
  CallBlockNode,
  ExpressionNode,
  FilterBlockNode,
  IfNode,
  LoopControlNode,
  MacroNode,
  SetBlockNode,
  StatementNode,
  WithNode,
} from "../syntax/nodes.ts";
import { escapeHtml, toText } from "../values/print.ts";
import { Markup } from "../values/scalars.ts";
import { compileTarget, compileVariable } from "./assign.ts";
import { compileCall } from "./call.ts";
import { compileCapture } from "./capture.ts";
import { isConstant, targetNames } from "../syntax/walk.ts";
import { compileFromImport, compileImport, compileInclude } from "./include.ts";
import { compileBlock, compileExtends } from "./inheritance.ts";
import { compileFor } from "./loop.ts";
import { compileMacro } from "./macro.ts";
import {
  compileBody,
  compileExpression,
  compileLocated,
  compileScope,
  type Evaluate,
  failAt,
  innerPlace,
  locate,
  type Place,
} from "./place.ts";
import { Frame } from "./symbols.ts";

/** Compiles statements that share a scope. */
export function bodyCompiler(
  nodes: readonly StatementNode[],
  place: Place,
): Execute {
  const statements = nodes.flatMap((node) => compileStatement(node, place));
  const [first] = statements;
  if (first !== undefined && statements.length === 1) return first;
  return function runAll(scope, output) {
    for (const run of statements) {
      const flow = run(scope, output);
      if (flow !== "next") return flow;
    }
    return "next";
  };
}

function compileStatement(
  node: StatementNode,
  place: Place,
): Execute | Execute[] {
  switch (node.kind) {
    case "text": {
      const { text } = node;
      return compileUnlessOverridden(place, (_scope, output) => {
        output.write(text);
        return "next";
      });
    }
    case "output":
      return node.expressions.map((item) =>
        compileUnlessOverridden(place, compileOutput(item, place))
      );
    case "if":
      return compileIf(node, place);
    case "for":
      return compileFor(node, place);
    case "set": {
      // symbols.ts decides which frame the name belongs to.
      const evaluate = compileLocated(node.value, place);
      const assign = compileTarget(node.target, place);
      return (scope) => {
        assign(scope, evaluate(scope));
        return "next";
      };
    }
    case "setBlock":
      return compileSetBlock(node, place);
    case "macro":
      return compileMacroStatement(node, place);
    case "callBlock":
      return compileCallBlock(node, place);
    case "filterBlock":
      return compileFilterBlock(node, place);
    case "with":
      return compileWith(node, place);
    case "block":
      return compileBlock(node, place);
    case "autoescape":
      return compileAutoescape(node, place);
    case "break":
    case "continue":
      return compileLoopControl(node, place);
    case "extends":
      return compileExtends(node, place);
    case "include":
      return compileInclude(node, place);
    case "import":
      return compileImport(node, place);
    case "fromImport":
      return compileFromImport(node, place);
    default:
      return node satisfies never;
  }
}

/** Runs a statement unless the template extends another, which then writes in its place. */
function compileUnlessOverridden(place: Place, run: Execute): Execute {
  if (!place.isOverridden) return run;
  return (scope, output) =>
    scope.context.isExtending ? "next" : run(scope, output);
}

function compileOutput(node: ExpressionNode, place: Place): Execute {
  const inner = isConstant(node) ? { ...place, isConstant: true } : place;
  return compileWrite(compileExpression(node, inner), node, inner);
}

/** Writes a value that a node computes. */
function compileWrite(
  evaluate: Evaluate,
  node: ExpressionNode,
  place: Place,
): Execute {
  const print = printing(place);
  return (scope, output) => {
    let text: string;
    try {
      text = print(scope.runtime, evaluate(scope));
    } catch (error) {
      throw locate(error, place, node);
    }
    output.write(text);
    return "next";
  };
}

function printing(
  { escapes, isConstant }: Place,
): (runtime: Runtime, value: unknown) => string {
  const always = escapes === true ? escapeHtml : toText;
  // Jinja2 prints constants before it knows whether to escape.
  if (escapes !== "runtime" || isConstant) {
    return ({ budget }, value) => always(budget, value);
  }
  return ({ budget, escapes }, value) =>
    escapes ? escapeHtml(budget, value) : toText(budget, value);
}

function compileIf(node: IfNode, place: Place): Execute {
  const inner = { ...place, isConditional: true };
  const branches = node.branches.map(({ test, body }) => ({
    test: compileLocated(test, inner),
    run: compileBody(body, inner),
  }));
  const otherwise = node.otherwise === null
    ? undefined
    : compileBody(node.otherwise, inner);
  return (scope, output) => {
    for (const { test, run } of branches) {
      if (isTrue(test(scope))) return run(scope, output);
    }
    return otherwise === undefined ? "next" : otherwise(scope, output);
  };
}

function compileSetBlock(node: SetBlockNode, place: Place): Execute {
  const capture = compileCapture(
    node,
    place,
    ({ budget, escapes }, value) =>
      escapes ? new Markup(toText(budget, value)) : value,
  );
  const assign = compileTarget(node.target, place);
  return (scope) => {
    const captured = capture(scope);
    if (captured.flow === "next") assign(scope, captured.value);
    return captured.flow;
  };
}

function compileMacroStatement(node: MacroNode, place: Place): Execute {
  const define = compileMacro(node, place);
  const assign = compileVariable(node.name, place);
  return (scope) => {
    assign(scope, define(scope));
    return "next";
  };
}

function compileCallBlock(node: CallBlockNode, place: Place): Execute {
  const caller = compileMacro(node, place);
  const call = compileCall(node.call, place, caller);
  return compileWrite(call, node.call, place);
}

function compileFilterBlock(node: FilterBlockNode, place: Place): Execute {
  const capture = compileCapture(
    node,
    place,
    ({ budget }, value) => toText(budget, value),
  );
  return (scope, output) => {
    const captured = capture(scope);
    if (captured.flow === "next") output.write(captured.value);
    return captured.flow;
  };
}

function compileWith(node: WithNode, place: Place): Execute {
  const targets = node.bindings.map(({ target }) => target);
  const frame = new Frame({
    parameters: targets.flatMap(targetNames),
    nodes: node.body,
  }, place.frame);
  const unset = frame.unset();
  const inner = innerPlace(place, frame);
  const bindings = node.bindings.map(({ target, value }) => ({
    assign: compileTarget(target, { ...inner, isUnderLoop: false }),
    evaluate: compileLocated(value, place),
  }));
  const run = compileBody(node.body, inner);
  return (scope, output) => {
    const own = scope.inner(unset);
    for (const { assign, evaluate } of bindings) assign(own, evaluate(scope));
    return run(own, output);
  };
}

function compileAutoescape(node: AutoescapeNode, place: Place): Execute {
  const { enabled } = node;
  const evaluate = compileLocated(enabled, place);
  const escapes = enabled.kind === "literal" && place.escapes !== "runtime"
    ? isTrue(enabled.value)
    : "runtime";
  const run = compileScope(node.body, { ...place, escapes });
  return (scope, output) => {
    const { runtime } = scope;
    const outside = runtime.escapes;
    runtime.escapes = isTrue(evaluate(scope));
    try {
      return run(scope, output);
    } finally {
      runtime.escapes = outside;
    }
  };
}

function compileLoopControl(
  { kind, position }: LoopControlNode,
  place: Place,
): Execute {
  if (!place.isInLoop) {
    failAt(place, { position }, `{% ${kind} %} stands outside a loop`);
  }
  return () => kind;
}
