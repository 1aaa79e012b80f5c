import { integerValue } from "../../values.ts";
import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, type ParameterValues } from "../runtime/call.ts";
import {
  type Native,
  type Runtime,
  TemplateObject,
} from "../runtime/runtime.ts";
import { hashParts, type Integer } from "./scalars.ts";

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

/** Python's `range`, which computes its numbers when they are needed. */
export class Range extends TemplateObject {
  override readonly typeName = "range";
  /** The first number. */
  readonly start: Integer;
  /** The number before which the range ends. */
  readonly stop: Integer;
  /** The difference between two neighbours; not zero. */
  readonly step: Integer;
  /** How many numbers there are. */
  readonly size: Integer;

  /** Runs from `start` to the last number before `stop`. */
  constructor(start: Integer, stop: Integer, step: Integer) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.size = sizeOf(start, stop, step);
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
    return this.size > 0;
  }

  override get length(): number {
    return typeof this.size === "number"
      ? this.size
      : fail("Python int too large to convert to C ssize_t");
  }

  /** Returns the number at an index from zero on, which may lie past the end. */
  item(index: Integer): Integer {
    const { start, step } = this;
    if (
      typeof start === "number" && typeof step === "number" &&
      typeof index === "number"
    ) {
      const item = start + index * step;
      if (Number.isSafeInteger(item)) return item;
    }
    return integerValue(BigInt(start) + BigInt(index) * BigInt(step));
  }

  /** Returns the index of a number; `undefined` if the range does not contain it. */
  indexOf(number: Integer): Integer | undefined {
    if (typeof number === "number" && !Number.isInteger(number)) {
      return undefined;
    }
    const distance = BigInt(number) - BigInt(this.start);
    const step = BigInt(this.step);
    if (distance % step !== 0n) return undefined;
    const index = distance / step;
    return index >= 0n && index < this.size ? integerValue(index) : undefined;
  }

  override equals(other: unknown): boolean {
    return other instanceof Range && this.size === other.size &&
      (this.size === 0 || this.start === other.start) &&
      (this.size <= 1 || this.step === other.step);
  }

  override hash(budget: Budget): unknown {
    const { size, start, step } = this;
    const parts = [size, size > 0 ? start : null, size > 1 ? step : null];
    return hashParts(budget, "range", parts);
  }

  override *iterate(): Iterator<Integer> {
    const { size } = this;
    for (let index = 0; index < size; index++) yield this.item(index);
  }
}

function sizeOf(start: Integer, stop: Integer, step: Integer): Integer {
  if (step < 0) return sizeOf(negate(start), negate(stop), negate(step));
  if (start >= stop) return 0;
  const [first, end, difference] = [BigInt(start), BigInt(stop), BigInt(step)];
  return integerValue((end - first + difference - 1n) / difference);
}

function negate(integer: Integer): Integer {
  return typeof integer === "bigint" ? integerValue(-integer) : -integer;
}

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

/** A generator: its items are computed when they are needed, and only once. */
export class Lazy extends TemplateObject {
  override readonly typeName = "generator";
  readonly #items: Iterator<unknown>;

  /** Takes the items from `items`. */
  constructor(items: Iterator<unknown>) {
    super();
    this.#items = items;
  }

  override iterate(): Iterator<unknown> {
    return this.#items;
  }
}

/** Declares a function that returns a generator. */
export function nativeGenerator<const Parameters extends string>(
  parameters: Parameters,
  run: (
    runtime: Runtime,
    ...values: ParameterValues<Parameters>
  ) => Generator<unknown, void>,
): Native {
  return native(
    parameters,
    (runtime, ...values) => new Lazy(run(runtime, ...values)),
  );
}
