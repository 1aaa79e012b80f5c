import type { Budget } from "../runtime/budget.ts";

const SURROGATE_REGEXP = /[\ud800-\udfff]/;

/** Returns how many code points a string has, which is what Python counts. */
export function textLength(budget: Budget, text: string): number {
  budget.scan(text.length);
  if (!SURROGATE_REGEXP.test(text)) return text.length;
  budget.step(text.length);
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Returns the code points of a string. */
export function characters(budget: Budget, text: string): string[] {
  budget.allocateList(text.length);
  return SURROGATE_REGEXP.test(text) ? Array.from(text) : text.split("");
}

/** Returns the part of a string between two positions, counted in code points. */
export function sliceText(
  budget: Budget,
  text: string,
  start: number,
  end?: number,
): string {
  budget.scan(text.length);
  return SURROGATE_REGEXP.test(text)
    ? characters(budget, text).slice(start, end).join("")
    : text.slice(start, end);
}

/** Writes a character as an escape sequence of a Python string literal. */
export function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${digits.padStart(4, "0")}`;
  return `\\U${digits.padStart(8, "0")}`;
}
