import { DATA_FILTERS } from "./filters/data.ts";
import { GLOBALS } from "./filters/globals.ts";
import { HTML_FILTERS } from "./filters/html.ts";
import { NUMBER_FILTERS } from "./filters/number.ts";
import { SELECTION_FILTERS } from "./filters/selection.ts";
import { SEQUENCE_FILTERS } from "./filters/sequence.ts";
import { STRING_FILTERS } from "./filters/strings.ts";
import { TESTS } from "./filters/tests.ts";
import { formatPercent } from "./format/percent.ts";
import { extendGlobals, extendTable } from "./functions.ts";
import { findMethod } from "./methods/methods.ts";
import type { EnvironmentOptions } from "./options.ts";
import type { Builtins, NativeTable } from "./runtime/runtime.ts";

/** Jinja2's filters, by name. */
export const FILTERS: NativeTable = new Map([
  ...DATA_FILTERS,
  ...HTML_FILTERS,
  ...NUMBER_FILTERS,
  ...SELECTION_FILTERS,
  ...SEQUENCE_FILTERS,
  ...STRING_FILTERS,
]);

/** Adds filters, tests and globals to those of Jinja2, in place of those that have the same name. */
export function createBuiltins(
  { filters = {}, tests = {}, globals = {} }: EnvironmentOptions = {},
): Builtins {
  return {
    filters: extendTable(FILTERS, filters),
    tests: extendTable(TESTS, tests),
    globals: extendGlobals(GLOBALS, globals),
    findMethod,
    formatPercent,
  };
}
