import { TemplateObject } from "../runtime/object.ts";
/** A list that never changes. */
export class Tuple extends TemplateObject {
  readonly typeName = "tuple";
  /** Its items. */
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    super();
    this.items = items;
  }

  override repr(print: (value: unknown) => string): string {
    const comma = this.items.length === 1 ? "," : "";
    return `(${this.items.map(print).join(", ")}${comma})`;
  }

  override isTrue(): boolean {
    return this.items.length > 0;
  }

  override get length(): number {
    return this.items.length;
  }

  override iterate(): Iterator<unknown> {
    return this.items.values();
  }
}

/** What groupby makes: a tuple whose two items have names. */
export class Group extends Tuple {
  override attribute(name: string): unknown {
    if (name === "grouper") return this.items[0];
    if (name === "list") return this.items[1];
    return undefined;
  }
}
