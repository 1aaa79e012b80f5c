import { DATA_FILTERS } from "./data.ts";
import type { NativeTable } from "../runtime/runtime.ts";
import { NUMBER_FILTERS } from "./number.ts";
import { SELECTION_FILTERS, SEQUENCE_FILTERS } from "./sequence.ts";
import { TEXT_FILTERS } from "./text.ts";

/** Jinja2's filters, and the five of this program. */
export const FILTERS: NativeTable = new Map([
  ...DATA_FILTERS,
  ...NUMBER_FILTERS,
  ...SELECTION_FILTERS,
  ...SEQUENCE_FILTERS,
  ...TEXT_FILTERS,
]);
