import type { Budget } from "../runtime/budget.ts";
import { TemplateObject } from "../runtime/object.ts";
import { hashParts } from "./hash.ts";

/** Python's `tuple`: a list that never changes. */
export class Tuple extends TemplateObject {
  override readonly typeName: string = "tuple";
  /** The items. */
  readonly items: readonly unknown[];
  #hash: unknown;

  /** Holds `items`, which nobody may change afterwards. */
  constructor(items: readonly unknown[]) {
    super();
    this.items = items;
  }

  override repr(print: (value: unknown) => string): string {
    const comma = this.items.length === 1 ? "," : "";
    return `(${this.items.map(print).join(", ")}${comma})`;
  }

  override equals(
    other: unknown,
    isEqual: (left: unknown, right: unknown) => boolean,
  ): boolean {
    return other instanceof Tuple && isEqual(this.items, other.items);
  }

  override hash(budget: Budget): unknown {
    return this.#hash ??= hashParts(budget, "tuple", this.items);
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

/** An item of what the filter `groupby` returns: a tuple whose two items have names. */
export class Group extends Tuple {
  override readonly typeName = "_GroupTuple";
  override readonly typeModule = "jinja2.filters";

  override attribute(name: string): unknown {
    if (name === "grouper") return this.items[0];
    if (name === "list") return this.items[1];
    return undefined;
  }
}
