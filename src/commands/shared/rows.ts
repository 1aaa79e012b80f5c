import { stringifyJson } from "../../formats/json_writer.ts";
import { toOneLine } from "../../util/log.ts";
import type { Value } from "../../values.ts";
import type { Services } from "./types.ts";

/** Where and how rows are printed. */
export interface RowOptions extends Pick<Services, "out" | "hasColor"> {
  readonly output: "text" | "json";
  /**
   * After how many characters a cell is continued on the next line.
   *
   * @default {never}
   */
  readonly wrapAt?: number;
}

/** How a cell is shown if there are colors: a parameter of the terminal's code. */
const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

type Style = keyof typeof STYLES;

/** A cell of a table. */
export type Cell = string | { readonly text: string; readonly style: Style };

/** More than any cell has. A repetition in a RegExp needs an end. */
const MAX_CELL = 2 ** 31 - 1;

/**
 * Prints items: a row of columns for each, or one JSON list of them.
 *
 * @param items The items.
 * @param columnsOf Returns the columns of an item.
 * @param options Where and how to print them.
 */
export function writeRows<Item>(
  items: readonly Item[],
  columnsOf: (item: Item) => readonly Cell[],
  { out, hasColor, output, wrapAt = MAX_CELL }: RowOptions,
): void {
  if (output === "json") {
    // Items consist of JSON values, apart from keys that are undefined.
    out(`${stringifyJson(defined(items) as Value, { indent: 2 })}\n`);
    return;
  }
  const lines = items.flatMap((item) => wrapRow(columnsOf(item), wrapAt));
  const isColored = hasColor();
  const widths: number[] = [];
  for (const line of lines) {
    line.forEach(({ text }, column) => {
      widths[column] = Math.max(widths[column] ?? 0, text.length);
    });
  }
  for (const line of lines) {
    const cells = line.map(({ text, style }, column) => {
      const padded = text.padEnd(
        column === line.length - 1 ? 0 : widths[column]!,
      );
      return isColored && style !== undefined && text !== ""
        ? `\x1b[${STYLES[style]}m${padded}\x1b[0m`
        : padded;
    });
    out(`${cells.join("  ").trimEnd()}\n`, true);
  }
}

/** A cell of one line, with nothing that steers a terminal. */
interface Piece {
  readonly text: string;
  readonly style?: Style;
}

/** Splits a row into as many lines as its longest cell needs. */
function wrapRow(row: readonly Cell[], wrapAt: number): Piece[][] {
  const chunk = new RegExp(`.{1,${wrapAt}}`, "gsu");
  const columns = row.map((cell) => {
    const { text, style } = typeof cell === "string"
      ? { text: cell, style: undefined }
      : cell;
    const chunks = toOneLine(text).match(chunk) ?? [""];
    return chunks.map((text) => ({ text, ...style && { style } }));
  });
  const height = Math.max(...columns.map(({ length }) => length));
  return Array.from(
    { length: height },
    (_, line) => columns.map((pieces) => pieces[line] ?? { text: "" }),
  );
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
 * @returns For example `2026-01-31T08:15:00Z`; `-` if it is not a valid time.
 */
export function formatTime(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "-";
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
