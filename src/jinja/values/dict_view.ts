import { type AnyMapping, entriesOf, getItem, keysOf, sizeOf } from "./dict.ts";
import { TemplateObject } from "../runtime/object.ts";
import { Tuple } from "./tuple.ts";
export type ViewKind = "keys" | "values" | "items";

/** What `keys()`, `values()` and `items()` give: a view of a mapping as it is now. */
export class DictView extends TemplateObject {
  readonly typeName: string;
  readonly #mapping: AnyMapping;
  readonly #kind: ViewKind;

  constructor(mapping: AnyMapping, kind: ViewKind) {
    super();
    this.typeName = `dict_${kind}`;
    this.#mapping = mapping;
    this.#kind = kind;
  }

  /** Tells whether another view holds the same keys, or keys and values, in any order. */
  equals(
    other: DictView,
    isEqual: (left: unknown, right: unknown) => boolean,
  ): boolean {
    if (this.#kind === "values" || other.#kind === "values") return false;
    if (this.length !== other.length) return false;
    if (this.#kind !== other.#kind) return this.length === 0;
    return this.#kind === "items"
      ? isEqual(this.#mapping, other.#mapping)
      : keysOf(this.#mapping).every((key) =>
        getItem(other.#mapping, key) !== undefined
      );
  }

  /** Its items at this moment. */
  items(): unknown[] {
    switch (this.#kind) {
      case "keys":
        return keysOf(this.#mapping);
      case "values":
        return entriesOf(this.#mapping).map(([, value]) => value);
      case "items":
        return entriesOf(this.#mapping).map((entry) => new Tuple(entry));
    }
  }

  override repr(print: (value: unknown) => string): string {
    return `${this.typeName}([${this.items().map(print).join(", ")}])`;
  }

  override isTrue(): boolean {
    return this.length > 0;
  }

  override get length(): number {
    return sizeOf(this.#mapping);
  }

  override iterate(): Iterator<unknown> {
    return this.items().values();
  }
}
