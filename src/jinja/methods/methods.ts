import { asMapping } from "../values/dict.ts";
import { DICT_METHODS } from "./dict.ts";
import { LIST_METHODS, TUPLE_METHODS } from "./list.ts";
import { BoundMethod } from "../runtime/call.ts";
import type { NativeTable } from "../runtime/runtime.ts";
import { asInteger, isFloat } from "../values/numbers.ts";
import { asText, Markup } from "../values/markup.ts";
import { TemplateObject } from "../runtime/object.ts";
import { Range } from "../values/range.ts";
import { Tuple } from "../values/tuple.ts";
import { STRING_METHODS } from "./string.ts";
import { markupMethods } from "./markup.ts";
import { FLOAT_METHODS, INTEGER_METHODS } from "./number.ts";
/** Finds a method of a value's kind; `undefined` if it has none of that name. */
export function findMethod(target: unknown, name: string): unknown {
  const native = methodsOf(target)?.get(name);
  if (native === undefined) return undefined;
  return native.parameters === "property"
    ? native.run(undefined as never, target)
    : new BoundMethod(name, native, target);
}

function methodsOf(target: unknown): NativeTable | undefined {
  if (target instanceof Markup) return markupMethods();
  if (asText(target) !== undefined) return STRING_METHODS;
  if (Array.isArray(target)) return LIST_METHODS;
  if (asMapping(target) !== undefined) return DICT_METHODS;
  if (target instanceof Tuple || target instanceof Range) return TUPLE_METHODS;
  if (target instanceof TemplateObject) return undefined;
  if (asInteger(target) !== undefined) return INTEGER_METHODS;
  return isFloat(target) ? FLOAT_METHODS : undefined;
}
