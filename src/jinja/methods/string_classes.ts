import { nativeTable } from "../runtime/native.ts";
import type { Native, NativeTable } from "../runtime/runtime.ts";
import {
  isAlpha,
  isAlphanumeric,
  isAscii,
  isDecimal,
  isDigit,
  isIdentifier,
  isLower,
  isNumeric,
  isPrintable,
  isTitle,
  isUpper,
} from "../strings/classes.ts";
import { isAllSpace } from "../strings/space.ts";
import { stringMethod } from "./string_method.ts";

function test(isOfClass: (text: string) => boolean): Native {
  return stringMethod((_budget, text) => isOfClass(text));
}

/** The methods of strings that test their characters. */
export const STRING_CLASS_METHODS: NativeTable = nativeTable({
  isalnum: test(isAlphanumeric),
  isalpha: test(isAlpha),
  isascii: test(isAscii),
  isdecimal: test(isDecimal),
  isdigit: test(isDigit),
  isidentifier: test(isIdentifier),
  islower: test(isLower),
  isnumeric: test(isNumeric),
  isprintable: test(isPrintable),
  isspace: test(isAllSpace),
  istitle: test(isTitle),
  isupper: test(isUpper),
});
