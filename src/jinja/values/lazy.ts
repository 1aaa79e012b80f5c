import { native, type ParameterValues } from "../runtime/native.ts";
import type { Native, Runtime } from "../runtime/runtime.ts";
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

/** Declares a function that returns its items one by one, when they are asked for. */
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
