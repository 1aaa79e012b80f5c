import { fail } from "../error.ts";
import { Undefined } from "../runtime/undefined.ts";
import { typeName } from "../values/type_name.ts";

/** Reports that an operator does not take two values. */
export function unsupported(
  operator: string,
  left: unknown,
  right: unknown,
): never {
  checkDefined(left, right);
  fail(
    `unsupported operand type(s) for ${operator}: '${typeName(left)}' and ` +
      `'${typeName(right)}'`,
    operator === "+" ? JOIN_HINT : undefined,
  );
}

/** Fails if one of two values is undefined. */
export function checkDefined(left: unknown, right: unknown): void {
  if (left instanceof Undefined) left.fail();
  if (right instanceof Undefined) right.fail();
}

/** What to do where `+` does not take two values. */
export const JOIN_HINT = "Use ~ to join values as strings";
