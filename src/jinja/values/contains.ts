import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { asMapping, getItem } from "./dict.ts";
import { isSame } from "./equality.ts";
import { iterator } from "./iterate.ts";
import { asText } from "./markup.ts";
import { asNumber } from "./numbers.ts";
import { Range } from "./range.ts";
import { refuse, typeName } from "./type_name.ts";

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
  const number = container instanceof Range ? asNumber(value) : undefined;
  if (container instanceof Range && number !== undefined) {
    return container.indexOf(number) !== undefined;
  }
  const items = iterator(budget, container);
  if (items === undefined) {
    fail(`argument of type '${typeName(container)}' is not iterable`);
  }
  for (let next = items.next(); !next.done; next = items.next()) {
    if (isSame(budget, next.value, value)) return true;
  }
  return false;
}
