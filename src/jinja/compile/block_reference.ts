import { Output } from "../runtime/budget.ts";
import { callNative, native } from "../runtime/call.ts";
import {
  Callable,
  type Keywords,
  makeUndefined,
  type Runtime,
  TemplateObject,
} from "../runtime/runtime.ts";
import type { Block, TemplateContext } from "../runtime/scope.ts";
import { htmlIf } from "../values/scalars.ts";

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
