import { CicdStateError } from "../errors.ts";
import { stringifyJson } from "../formats/json_writer.ts";
import { toOneLine } from "../util/log.ts";
import type { Value } from "../values.ts";
import type { Arguments, CommandContext } from "./command.ts";

/**
 * Prints a row an item: columns for people, or with `--output json` one JSON
 * list of the items for programs.
 *
 * @param context What the command works with.
 * @param items The items.
 * @param columnsOf Gives an item's columns.
 * @throws {CicdStateError} `USAGE`, if the output is of no known format.
 */
export function writeRows<Item>(
  { args, out }: CommandContext,
  items: readonly Item[],
  columnsOf: (item: Item) => readonly string[],
): void {
  const format = args.value("output");
  if (format === "json") {
    // Items are made of JSON's values; what is undefined is left out.
    out(`${stringifyJson(defined(items) as Value, { indent: 2 })}\n`);
    return;
  }
  if (format !== "text") {
    throw new CicdStateError("USAGE", `Unknown --output "${format}"`, {
      hint: "Known are text, json",
    });
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

/** Leaves out the keys of items that have no value. */
function defined<Item>(items: readonly Item[]): object[] {
  return items.map((item) =>
    Object.fromEntries(
      Object.entries(item as object).filter(([, value]) => value !== undefined),
    )
  );
}

/**
 * Writes a time as people and programs read it.
 *
 * @param at Milliseconds since 1970 UTC.
 * @returns For example `2026-01-31T08:15:00Z`.
 */
export function formatTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

/**
 * Reads `--limit`.
 *
 * @param args The command line.
 * @returns The number, or `undefined` if none is given.
 * @throws {CicdStateError} `USAGE`.
 */
export function readLimit(args: Arguments): number | undefined {
  const text = args.value("limit");
  return text === undefined ? undefined : readNumber("limit", text);
}

/**
 * Reads a number of a flag.
 *
 * @param flag The flag's name.
 * @param text Its value.
 * @returns The number.
 * @throws {CicdStateError} `USAGE`.
 */
export function readNumber(flag: string, text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) {
    return number;
  }
  throw new CicdStateError("USAGE", `Cannot use --${flag} "${text}"`, {
    hint: "It must be a whole number of 1 or more",
  });
}
