import { flagName, valueName } from "../../commands/shared/command.ts";
import type { Flag, FlagTable } from "../../commands/shared/types.ts";

/** Help fits into a terminal of 80 columns. */
const WIDTH = 79;
/** The column where descriptions begin. */
export const INDENT = 6;

/** Puts a heading above lines, if there are any. */
export function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `${heading}:`, ...lines];
}

/**
 * Describes flags, with their variables and defaults.
 *
 * @param table The flags.
 * @returns The lines.
 */
export function describeFlags(table: FlagTable): string[] {
  return Object.entries(table).flatMap(([key, flag]) => {
    const short = flag.short === undefined ? "" : `-${flag.short}, `;
    const line = `  ${short}--${flagName(key)} ${valueName(flag)}`.trimEnd();
    const words = [flag.help, ...notesOf(flag)].join(" ");
    return [line, ...wrap(words, INDENT)];
  });
}

function notesOf(flag: Flag): string[] {
  return [
    ...flag.env === undefined ? [] : [`[$${flag.env}]`],
    ...flag.default === undefined ? [] : [`[default: ${flag.default}]`],
  ];
}

/**
 * Breaks text into lines at spaces.
 *
 * @param text The text.
 * @param indent The column where each line begins.
 * @returns The lines.
 */
export function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((line) => " ".repeat(indent) + line);
}

/** Joins the lines of a help text. */
export function toText(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
