import { asInteger } from "./numbers.ts";
import { asText } from "./markup.ts";
import { refuse, typeName } from "./type_name.ts";
/** Takes a text argument. */
export function requireText(value: unknown): string {
  return asText(value) ??
    refuse(value, `it takes a string here, not '${typeName(value)}'`);
}

/** Takes an integer argument. */
export function requireInteger(value: unknown): number {
  const integer = asInteger(value) ??
    refuse(value, `it takes an integer here, not '${typeName(value)}'`);
  return Number(integer);
}
