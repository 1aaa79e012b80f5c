import { native, nativeTable } from "../runtime/native.ts";
import type { Native, NativeTable } from "../runtime/runtime.ts";
import {
  capitalize,
  foldCase,
  lower,
  swapCase,
  title,
  upper,
} from "../strings/case.ts";
import { replace } from "../strings/replace.ts";
import { type Ends, strip } from "../strings/strip.ts";
import { requireInteger, requireText } from "../values/arguments.ts";
import { asText } from "../values/markup.ts";
import { refuse } from "../values/type_name.ts";
import { STRING_CLASS_METHODS } from "./string_classes.ts";
import { STRING_FORMAT_METHODS } from "./string_format.ts";
import { STRING_LAYOUT_METHODS } from "./string_layout.ts";
import { stringMethod } from "./string_method.ts";
import { STRING_SEARCH_METHODS } from "./string_search.ts";
import { STRING_SPLIT_METHODS } from "./string_split.ts";
import { STRING_TRANSLATE_METHODS } from "./string_translate.ts";

function stripper(name: string, ends: Ends): Native {
  return native("self chars? /", ({ budget }, self, chars = null) => {
    const stripped = chars === null ? undefined : asText(chars) ??
      refuse(chars, `${name} arg must be None or str`);
    return strip(budget, requireText(self), stripped, ends);
  });
}

/** Python's methods of strings. To add one, add an entry to the table of its theme. */
export const STRING_METHODS: NativeTable = new Map([
  ...STRING_CLASS_METHODS,
  ...STRING_FORMAT_METHODS,
  ...STRING_LAYOUT_METHODS,
  ...STRING_SEARCH_METHODS,
  ...STRING_SPLIT_METHODS,
  ...STRING_TRANSLATE_METHODS,
  ...nativeTable({
    capitalize: stringMethod(capitalize),
    casefold: stringMethod(foldCase),
    lower: stringMethod(lower),
    lstrip: stripper("lstrip", "start"),

    replace: native(
      "self old new count? /",
      ({ budget }, self, old, replacement, count = -1) =>
        replace(
          budget,
          requireText(self),
          requireText(old, "replace() argument 1 must be str, not"),
          requireText(replacement, "replace() argument 2 must be str, not"),
          requireInteger(count),
        ),
    ),

    rstrip: stripper("rstrip", "end"),
    strip: stripper("strip", "both"),
    swapcase: stringMethod(swapCase),
    title: stringMethod(title),
    upper: stringMethod(upper),
  }),
]);
