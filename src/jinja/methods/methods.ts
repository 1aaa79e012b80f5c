import { BoundMethod } from "../runtime/call.ts";
import { TemplateObject } from "../runtime/object.ts";
import type { NativeTable, Runtime } from "../runtime/runtime.ts";
import { asMapping } from "../values/dict.ts";
import { Markup } from "../values/markup.ts";
import { asInteger, isFloat } from "../values/numbers.ts";
import { Range } from "../values/range.ts";
import { Tuple } from "../values/tuple.ts";
import { DICT_METHODS } from "./dict.ts";
import { LIST_METHODS } from "./list.ts";
import { markupMethods } from "./markup.ts";
import { FLOAT_MEMBERS, INTEGER_MEMBERS, PROPERTIES } from "./number.ts";
import { STRING_METHODS } from "./string.ts";
import { RANGE_METHODS, TUPLE_METHODS } from "./tuple.ts";

/**
 * Returns a member that a value has because of its type: a bound method or the
 * value of a property; `undefined` if its type has no such member.
 */
export function findMethod(
  runtime: Runtime,
  target: unknown,
  name: string,
): unknown {
  const native = methodsOf(target)?.get(name);
  if (native === undefined) return undefined;
  // Only numbers have properties.
  return PROPERTIES.has(name)
    ? native.run(runtime, target)
    : new BoundMethod(name, native, target);
}

function methodsOf(target: unknown): NativeTable | undefined {
  if (typeof target === "string") return STRING_METHODS;
  if (Array.isArray(target)) return LIST_METHODS;
  if (asMapping(target) !== undefined) return DICT_METHODS;
  if (target instanceof Markup) return markupMethods();
  if (target instanceof Tuple) return TUPLE_METHODS;
  if (target instanceof Range) return RANGE_METHODS;
  if (target instanceof TemplateObject) return undefined;
  if (asInteger(target) !== undefined) return INTEGER_MEMBERS;
  return isFloat(target) ? FLOAT_MEMBERS : undefined;
}
