import {
  Float,
  isMapping,
  type Mapping,
  setKey,
  type Value,
} from "../../values.ts";
import { fail } from "../error.ts";
import { asText, Markup } from "./markup.ts";
import { TemplateObject } from "../runtime/object.ts";
import { Tuple } from "./tuple.ts";
import { typeName } from "./type_name.ts";
import { Undefined } from "../runtime/undefined.ts";

const MAX_KEY_LENGTH = 1_000_000;

/** What a mapping can be: a document's, whose keys are text, or a template's. */
export type AnyMapping = Mapping | Dict;

/** A dict that a template made: its keys may be numbers, None, tuples. */
export class Dict extends TemplateObject {
  readonly typeName = "dict";
  readonly #entries: Map<unknown, [key: unknown, value: unknown]> = new Map();

  constructor(entries: Iterable<readonly [unknown, unknown]> = []) {
    super();
    for (const [key, value] of entries) this.set(key, value);
  }

  /** Reads a key's value; `undefined` if there is none. */
  get(key: unknown): unknown {
    return this.#entries.get(hash(key))?.[1];
  }

  /** Writes a key's value. An equal key keeps its place and its form. */
  set(key: unknown, value: unknown): void {
    const hashed = hash(key);
    const entry = this.#entries.get(hashed);
    if (entry === undefined) this.#entries.set(hashed, [key, value]);
    else entry[1] = value;
  }

  /** Removes a key. */
  delete(key: unknown): boolean {
    return this.#entries.delete(hash(key));
  }

  /** Removes every key. */
  clear(): void {
    this.#entries.clear();
  }

  /** Its keys and values, in the order in which they were added. */
  entries(): [unknown, unknown][] {
    return Array.from(
      this.#entries.values(),
      ([key, value]) => [key, value],
    );
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

/** Makes one thing of all keys that are equal in Python: `1`, `1.0` and `True`. */
export function hash(key: unknown): unknown {
  if (typeof key === "boolean") return Number(key);
  // No text key may meet a tuple's, so texts that begin alike are shifted.
  if (typeof key === "string") return key.startsWith("\0") ? `\0${key}` : key;
  if (key === null || typeof key === "number" || typeof key === "bigint") {
    return key;
  }
  if (key instanceof Float) return key.value;
  if (key instanceof Markup) return hash(key.text);
  if (key instanceof Undefined) return Undefined;
  if (key instanceof Tuple) {
    const parts = key.items.map((item) => {
      const hashed = hash(item);
      if (typeof hashed !== "object" && typeof hashed !== "function") {
        return `${typeof hashed}:${String(hashed).length}:${String(hashed)}`;
      }
      return hashed === null ? "None" : fail("it cannot be a part of a key");
    });
    const text = `\0(${parts.join(",")}`;
    return text.length > MAX_KEY_LENGTH ? fail("a key is too long") : text;
  }
  if (Array.isArray(key) || asMapping(key) !== undefined) {
    fail(`unhashable type: '${typeName(key)}'`);
  }
  return key;
}

/** Tells whether a value can be a key. */
export function isHashable(key: unknown): boolean {
  if (key instanceof Tuple) return key.items.every(isHashable);
  return !Array.isArray(key) && asMapping(key) === undefined;
}

/** Takes a value for a mapping if it is one. */
export function asMapping(value: unknown): AnyMapping | undefined {
  if (value instanceof Dict) return value;
  if (typeof value !== "object" || value instanceof TemplateObject) {
    return undefined;
  }
  return isMapping(value) ? value : undefined;
}

/** Reads a key of a mapping. A document's keys are text, so `1` is read as `"1"` there. */
export function getItem(mapping: AnyMapping, key: unknown): unknown {
  if (mapping instanceof Dict) return mapping.get(key);
  const text = key instanceof Markup ? key.text : key;
  if (typeof text === "string" || typeof text === "number") {
    return Object.hasOwn(mapping, text) ? mapping[text] : undefined;
  }
  hash(key);
  return undefined;
}

/** The keys of a mapping, in order. */
export function keysOf(mapping: AnyMapping): unknown[] {
  return mapping instanceof Dict
    ? mapping.entries().map(([key]) => key)
    : Object.keys(mapping);
}

/** The keys and values of a mapping, in order. */
export function entriesOf(mapping: AnyMapping): [unknown, unknown][] {
  return mapping instanceof Dict ? mapping.entries() : Object.entries(mapping);
}

/** How many keys a mapping has. */
export function sizeOf(mapping: AnyMapping): number {
  return mapping instanceof Dict ? mapping.length : Object.keys(mapping).length;
}

/** Writes a key of a mapping that the template may change. */
export function setItem(
  mapping: AnyMapping,
  key: unknown,
  value: unknown,
): void {
  if (mapping instanceof Dict) mapping.set(key, value);
  else if (typeof key === "object" && asText(key) === undefined) {
    fail("the keys of a document are strings");
  } else setKey(mapping, asText(key) ?? String(key), value as Value);
}

/** Removes a key of a mapping that the template may change. */
export function deleteItem(mapping: AnyMapping, key: unknown): void {
  if (mapping instanceof Dict) mapping.delete(key);
  else delete mapping[String(key)];
}
