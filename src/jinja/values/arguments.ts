import { asText } from "./markup.ts";
import { asInteger, type Integer } from "./numbers.ts";
import { refuse, typeName } from "./type_name.ts";

/**
 * Returns the text of an argument that must be a string.
 *
 * @param problem What Python says in front of the type's name.
 * @throws {TemplateFailure} If the argument is not a string.
 */
export function requireText(
  value: unknown,
  problem = "must be str, not",
): string {
  return asText(value) ?? refuse(value, `${problem} ${typeName(value)}`);
}

/**
 * Returns an argument that must be an integer. One past 2^53 is rounded, which
 * makes no difference to positions and widths.
 *
 * @throws {TemplateFailure} If the argument is not an integer.
 */
export function requireInteger(value: unknown): number {
  return Number(requireAnyInteger(value));
}

/**
 * Returns an argument that must be an integer, with all of its digits.
 *
 * @throws {TemplateFailure} If the argument is not an integer.
 */
export function requireAnyInteger(value: unknown): Integer {
  return asInteger(value) ?? refuse(
    value,
    `'${typeName(value)}' object cannot be interpreted as an integer`,
  );
}

/**
 * Returns the position that an argument of methods such as `find` and `index`
 * names in a sequence: one from its end if it is negative.
 *
 * @param fallback The position if there is no argument.
 * @throws {TemplateFailure} If the argument is neither an integer nor none.
 */
export function requirePosition(
  value: unknown,
  length: number,
  fallback: number,
): number {
  if (value === undefined || value === null) return fallback;
  const integer = asInteger(value) ?? refuse(
    value,
    "slice indices must be integers or None or have an __index__ method",
  );
  const position = Number(integer);
  return position < 0 ? Math.max(0, position + length) : position;
}
