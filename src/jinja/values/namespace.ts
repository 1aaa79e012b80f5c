import { TemplateObject } from "../runtime/object.ts";
/** What `namespace()` makes: the one thing whose attributes can be set. */
export class Namespace extends TemplateObject {
  readonly typeName = "jinja2.utils.Namespace";
  /** Its attributes. */
  readonly values: Map<string, unknown>;

  constructor(values: Iterable<[string, unknown]>) {
    super();
    this.values = new Map(values);
  }

  override attribute(name: string): unknown {
    return this.values.get(name);
  }

  override repr(print: (value: unknown) => string): string {
    const entries = [...this.values].map(([key, value]) =>
      `${print(key)}: ${print(value)}`
    );
    return `<Namespace {${entries.join(", ")}}>`;
  }
}
