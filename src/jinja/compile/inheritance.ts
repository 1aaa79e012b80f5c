import { Output } from "../runtime/budget.ts";
import { callNative, native } from "../runtime/call.ts";
import {
  Callable,
  type Keywords,
  makeUndefined,
  type Runtime,
  TemplateObject,
} from "../runtime/runtime.ts";
import {
  type Block,
  type Execute,
  Scope,
  type TemplateContext,
} from "../runtime/scope.ts";
import type { BlockNode, ExtendsNode } from "../syntax/nodes.ts";
import { htmlIf } from "../values/scalars.ts";
import { loadTemplate, requireLoader } from "./include.ts";
import {
  compileBody,
  compileLocated,
  failAt,
  locate,
  type Place,
} from "./place.ts";
import { Frame, reads } from "./symbols.ts";

/** Compiles `{% extends %}`: the loaded template runs when this one has run. */
export function compileExtends(node: ExtendsNode, place: Place): Execute {
  requireLoader("extends", node, place);
  if (!place.isTopLevel) {
    failAt(
      place,
      node,
      "{% extends %} cannot stand in a loop, a block, a macro or another scope",
    );
  }
  const template = compileLocated(node.template, place);
  return (scope) => {
    const { context } = scope;
    try {
      context.extend(loadTemplate(context, template(scope)));
    } catch (error) {
      throw locate(error, place, node);
    }
    return "next";
  };
}

/** Compiles a block, and the statement that runs it or what overrides it. */
export function compileBlock(node: BlockNode, place: Place): Execute {
  const { name, isRequired, isScoped } = node;
  if (place.blocks.has(name)) {
    failAt(place, node, `the block '${name}' is defined twice`);
  }
  // Reserves the name while the body is compiled, which may contain blocks too.
  place.blocks.set(name, undefined);
  place.blocks.set(name, new CompiledBlock(node, place));
  return (scope, output) => {
    const { context } = scope;
    if (place.isTopLevel && context.isExtending) return "next";
    const [block, ...overridden] = context.blocks.get(name) ?? [];
    if (isRequired && overridden.length === 0) {
      failAt(place, node, `the required block '${name}' is not filled`);
    }
    block?.run(isScoped ? context.derived(scope) : context, output);
    return "next";
  };
}

/** A block. It sees the top-level variables of the template, but not those of enclosing statements. */
class CompiledBlock implements Block {
  readonly name: string;
  readonly #body: Execute;
  readonly #unset: readonly string[] | undefined;
  readonly #readsSelf: boolean;
  readonly #readsSuper: boolean;

  constructor({ name, body }: BlockNode, place: Place) {
    const frame = new Frame({ nodes: body });
    this.name = name;
    this.#unset = frame.unset();
    this.#readsSelf = reads(body, "self");
    this.#readsSuper = reads(body, "super");
    this.#body = compileBody(body, {
      ...place,
      frame,
      escapes: false,
      isInLoop: false,
      isConditional: false,
      isTopLevel: false,
      isOverridden: false,
    });
  }

  run(context: TemplateContext, output: Output): void {
    const scope = new Scope(context, this.#unset);
    if (this.#readsSelf) scope.set("self", new TemplateReference(context));
    if (this.#readsSuper) scope.set("super", this.#super(context));
    context.runtime.budget.enter(() => this.#body(scope, output));
  }

  #super(context: TemplateContext): unknown {
    const blocks = context.blocks.get(this.name) ?? [];
    const index = blocks.indexOf(this) + 1;
    return index < blocks.length
      ? new BlockReference(context, blocks, index)
      : makeUndefined(
        context.runtime,
        `there is no parent block called '${this.name}'`,
      );
  }
}

const NO_PARAMETERS = native("", () => null);

/** `self`: the blocks of a template. */
export class TemplateReference extends TemplateObject {
  readonly typeName = "TemplateReference";
  override readonly typeModule = "jinja2.runtime";
  readonly #context: TemplateContext;

  constructor(context: TemplateContext) {
    super();
    this.#context = context;
  }

  override repr(): string {
    const { name } = this.#context;
    return `<TemplateReference ${name === undefined ? "None" : `'${name}'`}>`;
  }

  override attribute(name: string): unknown {
    const blocks = this.#context.blocks.get(name);
    return blocks === undefined
      ? undefined
      : new BlockReference(this.#context, blocks, 0);
  }
}

/** `self.name` and `super`: a block that can be called for its text. */
export class BlockReference extends Callable {
  readonly typeName = "BlockReference";
  override readonly typeModule = "jinja2.runtime";
  readonly #context: TemplateContext;
  readonly #blocks: readonly Block[];
  readonly #index: number;

  /** References the block at a valid index of those that override each other. */
  constructor(
    context: TemplateContext,
    blocks: readonly Block[],
    index: number,
  ) {
    super();
    this.#context = context;
    this.#blocks = blocks;
    this.#index = index;
  }

  get #block(): Block {
    return this.#blocks[this.#index]!;
  }

  override attribute(name: string): unknown {
    if (name === "name") return this.#block.name;
    if (name !== "super") return undefined;
    const index = this.#index + 1;
    return index < this.#blocks.length
      ? new BlockReference(this.#context, this.#blocks, index)
      : makeUndefined(
        this.#context.runtime,
        `there is no parent block called '${this.#block.name}'`,
      );
  }

  override call(
    runtime: Runtime,
    positional: readonly unknown[],
    keywords: Keywords | undefined,
  ): unknown {
    callNative(runtime, "block", NO_PARAMETERS, positional, keywords);
    const output = new Output(runtime.budget);
    this.#block.run(this.#context, output);
    return htmlIf(runtime.escapes, output.text);
  }
}
