import { type Flag, FLAG_GROUPS } from "./flags.ts";

const WIDTH = 79;
const INDENT = 6;

/**
 * Writes the help: flags in groups, with their variables and defaults.
 *
 * @param version The program's version.
 * @returns The text, at most 79 columns wide.
 */
export function helpText(version: string): string {
  const lines = [
    `cicdstatemgr ${version}`,
    "Keeps configuration and state across the tasks of a CI/CD system.",
    "",
    "Usage:",
    "  cicdstatemgr --config FILE --init-new ID --init-app-config-file FILE",
    "  cicdstatemgr --config FILE --id ID --get JSONPATH",
    "  cicdstatemgr --config FILE --id ID --set PATH=VALUE",
  ];
  for (const { title, flags } of FLAG_GROUPS) {
    lines.push("", `${title}:`);
    for (const flag of flags) lines.push(...describe(flag));
  }
  lines.push(
    "",
    "$CICDSTATEMGR_ACTOR says who makes a change, for the history; without it,",
    "the user and the host do.",
    "",
    "Exit status: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 conflict,",
    "5 timeout, 6 delivery failed, 7 template failed.",
  );
  return lines.join("\n") + "\n";
}

function describe(flag: Flag): string[] {
  const short = flag.short === undefined ? "" : `-${flag.short}, `;
  const value = flag.value === undefined ? "" : ` ${flag.value}`;
  const notes = [
    flag.env === undefined ? [] : [`$${flag.env}`],
    flag.default === undefined ? [] : [`default: ${flag.default}`],
  ].flat();
  const words = [...flag.help.split(" "), ...notes.map((text) => `[${text}]`)];
  return [`  ${short}--${flag.name}${value}`, ...wrap(words)];
}

function wrap(words: readonly string[]): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && INDENT + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((line) => " ".repeat(INDENT) + line);
}
