import type { Budget } from "../runtime/budget.ts";
import { TemplateObject } from "../runtime/object.ts";
import { type AnyMapping, entriesOf, getItem, keysOf, sizeOf } from "./dict.ts";
import { UnhashableFailure } from "./hash.ts";
import { Tuple } from "./tuple.ts";

/** What a view shows of a mapping. */
export type ViewKind = "keys" | "values" | "items";

/** What `keys()`, `values()` and `items()` return: a live view of a mapping. */
export class DictView extends TemplateObject {
  override readonly typeName: string;
  readonly #budget: Budget;
  readonly #mapping: AnyMapping;
  readonly #kind: ViewKind;

  /** Shows the keys, values or items of `mapping`. */
  constructor(budget: Budget, mapping: AnyMapping, kind: ViewKind) {
    super();
    this.typeName = `dict_${kind}`;
    this.#budget = budget;
    this.#mapping = mapping;
    this.#kind = kind;
  }

  /** Compares views as sets; views of values equal only themselves. */
  override equals(
    other: unknown,
    isEqual: (left: unknown, right: unknown) => boolean,
  ): boolean {
    if (!(other instanceof DictView)) return false;
    if (this.#kind === "values" || other.#kind === "values") return false;
    if (this.length !== other.length) return false;
    if (this.#kind !== other.#kind) return this.length === 0;
    if (this.#kind === "items") return isEqual(this.#mapping, other.#mapping);
    return keysOf(this.#budget, this.#mapping).every((key) =>
      getItem(this.#budget, other.#mapping, key) !== undefined
    );
  }

  override hash(): unknown {
    if (this.#kind === "values") return this;
    throw new UnhashableFailure(this);
  }

  override repr(print: (value: unknown) => string): string {
    return `${this.typeName}([${this.#items().map(print).join(", ")}])`;
  }

  override isTrue(): boolean {
    return this.length > 0;
  }

  override get length(): number {
    return sizeOf(this.#budget, this.#mapping);
  }

  override iterate(): Iterator<unknown> {
    return this.#items().values();
  }

  #items(): unknown[] {
    if (this.#kind === "keys") return keysOf(this.#budget, this.#mapping);
    const entries = entriesOf(this.#budget, this.#mapping);
    return this.#kind === "values"
      ? entries.map(([, value]) => value)
      : entries.map((entry) => new Tuple(entry));
  }
}
