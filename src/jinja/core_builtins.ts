import { BuiltinsNeeded } from "./error.ts";
import { DICT_METHODS } from "./methods/dict.ts";
import { BoundMethod } from "./runtime/call.ts";
import type { Builtins } from "./runtime/runtime.ts";
import { asMapping } from "./values/dict.ts";

function needMore(): never {
  throw new BuiltinsNeeded();
}

/**
 * What most templates need: methods of mappings, as `a.b` looks for a method
 * first. The use of anything else throws {@linkcode BuiltinsNeeded}, whereupon
 * the caller loads all built-ins and starts over.
 */
export const CORE_BUILTINS: Builtins = {
  filters: { get: needMore },
  tests: { get: needMore },
  globals: { get: needMore },
  findMethod(_runtime, target, name) {
    if (asMapping(target) === undefined) needMore();
    const method = DICT_METHODS.get(name);
    return method && new BoundMethod(name, method, target);
  },
  formatPercent: needMore,
};
