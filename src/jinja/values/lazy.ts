import type { Native } from "../runtime/runtime.ts";
import { TemplateObject } from "../runtime/object.ts";
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

/** Makes a filter of what gives its items one by one. */
export function lazy(
  make: (...values: never[]) => Generator<unknown, void>,
  parameters: string,
): Native {
  return {
    parameters,
    run: (runtime, ...values: unknown[]) =>
      new Lazy(make(...[runtime, ...values] as never[])),
  };
}
