import { asText } from "./markup.ts";
import { asInteger, type Integer } from "./numbers.ts";
import { refuse, typeName } from "./type_name.ts";

/**
 * Returns an argument that must be a string.
 *
 * @throws {TemplateFailure} If it is not.
 */
export function requireText(value: unknown): string {
  return asText(value) ??
    refuse(value, `expected a string, got '${typeName(value)}'`);
}

/**
 * Returns an argument that must be an integer, rounded if it is past 2^53.
 *
 * @throws {TemplateFailure} If it is not.
 */
export function requireInteger(value: unknown): number {
  return Number(requireAnyInteger(value));
}

/**
 * Returns an argument that must be an integer, with all of its digits.
 *
 * @throws {TemplateFailure} If it is not.
 */
export function requireAnyInteger(value: unknown): Integer {
  return asInteger(value) ?? refuse(
    value,
    `'${typeName(value)}' object cannot be interpreted as an integer`,
  );
}
