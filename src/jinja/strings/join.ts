import type { Budget } from "../runtime/budget.ts";

/** Joins strings with a separator and charges the result first. */
export function join(
  budget: Budget,
  texts: readonly string[],
  separator: string,
): string {
  budget.step(texts.length);
  let length = separator.length * Math.max(0, texts.length - 1);
  for (const text of texts) length += text.length;
  budget.allocateString(length);
  return texts.join(separator);
}
