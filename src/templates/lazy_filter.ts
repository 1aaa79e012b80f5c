import type { Native } from "./native.ts";
import { Lazy } from "./objects.ts";

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
