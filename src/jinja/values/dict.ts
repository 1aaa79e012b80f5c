import { isMapping, type Mapping, setKey, type Value } from "../../values.ts";
import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { TemplateObject } from "../runtime/runtime.ts";
import { Tuple } from "./objects.ts";
import { asText, hash, typeName, UnhashableFailure } from "./scalars.ts";

/** A mapping: one of the document, whose keys are strings, or a template's. */
export type AnyMapping = Mapping | Dict;

/** A dict that a template made. Any hashable value can be a key. */
export class Dict extends TemplateObject {
  override readonly typeName = "dict";
  readonly #entries: Map<unknown, [key: unknown, value: unknown]> = new Map();

  /** Builds a dict of keys and values. */
  static of(
    budget: Budget,
    entries: Iterable<readonly [unknown, unknown]>,
  ): Dict {
    const dict = new Dict();
    for (const [key, value] of entries) dict.set(budget, key, value);
    return dict;
  }

  /** Returns the value of a key; `undefined` if there is none. */
  get(budget: Budget, key: unknown): unknown {
    return this.#entries.get(hash(budget, key))?.[1];
  }

  /** Sets the value of a key. A key that is present keeps its place and form. */
  set(budget: Budget, key: unknown, value: unknown): void {
    const hashed = hash(budget, key);
    const entry = this.#entries.get(hashed);
    if (entry !== undefined) {
      entry[1] = value;
      return;
    }
    budget.allocateList(2);
    this.#entries.set(hashed, [key, value]);
  }

  /** Removes a key. */
  delete(budget: Budget, key: unknown): void {
    this.#entries.delete(hash(budget, key));
  }

  /** Removes every key. */
  clear(): void {
    this.#entries.clear();
  }

  /** Returns an iterator over the keys and values, oldest first. */
  entries(): IterableIterator<readonly [key: unknown, value: unknown]> {
    return this.#entries.values();
  }

  override hash(): never {
    throw new UnhashableFailure(this);
  }

  override isTrue(): boolean {
    return this.#entries.size > 0;
  }

  override get length(): number {
    return this.#entries.size;
  }

  override *iterate(): Iterator<unknown> {
    for (const [key] of this.#entries.values()) yield key;
  }
}

/** Returns a value as a mapping; `undefined` if it is not one. */
export function asMapping(value: unknown): AnyMapping | undefined {
  if (value instanceof Dict) return value;
  if (typeof value !== "object" || value instanceof TemplateObject) {
    return undefined;
  }
  return isMapping(value) ? value : undefined;
}

/**
 * Returns the value of a key; `undefined` if there is none. A document's keys are
 * strings, so the key `1` finds `"1"` there.
 *
 * @throws {TemplateFailure} If the key is not hashable.
 */
export function getItem(
  budget: Budget,
  mapping: AnyMapping,
  key: unknown,
): unknown {
  if (mapping instanceof Dict) return mapping.get(budget, key);
  const name = documentKey(key);
  if (name !== undefined) {
    return Object.hasOwn(mapping, name) ? mapping[name] : undefined;
  }
  hash(budget, key);
  return undefined;
}

function documentKey(key: unknown): string | undefined {
  if (typeof key === "number") return String(key);
  return asText(key);
}

/** Returns the keys of a mapping, in order. */
export function keysOf(budget: Budget, mapping: AnyMapping): unknown[] {
  if (!(mapping instanceof Dict)) return countedKeys(budget, mapping);
  budget.allocateList(mapping.length);
  return Array.from(mapping.entries(), ([key]) => key);
}

/** Returns the keys and values of a mapping, in order. */
export function entriesOf(
  budget: Budget,
  mapping: AnyMapping,
): [key: unknown, value: unknown][] {
  if (!(mapping instanceof Dict)) {
    return countedKeys(budget, mapping).map((key) => [key, mapping[key]]);
  }
  budget.allocateList(mapping.length);
  return Array.from(mapping.entries(), ([key, value]) => [key, value]);
}

/** Returns how many keys a mapping has. */
export function sizeOf(budget: Budget, mapping: AnyMapping): number {
  return mapping instanceof Dict
    ? mapping.length
    : countedKeys(budget, mapping).length;
}

/** Reports whether a mapping has no keys. */
export function isEmpty(mapping: AnyMapping): boolean {
  if (mapping instanceof Dict) return mapping.length === 0;
  for (const key in mapping) {
    if (Object.hasOwn(mapping, key)) return false;
  }
  return true;
}

function countedKeys(budget: Budget, mapping: Mapping): string[] {
  const keys = Object.keys(mapping);
  // Their number is not known before, but the document has them already.
  budget.allocateList(keys.length);
  return keys;
}

/** Sets the value of a key in a mapping that the template may change. */
export function setItem(
  budget: Budget,
  mapping: AnyMapping,
  key: unknown,
  value: unknown,
): void {
  if (mapping instanceof Dict) mapping.set(budget, key, value);
  else setKey(mapping, requireDocumentKey(key), value as Value);
}

/** Removes a key from a mapping that the template may change. */
export function deleteItem(
  budget: Budget,
  mapping: AnyMapping,
  key: unknown,
): void {
  if (mapping instanceof Dict) mapping.delete(budget, key);
  else delete mapping[requireDocumentKey(key)];
}

function requireDocumentKey(key: unknown): string {
  return documentKey(key) ??
    fail(`a document's keys are strings, not '${typeName(key)}'`);
}

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
