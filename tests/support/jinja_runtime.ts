import { createBuiltins } from "../../src/jinja/builtins.ts";
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

/** Creates a rendering that has all built-ins but the globals. */
export function makeRuntime(options: MakeOptions = {}): Runtime {
  return new Runtime(options.context ?? {}, {
    budget: new Budget(options.limits),
    isStrict: options.isStrict ?? false,
    isCopy: options.isCopy ?? false,
    builtins: {
      ...createBuiltins(),
      globals: options.globals ?? new Map(),
    },
  });
}
