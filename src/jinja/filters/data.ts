import { pythonJson } from "../../formats/python_json.ts";
import { attributeOf, missing } from "../operators/attributes.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/native.ts";
import type { NativeTable } from "../runtime/runtime.ts";
import { Undefined } from "../runtime/undefined.ts";
import { requireInteger } from "../values/arguments.ts";
import { asText, Markup } from "../values/markup.ts";
import { toText } from "../values/print.ts";
import { isTrue } from "../values/truth.ts";
import { toJson } from "./json.ts";
import { prettyPrint } from "./pretty_print.ts";

const HTML_REGEXP = /[<>&']/g;
/** The longest form of a character of JSON in HTML: `\\u003c`. */
const ESCAPED_LENGTH = 6;

function escapeUnit(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`;
}

/** Reads the `indent` of JSON filters: a number of spaces, a string, or none. */
export function jsonIndent(
  budget: Budget,
  indent: unknown,
): number | string | undefined {
  if (indent === null) return undefined;
  const text = asText(indent);
  if (text !== undefined) return text;
  const size = requireInteger(indent);
  budget.allocateString(Math.max(0, size));
  return size;
}

const DEFAULT = native(
  "value default_value? boolean?",
  (_runtime, value, fallback = "", boolean = false) => {
    const isMissing = value instanceof Undefined ||
      (isTrue(boolean) && !isTrue(value));
    return isMissing ? fallback : value;
  },
);

/** Filters of values of any type. To add one, add an entry. */
export const DATA_FILTERS: NativeTable = nativeTable({
  /** Looks up an attribute, never an item. */
  attr: native("obj name", (runtime, target, name) => {
    const found = attributeOf(runtime, target, toText(runtime.budget, name));
    return found === undefined ? missing(runtime, target, name) : found;
  }),

  /** Alias of `default`. */
  d: DEFAULT,

  /** Returns another value in place of an undefined one or, with `boolean`, of a false one. */
  default: DEFAULT,

  /** Prints a value over several lines, as Python's `pprint` does. */
  pprint: native("value", ({ budget }, value) => prettyPrint(budget, value)),

  /** Writes a value as JSON that is safe in HTML and in `<script>`. */
  tojson: native("value indent?", ({ budget }, value, indent = null) => {
    const text = pythonJson(toJson(budget, value, { sortKeys: true }), {
      indent: jsonIndent(budget, indent),
    });
    budget.allocateString(text.length * ESCAPED_LENGTH);
    return new Markup(text.replace(HTML_REGEXP, escapeUnit));
  }),
});
