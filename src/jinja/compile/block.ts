import type { Output } from "../runtime/budget.ts";
import { makeUndefined } from "../runtime/runtime.ts";
import {
  type Block,
  type Execute,
  Scope,
  type TemplateContext,
} from "../runtime/scope.ts";
import type { BlockNode } from "../syntax/nodes.ts";
import { BlockReference, TemplateReference } from "./block_reference.ts";
import { compileBody, failAt, type Place } from "./place.ts";
import { reads } from "./special_names.ts";
import { Frame } from "./symbols.ts";

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
