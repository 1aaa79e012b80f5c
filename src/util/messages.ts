import { Float, Timestamp, type Value } from "../values.ts";

/**
 * Finds the known word that a misspelled word most likely stands for.
 *
 * @param word The word as written.
 * @param known The words that exist.
 * @returns The closest known word, or `undefined` if none is close.
 */
export function suggest(
  word: string,
  known: Iterable<string>,
): string | undefined {
  // Case and separators are the most common mistakes.
  const plain = simplify(word);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const other = simplify(candidate);
    // The distance is at least the difference in length.
    if (Math.abs(plain.length - other.length) >= bestDistance) continue;
    const distance = editDistance(plain, other);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function simplify(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ ]/g, "");
}

/** Counts insertions, deletions, replacements and swaps of adjacent letters. */
function editDistance(left: string, right: string): number {
  const rows: number[][] = [Array.from(range(right.length + 1))];
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] &&
        left[i - 2] === right[j - 1];
      if (swapped) cost = Math.min(cost, rows[i - 2]![j - 2]! + 1);
      row.push(cost);
    }
    rows.push(row);
  }
  return rows[left.length]![right.length]!;
}

function* range(end: number): Generator<number> {
  for (let i = 0; i < end; i++) yield i;
}

/**
 * Describes the type of a value in YAML's terms.
 *
 * @param value The value.
 * @returns The type with its article, such as `a string`, `an integer` or
 * `a mapping`; `null` for null.
 */
export function describeType(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "string") return "a string";
  if (typeof value === "boolean") return "a boolean";
  if (typeof value === "bigint") return "an integer";
  if (typeof value === "number") {
    return Number.isSafeInteger(value) ? "an integer" : "a float";
  }
  if (value instanceof Float) return "a float";
  if (value instanceof Timestamp) return "a date";
  return Array.isArray(value) ? "a list" : "a mapping";
}
