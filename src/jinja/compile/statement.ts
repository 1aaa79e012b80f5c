import { isTrue } from "../values/truth.ts";
import { compileMacro } from "./macro.ts";
import {
  compileBody,
  compileExpression,
  compileLocated,
  compileScope,
  escaping,
  type Evaluate,
  type Execute,
  failAt,
  Frame,
  isConstant,
  locate,
  located,
  LoopSignal,
  type Place,
} from "./compiler.ts";
import { fail } from "../error.ts";
import { iterator, toList } from "../values/iterate.ts";
import { LoopContext } from "../values/loop.ts";
import type {
  Assignment,
  Attribute,
  Autoescape,
  Block,
  Call,
  For,
  If,
  List,
  Literal,
  Macro,
  Name,
  Node,
  With,
} from "../syntax/nodes.ts";
import { htmlIf, Markup } from "../values/markup.ts";
import { Lazy } from "../values/lazy.ts";
import { Namespace } from "../values/namespace.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { Output } from "../runtime/output.ts";
import type { Scope } from "../runtime/scope.ts";
import { escapeHtml, toText } from "../values/print.ts";

/** Assigns a value to what stands left of `=`, or before `in`. */
type Assign = (scope: Scope, value: unknown) => void;

/** Makes the function that assigns to a name, to several, or to a namespace. */
function compileTarget(node: Node, place: Place): Assign {
  switch (node.typename) {
    case "Symbol": {
      const name = (node as Name).value;
      if (name === "loop" && place.isUnderLoop) {
        failAt(place, node, "'loop' cannot be assigned to inside a loop");
      }
      return (scope, value) => scope.set(name, value);
    }
    case "Group":
      return compileNames(node as List, place);
    case "Attribute":
      return compileNamespaceTarget(node as Attribute, place);
    default:
      return failAt(place, node, "expected a name to assign to");
  }
}

function compileNames(node: List, place: Place): Assign {
  const targets = node.children.map((child) => compileTarget(child, place));
  return (scope, value) => {
    const values = unpack(scope, value, targets.length, node, place);
    for (const [index, assign] of targets.entries()) {
      assign(scope, values[index]);
    }
  };
}

function unpack(
  scope: Scope,
  value: unknown,
  count: number,
  node: Node,
  place: Place,
): unknown[] {
  try {
    const values = toList(scope.runtime.budget, value);
    if (values.length !== count) {
      fail(`it unpacks ${count} values but there are ${values.length}`);
    }
    return values;
  } catch (error) {
    throw locate(error, place, node);
  }
}

function compileNamespaceTarget(
  { target, name, ...node }: Attribute,
  place: Place,
): Assign {
  const namespaceName = (target as Name).value;
  return (scope, value) => {
    const namespace = scope.get(namespaceName);
    if (!(namespace instanceof Namespace)) {
      failAt(
        place,
        node as Node,
        `'${namespaceName}' is no namespace, so its attributes cannot be set`,
      );
    }
    namespace.values.set(name, value);
  };
}

/** Makes the function that runs a loop. */
function compileLoop(node: For, place: Place): Execute {
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
      scope.runtime.budget.step();
      const own = scope.inner();
      assign(own, item.value);
      if (isTrue(test!(own))) yield item.value;
    }
  }

  function start(scope: Scope, value: unknown, depth: number): LoopContext {
    let items = iterator(scope.runtime.budget, value);
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
    const output = new Output(scope.runtime.budget);
    scope.runtime.budget.enter(() => run(scope, output, value, depth));
    return htmlIf(escapesIn(scope), output.text);
  }

  function run(scope: Scope, output: Output, value: unknown, depth: number) {
    const { runtime } = scope;
    const loop = start(scope, value, depth);
    let isFinished = false;
    for (let item = loop.next(); !item.done; item = loop.next()) {
      runtime.budget.step();
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

/** Makes the function that runs several statements. */
export function bodyCompiler(node: Node, place: Place): Execute {
  const nodes = node.typename === "If" ? [node] : (node as List).children;
  const statements = nodes.flatMap((child) => compileStatement(child, place));
  if (statements.length === 1) return statements[0]!;
  return function runAll(scope, output) {
    for (const run of statements) {
      const flow = run(scope, output);
      if (flow !== "next") return flow;
    }
    return "next";
  };
}

function compileStatement(node: Node, place: Place): Execute | Execute[] {
  switch (node.typename) {
    case "Output":
      return (node as List).children.map((child) =>
        withLoopSignals(compileOutput(child, place), child, place)
      );
    case "If":
      return compileIf(node as If, place);
    case "For":
      return compileLoop(node as For, place);
    case "Set":
      return withLoopSignals(
        compileSet(node as Assignment, place),
        (node as Assignment).value,
        place,
      );
    case "Macro":
      return compileMacroStatement(node as Macro, place);
    case "With":
      return compileWith(node as With, place);
    case "Block":
      return compileBlock(node as Block, place);
    case "Autoescape":
      return compileAutoescape(node as Autoescape, place);
    case "Break":
      return compileLoopControl(node, "break", place);
    case "Continue":
      return compileLoopControl(node, "continue", place);
    default:
      return failAt(place, node, "unknown tag");
  }
}

/** Lets a set or filter block break the loop around it. */
function withLoopSignals(run: Execute, node: Node, place: Place): Execute {
  if (!place.isInLoop || !isCapture(node)) return run;
  return (scope, output) => {
    try {
      return run(scope, output);
    } catch (error) {
      if (error instanceof LoopSignal) return error.flow;
      throw error;
    }
  };
}

function isCapture(node: Node | undefined): boolean {
  return node?.typename === "Capture" ||
    (node?.typename === "Filter" && isCapture((node as Call).args.children[0]));
}

function compileOutput(node: Node, place: Place): Execute {
  if (node.typename === "TemplateData") {
    const text = String((node as Literal).value);
    return (_scope, output) => {
      output.write(text);
      return "next";
    };
  }
  const evaluate = compileExpression(node, place);
  const print = printing(node, place);
  const text = located((scope) => print(evaluate(scope), scope), place, node);
  return (scope, output) => {
    output.write(text(scope) as string);
    return "next";
  };
}

function printing(
  node: Node,
  { escapes }: Place,
): (value: unknown, scope: Scope) => string {
  if (escapes !== "runtime") {
    const print = escapes ? escapeHtml : toText;
    return (value, { runtime }) => print(runtime.budget, value);
  }
  // Jinja2 prints constants before it knows.
  if (isConstant(node)) {
    return (value, { runtime }) => toText(runtime.budget, value);
  }
  return (value, { runtime }) =>
    runtime.escapes
      ? escapeHtml(runtime.budget, value)
      : toText(runtime.budget, value);
}

function compileIf(node: If, place: Place): Execute {
  const inner = { ...place, isConditional: true };
  const branches: { test: Evaluate; run: Execute }[] = [];
  let branch: Node | null = node;
  while (branch?.typename === "If") {
    const { cond, body, else_ } = branch as If;
    branches.push({
      test: compileLocated(cond, inner),
      run: compileBody(body, inner),
    });
    branch = else_;
  }
  const otherwise = branch === null ? undefined : compileBody(branch, inner);
  return (scope, output) => {
    for (const { test, run } of branches) {
      if (isTrue(test(scope))) return run(scope, output);
    }
    return otherwise === undefined ? "next" : otherwise(scope, output);
  };
}

function compileSet(node: Assignment, place: Place): Execute {
  const isText = isCapture(node.value);
  const evaluate = compileLocated(node.value, place);
  const assign = compileTarget(node.targets[0]!, place);
  return (scope) => {
    const value = evaluate(scope);
    const isHtml = isText && scope.runtime.escapes;
    assign(
      scope,
      isHtml ? new Markup(toText(scope.runtime.budget, value)) : value,
    );
    return "next";
  };
}

function compileMacroStatement(node: Macro, place: Place): Execute {
  const define = compileMacro(node, place);
  const name = node.name.value;
  return (scope) => {
    scope.set(name, define(scope));
    return "next";
  };
}

function compileWith(node: With, place: Place): Execute {
  const inner = { ...place, isConditional: false };
  const values = node.values.map((value) => compileLocated(value, place));
  const own = { ...inner, isUnderLoop: false };
  const targets = node.targets.map((target) => compileTarget(target, own));
  const frame = new Frame(
    { given: node.targets, body: node.body },
    place.frame,
  );
  const unset = frame.unset();
  const run = compileBody(node.body, { ...inner, frame });
  return (scope, output) => {
    const own = scope.inner(unset);
    for (const [index, assign] of targets.entries()) {
      assign(own, values[index]!(scope));
    }
    return run(own, output);
  };
}

/** A block sees the template's own names, not those of the loop around it. */
function compileBlock(node: Block, place: Place): Execute {
  const name = node.name.value;
  if (place.blocks.has(name)) {
    failAt(place, node, `the block '${name}' is defined twice`);
  }
  if (node.isRequired && !isBlank(node.body as List)) {
    failAt(place, node, "a required block holds nothing but comments");
  }
  const frame = new Frame({ body: node.body });
  const unset = frame.unset();
  const inner: Place = {
    ...place,
    frame,
    escapes: false,
    isInLoop: false,
    isConditional: false,
    specialNames: new Set(),
  };
  // The name is taken before the body is read, which may hold blocks too.
  place.blocks.set(name, {
    run: () => "next",
    unset,
    isRequired: node.isRequired,
  });
  const run = compileBody(node.body, inner);
  place.blocks.set(name, { run, unset, isRequired: node.isRequired });
  if (node.isScoped) place.specialNames.add("loop");
  return (scope, output) => {
    if (node.isRequired) {
      failAt(place, node, `the required block '${name}' is not filled`);
    }
    const own = node.isScoped ? scope.inner(unset) : scope.ofBlock(unset);
    scope.runtime.budget.enter(() => run(own, output));
    return "next";
  };
}

function isBlank({ children }: List): boolean {
  return children.every((child) =>
    child.typename === "Output" &&
    (child as List).children.every((item) =>
      item.typename === "TemplateData" &&
      String((item as Literal).value).trim() === ""
    )
  );
}

function compileAutoescape(node: Autoescape, place: Place): Execute {
  const evaluate = compileLocated(node.value, place);
  const isKnown = node.value.typename === "Literal" &&
    place.escapes !== "runtime";
  const run = compileScope(node.body, {
    ...place,
    escapes: isKnown ? isTrue((node.value as Literal).value) : "runtime",
    isConditional: false,
  });
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
  node: Node,
  flow: "break" | "continue",
  place: Place,
): Execute {
  if (!place.isInLoop) {
    failAt(place, node, `{% ${flow} %} stands outside a loop`);
  }
  return () => flow;
}
