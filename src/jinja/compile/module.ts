import { TemplateObject } from "../runtime/runtime.ts";

/** An imported template: the variables and macros of its top level. It prints as its text. */
export class TemplateModule extends TemplateObject {
  readonly typeName = "TemplateModule";
  override readonly typeModule = "jinja2.environment";
  /** The name of the template. */
  readonly name: string | undefined;
  readonly #exports: ReadonlyMap<string, unknown>;
  readonly #text: string;

  constructor(
    name: string | undefined,
    exports: ReadonlyMap<string, unknown>,
    text: string,
  ) {
    super();
    this.name = name;
    this.#exports = exports;
    this.#text = text;
  }

  override attribute(name: string): unknown {
    return this.#exports.get(name);
  }

  override repr(): string {
    return `<TemplateModule '${this.name}'>`;
  }

  override print(): string {
    return this.#text;
  }
}
