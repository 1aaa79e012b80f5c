import type { Output } from "../runtime/budget.ts";
import type { Builtins } from "../runtime/runtime.ts";
import {
  type Block,
  type Execute,
  type Program,
  Scope,
  type TemplateContext,
} from "../runtime/scope.ts";
import type {
  CallBlockNode,
  MacroNode,
  Node,
  StatementNode,
  TemplateNode,
} from "../syntax/nodes.ts";
import type { ParsedTemplate } from "../syntax/parse.ts";
import {
  childrenOf,
  inFilters,
  statementsIn,
  targetNames,
} from "../syntax/walk.ts";
import { expressionCompiler } from "./expression.ts";
import { TemplateReference } from "./inheritance.ts";
import { loopParts } from "./loop.ts";
import { specialParameters } from "./macro.ts";
import type { Place } from "./place.ts";
import { bodyCompiler } from "./statement.ts";
import { Frame, type FrameParts, reads } from "./symbols.ts";

/** What a template can use. */
export interface CompileOptions {
  /** What it can use without defining it. */
  readonly builtins: Builtins;
  /** Whether it can load other templates. */
  readonly canLoad: boolean;
  /** A template that runs first, as if both were one source. */
  readonly front?: CompiledTemplate | undefined;
}

/** A compiled template. */
export class CompiledTemplate implements Program {
  readonly name: string | undefined;
  readonly blocks: ReadonlyMap<string, Block>;
  readonly #root: TemplateNode;
  /** Whether its last tag strips the white space of a source that follows it. */
  readonly stripsNext: boolean;
  readonly #front: CompiledTemplate | undefined;
  /** The variables of its top level. */
  readonly frame: Frame;
  /** The top-level variables without a value at its start; `undefined` if there are none. */
  readonly unset: readonly string[] | undefined;
  readonly #readsSelf: boolean;
  readonly #body: Execute;

  constructor(parsed: ParsedTemplate, options: CompileOptions) {
    const { root, source, stripsNext } = parsed;
    const { front } = options;
    const blocks = new Map<string, Block | undefined>(front?.blocks);
    const frame = new Frame(
      { nodes: root.body },
      undefined,
      front?.frame,
    );
    const place: Place = {
      compilers: { expression: expressionCompiler, body: bodyCompiler },
      builtins: options.builtins,
      canLoad: options.canLoad,
      frame,
      source,
      blocks,
      isTopLevel: true,
      isOverridden: options.canLoad && root.body.some(extendsAnother),
      isInLoop: false,
      isUnderLoop: false,
      isConditional: false,
      isConstant: false,
      escapes: false,
    };
    this.name = source.name;
    this.#root = root;
    this.stripsNext = stripsNext;
    this.#front = front;
    this.frame = frame;
    this.#body = bodyCompiler(root.body, place);
    this.unset = frame.unset() ?? front?.unset;
    this.#readsSelf = reads(root.body, "self");
    this.blocks = compiledBlocks(blocks);
  }

  /** Returns the variables that it looks up in its context. */
  variables(): Set<string> {
    return freeVariables(this.#root, this.#front?.frame);
  }

  run(context: TemplateContext, output: Output): void {
    const scope = new Scope(context, this.unset);
    this.#runIn(scope, output);
    const parent = context.takeParent();
    if (parent === undefined) return;
    context.runtime.budget.enter(() => parent.run(context, output));
  }

  #runIn(scope: Scope, output: Output): void {
    if (this.#front !== undefined) this.#front.#runIn(scope, output);
    if (this.#readsSelf) {
      scope.set("self", new TemplateReference(scope.context));
    }
    this.#body(scope, output);
  }
}

function compiledBlocks(
  blocks: ReadonlyMap<string, Block | undefined>,
): Map<string, Block> {
  const compiled = new Map<string, Block>();
  for (const [name, block] of blocks) {
    if (block !== undefined) compiled.set(name, block);
  }
  return compiled;
}

function extendsAnother(node: StatementNode): boolean {
  return node.kind === "extends" || statementsIn(node).some(extendsAnother);
}

/**
 * Returns the variables that a template looks up in its context, whether or not
 * a rendering reaches them. What a prelude sets is not looked up.
 */
export function freeVariables(
  root: TemplateNode,
  prelude?: Frame,
): Set<string> {
  const found = new Set<string>();
  const frame = new Frame({
    parameters: reads(root.body, "self") ? ["self"] : [],
    nodes: root.body,
  });
  collect(root.body, frame, found);
  for (const name of prelude?.namesFrom("unset") ?? []) found.delete(name);
  return found;
}

/** Adds what a frame looks up, and the frames inside. */
function collect(
  nodes: readonly Node[],
  frame: Frame,
  found: Set<string>,
): void {
  for (const name of frame.namesFrom("context")) found.add(name);
  for (const node of nodes) collectInside(node, frame, found);
}

/** Adds what the frames inside a node look up. */
function collectInside(node: Node, frame: Frame, found: Set<string>): void {
  function enter(parts: FrameParts, around?: Frame): void {
    collect(parts.nodes, new Frame(parts, around), found);
  }
  switch (node.kind) {
    case "for": {
      collectInside(node.iterable, frame, found);
      enter(loopParts(node), frame);
      if (node.test !== null) {
        const parameters = targetNames(node.target);
        enter({ parameters, nodes: [node.test] }, frame);
      }
      if (node.otherwise !== null) enter({ nodes: node.otherwise }, frame);
      return;
    }
    case "macro":
    case "callBlock":
      if (node.kind === "callBlock") collectInside(node.call, frame, found);
      return enter(macroParts(node), frame);
    case "setBlock":
    case "filterBlock":
      return enter(
        { nodes: [...node.body, ...inFilters(node.filters)] },
        frame,
      );
    case "with":
      for (const { value } of node.bindings) collectInside(value, frame, found);
      return enter({
        parameters: node.bindings.flatMap(({ target }) => targetNames(target)),
        nodes: node.body,
      }, frame);
    case "autoescape":
      return enter({ nodes: [node.enabled, ...node.body] }, frame);
    case "block": {
      const parameters = (["self", "super"] as const).filter((name) =>
        reads(node.body, name)
      );
      return enter({ parameters, nodes: node.body });
    }
    default:
      for (const child of childrenOf(node)) collectInside(child, frame, found);
  }
}

function macroParts(node: MacroNode | CallBlockNode): FrameParts {
  const defaults = node.parameters.flatMap((parameter) =>
    parameter.default ?? []
  );
  return {
    parameters: [
      ...node.parameters.map(({ name }) => name),
      ...specialParameters(node),
    ],
    nodes: [...defaults, ...node.body],
  };
}
