import type { Budget } from "../runtime/budget.ts";
import { textLength } from "../strings/characters.ts";
import { zeros } from "./digits.ts";
import type { FormatSpec } from "./spec.ts";

/** Returns the sign that stands in front of a number. */
export function signOf(isNegative: boolean, { sign }: FormatSpec): string {
  if (isNegative) return "-";
  return sign === "-" ? "" : sign;
}

/** The types whose digits are grouped by four. */
const BASE_TYPES: readonly string[] = ["b", "o", "x", "X"];

/** Groups the digits of a number and puts it into its field. */
export function placeNumber(
  budget: Budget,
  prefix: string,
  body: string,
  spec: FormatSpec,
): string {
  if (
    spec.grouping === "" || !/^[\da-f]/i.test(body) ||
    /^(?:inf|nan)/i.test(body)
  ) return align(budget, prefix, body, spec);
  const size = BASE_TYPES.includes(spec.type) ? 4 : 3;
  const digits = (size === 3 ? /^\d*/ : /^[\da-f]*/i).exec(body)![0];
  const rest = body.slice(digits.length);
  const isFilled = spec.align === "=" && spec.fill === "0";
  const width = isFilled ? spec.width - prefix.length - rest.length : 0;
  const grouped = group(budget, digits, size, width, spec.grouping);
  return align(budget, prefix, grouped + rest, spec);
}

/** Separates groups of digits, after zeros that fill up a width. */
function group(
  budget: Budget,
  digits: string,
  size: number,
  width: number,
  separator: string,
): string {
  const needed = Math.max(0, width - Math.floor(width / (size + 1)));
  // A separator cannot stand in front.
  const isShort = needed > 0 &&
    needed + Math.floor((needed - 1) / size) < width;
  const missing = Math.max(0, needed + (isShort ? 1 : 0) - digits.length);
  const all = zeros(budget, missing) + digits;
  const count = Math.ceil(all.length / size);
  budget.allocateList(count);
  budget.allocateString(all.length + count);
  const first = all.length - (count - 1) * size;
  return Array.from({ length: count }, (_, index) => {
    const end = first + index * size;
    return all.slice(Math.max(0, end - size), end);
  }).join(separator);
}

/** Puts a prefix, such as a sign, and what follows it into a field. */
export function align(
  budget: Budget,
  prefix: string,
  body: string,
  spec: FormatSpec,
): string {
  const text = prefix + body;
  const missing = spec.width - textLength(budget, text);
  if (missing <= 0) return text;
  budget.allocateString(missing * spec.fill.length + text.length);
  switch (spec.align) {
    case "<":
      return text + spec.fill.repeat(missing);
    case ">":
      return spec.fill.repeat(missing) + text;
    case "=":
      return prefix + spec.fill.repeat(missing) + body;
    case "^": {
      const left = Math.floor(missing / 2);
      return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
    }
  }
}
