import { DATA_FILTERS } from "./data_filters.ts";
import type { NativeTable } from "./native.ts";
import { NUMBER_FILTERS } from "./number_filters.ts";
import { SELECTION_FILTERS, SEQUENCE_FILTERS } from "./sequence_filters.ts";
import { TEXT_FILTERS } from "./text_filters.ts";

/** Jinja2's filters, and the five of this program. */
export const FILTERS: NativeTable = new Map([
  ...DATA_FILTERS,
  ...NUMBER_FILTERS,
  ...SELECTION_FILTERS,
  ...SEQUENCE_FILTERS,
  ...TEXT_FILTERS,
]);
