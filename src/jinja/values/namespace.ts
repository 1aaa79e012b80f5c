import { TemplateObject } from "../runtime/object.ts";

/** What `namespace()` returns: an object whose attributes templates can set. */
export class Namespace extends TemplateObject {
  override readonly typeName = "Namespace";
  override readonly typeModule = "jinja2.utils";
  /** The attributes, by name. */
  readonly values: Map<string, unknown>;

  /** Starts with some attributes. */
  constructor(values: Iterable<readonly [string, unknown]>) {
    super();
    this.values = new Map(values);
  }

  override attribute(name: string): unknown {
    return this.values.get(name);
  }

  override repr(print: (value: unknown) => string): string {
    const entries = Array.from(
      this.values,
      ([key, value]) => `${print(key)}: ${print(value)}`,
    );
    return `<Namespace {${entries.join(", ")}}>`;
  }
}
