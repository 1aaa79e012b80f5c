import type { NativeTable } from "../runtime/runtime.ts";
import { DATA_FILTERS } from "./data.ts";
import { HTML_FILTERS } from "./html.ts";
import { NUMBER_FILTERS } from "./number.ts";
import { SELECTION_FILTERS } from "./selection.ts";
import { SEQUENCE_FILTERS } from "./sequence.ts";
import { STRING_FILTERS } from "./strings.ts";

/** Jinja2's filters, by name. */
export const FILTERS: NativeTable = new Map([
  ...DATA_FILTERS,
  ...HTML_FILTERS,
  ...NUMBER_FILTERS,
  ...SELECTION_FILTERS,
  ...SEQUENCE_FILTERS,
  ...STRING_FILTERS,
]);
