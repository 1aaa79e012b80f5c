import { stringifyJson } from "../../formats/json_writer.ts";
import { toOneLine } from "../../util/log.ts";
import type { Value } from "../../values.ts";

/** Where and how rows are printed. */
export interface RowOptions {
  /** Writes to stdout. */
  readonly out: (text: string) => void;
  readonly output: "text" | "json";
}

/**
 * Prints items: a row of columns for each, or one JSON list of them.
 *
 * @param items The items.
 * @param columnsOf Returns the columns of an item.
 * @param options Where and how to print them.
 */
export function writeRows<Item>(
  items: readonly Item[],
  columnsOf: (item: Item) => readonly string[],
  { out, output }: RowOptions,
): void {
  if (output === "json") {
    // Items consist of JSON values, apart from keys that are undefined.
    out(`${stringifyJson(defined(items) as Value, { indent: 2 })}\n`);
    return;
  }
  const rows = items.map((item) => columnsOf(item).map(toOneLine));
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  for (const row of rows) {
    const line = row.map((cell, column) => cell.padEnd(widths[column]!));
    out(`${line.join("  ").trimEnd()}\n`);
  }
}

/** Removes the keys of items that are undefined. */
function defined<Item>(items: readonly Item[]): object[] {
  return items.map((item) =>
    Object.fromEntries(
      Object.entries(item as object).filter(([, value]) => value !== undefined),
    )
  );
}

/**
 * Formats a time.
 *
 * @param at Milliseconds since 1970 UTC.
 * @returns For example `2026-01-31T08:15:00Z`.
 */
export function formatTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
