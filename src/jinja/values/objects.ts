import { Float, Timestamp } from "../../values.ts";
import { fail, TemplateFailure } from "../error.ts";
import type { Runtime } from "./runtime.ts";

const MAX_VALUES = 2_000_000;

/**
 * Bounds a walk through a value. A small template can put one list into another
 * twice, again and again, so that a walk through all of it would never end.
 */
export class Budget {
  #left = MAX_VALUES;

  /** Counts a value that is walked through. */
  spend(): void {
    if (--this.#left < 0) {
      fail(`a value has more than ${MAX_VALUES} parts`);
    }
  }
}

/** Arguments by name. */
export type Keywords = ReadonlyMap<string, unknown>;

/** A value that only templates have. Its members are reached by {@linkcode TemplateObject.attribute} alone. */
export abstract class TemplateObject {
  /** Python's name of its type. */
  abstract readonly typeName: string;

  /** Looks an attribute up; `undefined` if there is none. */
  attribute(_name: string): unknown {
    return undefined;
  }

  /** Prints it as `repr()` does. */
  repr(_print: (value: unknown) => string): string {
    return `<${this.typeName} object>`;
  }

  /** Tells whether it counts as true. */
  isTrue(): boolean {
    return true;
  }

  /** How many items it has; `undefined` if it has no length. */
  get length(): number | undefined {
    return undefined;
  }

  /** Its items; `undefined` if it cannot be iterated. */
  iterate(): Iterator<unknown> | undefined {
    return undefined;
  }
}

/** Something that templates can call. */
export abstract class Callable extends TemplateObject {
  /** Calls it. */
  abstract call(
    runtime: Runtime,
    positional: readonly unknown[],
    keywords: Keywords | undefined,
  ): unknown;
}

/** What a missing name, attribute or item is. */
export class Undefined extends TemplateObject {
  readonly typeName: string = "Undefined";
  readonly #message: string;

  constructor(message: string) {
    super();
    this.#message = message;
  }

  /** Makes the error that using it gives. */
  fail(): never {
    throw new TemplateFailure(
      this.#message,
      "Give it a value, or test it with `is defined` first",
    );
  }

  /** Prints it as `str()` does. */
  print(): string {
    return "";
  }

  override attribute(_name: string): never {
    this.fail();
  }

  override repr(): string {
    return "Undefined";
  }

  override isTrue(): boolean {
    return false;
  }

  override get length(): number {
    return 0;
  }

  override iterate(): Iterator<unknown> {
    return [].values();
  }
}

/** What a missing name is when undefined variables are errors. */
class StrictUndefined extends Undefined {
  override print(): never {
    this.fail();
  }

  override repr(): never {
    this.fail();
  }

  override isTrue(): never {
    this.fail();
  }

  override get length(): never {
    return this.fail();
  }

  override iterate(): never {
    this.fail();
  }
}

/** Makes what a missing name, attribute or item is. */
export function makeUndefined(runtime: Runtime, message: string): Undefined {
  return runtime.isStrict
    ? new StrictUndefined(message)
    : new Undefined(message);
}

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

/** Text that is HTML already. */
export class Markup extends TemplateObject {
  readonly typeName = "Markup";
  /** The text. */
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override repr(print: (value: unknown) => string): string {
    return `Markup(${print(this.text)})`;
  }

  override isTrue(): boolean {
    return this.text !== "";
  }
}

/** Notes of a text whether it is HTML already. */
export function htmlIf(isHtml: boolean, text: string): string | Markup {
  return isHtml ? new Markup(text) : text;
}

/** Python's `range`: its numbers are made when they are asked for. */
export class Range extends TemplateObject {
  readonly typeName = "range";
  /** The first number. */
  readonly start: number;
  /** Where it ends. */
  readonly stop: number;
  /** From one number to the next. */
  readonly step: number;

  constructor(start: number, stop: number, step: number) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  override attribute(name: string): unknown {
    if (name === "start") return this.start;
    if (name === "stop") return this.stop;
    if (name === "step") return this.step;
    return undefined;
  }

  override repr(): string {
    const step = this.step === 1 ? "" : `, ${this.step}`;
    return `range(${this.start}, ${this.stop}${step})`;
  }

  override isTrue(): boolean {
    return this.length > 0;
  }

  override get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }

  /** The number at a position that exists. */
  item(index: number): number {
    return this.start + index * this.step;
  }

  /** Finds a number's position, or -1. */
  indexOf(number: number): number {
    const index = (number - this.start) / this.step;
    return Number.isInteger(index) && index >= 0 && index < this.length
      ? index
      : -1;
  }

  override *iterate(): Iterator<number> {
    const { length } = this;
    for (let index = 0; index < length; index++) yield this.item(index);
  }
}

/** Items that are made one by one, and only once. */
export class Lazy extends TemplateObject {
  readonly typeName = "generator";
  readonly #items: Iterator<unknown>;

  constructor(items: Iterator<unknown>) {
    super();
    this.#items = items;
  }

  override iterate(): Iterator<unknown> {
    return this.#items;
  }
}

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

/** Takes out the text of strings and of {@linkcode Markup}. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return value instanceof Markup ? value.text : undefined;
}

/** Says that a value cannot be used so. */
export function refuse(value: unknown, message: string): never {
  if (value instanceof Undefined) value.fail();
  fail(message);
}

/** Python's name of a value's type, for messages. */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case "string":
      return "str";
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return Number.isSafeInteger(value) ? "int" : "float";
  }
  if (value === null) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (value instanceof TemplateObject) return value.typeName;
  if (value instanceof Float) return "float";
  if (value instanceof Timestamp) {
    return value.kind === "date" ? "datetime.date" : "datetime.datetime";
  }
  return "dict";
}

/** Names a value in messages about its attributes, as Jinja2 does. */
export function describeObject(value: unknown): string {
  return value === null ? "None" : `${typeName(value)} object`;
}
