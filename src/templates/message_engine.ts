import { CORE_BUILTINS } from "../jinja/core_builtins.ts";
import { Engine } from "../jinja/engine.ts";
import { BuiltinsNeeded } from "../jinja/error.ts";
import { DATA_FILTERS } from "../jinja/filters/data.ts";
import type { Native } from "../jinja/runtime/runtime.ts";
import { JSON_FILTERS } from "./json_filters.ts";

const FILTERS: ReadonlyMap<string, Native> = new Map([
  ...DATA_FILTERS,
  ...Object.entries(JSON_FILTERS),
]);

/**
 * The core with the filters that most messages use. Like the core, it throws a
 * {@linkcode BuiltinsNeeded} at anything else.
 */
export const MESSAGE_ENGINE = new Engine({
  ...CORE_BUILTINS,
  filters: {
    get(name) {
      const filter = FILTERS.get(name);
      if (filter === undefined) throw new BuiltinsNeeded();
      return filter;
    },
  },
});
