import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { Undefined } from "../runtime/undefined.ts";
import { asMapping, getItem } from "../values/dict.ts";
import { isSame } from "../values/equality.ts";
import { iterator } from "../values/iterate.ts";
import { asText } from "../values/markup.ts";
import { asNumber } from "../values/numbers.ts";
import { Range } from "../values/range.ts";
import { refuse, typeName } from "../values/type_name.ts";

/** Reports whether a container holds a value, as Python's `in` does. */
export function contains(
  budget: Budget,
  container: unknown,
  value: unknown,
): boolean {
  const text = asText(container);
  if (text !== undefined) {
    budget.scan(text.length);
    const part = asText(value) ?? refuse(
      value,
      `'in <string>' requires string as left operand, not ${typeName(value)}`,
    );
    return text.includes(part);
  }
  const mapping = asMapping(container);
  if (mapping !== undefined) {
    return getItem(budget, mapping, value) !== undefined;
  }
  if (container instanceof Range) return rangeContains(container, value);
  const items = iterator(budget, container);
  if (items === undefined) {
    fail(`argument of type '${typeName(container)}' is not iterable`);
  }
  for (let next = items.next(); !next.done; next = items.next()) {
    if (isSame(budget, next.value, value)) return true;
  }
  return false;
}

function rangeContains(range: Range, value: unknown): boolean {
  // Comparing a strict undefined value with a number is an error.
  if (value instanceof Undefined && range.isTrue()) return value.equals(0);
  // Nothing but a number equals a number.
  const number = asNumber(value);
  return number !== undefined && range.indexOf(number) !== undefined;
}
