import { findMethod } from "../../src/jinja/methods/methods.ts";
import { Budget, type TemplateLimits } from "../../src/jinja/runtime/budget.ts";
import { Runtime } from "../../src/jinja/runtime/runtime.ts";
import type { Mapping } from "../../src/values.ts";

/** Options of {@linkcode makeRuntime}. */
interface MakeOptions {
  /** The variables of the caller. */
  readonly context?: Mapping;
  /** The values that every template sees. */
  readonly globals?: ReadonlyMap<string, unknown>;
  /** Whether undefined values are errors. */
  readonly isStrict?: boolean;
  /** Whether the context may be changed. */
  readonly isCopy?: boolean;
  /** The limits of the rendering. */
  readonly limits?: Partial<TemplateLimits>;
}

/** Creates a rendering that has the methods of values, but no filters and tests. */
export function makeRuntime(options: MakeOptions = {}): Runtime {
  return new Runtime(options.context ?? {}, {
    budget: new Budget(options.limits),
    isStrict: options.isStrict ?? false,
    isCopy: options.isCopy ?? false,
    filters: new Map(),
    tests: new Map(),
    globals: options.globals ?? new Map(),
    findMethod,
  });
}
