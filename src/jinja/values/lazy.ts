import { native, type ParameterValues } from "../runtime/native.ts";
import { TemplateObject } from "../runtime/object.ts";
import type { Native, Runtime } from "../runtime/runtime.ts";

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
