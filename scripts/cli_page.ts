import { loadCommands } from "../src/commands/registry.ts";
import { compatHelp } from "../src/cli/help/compat.ts";
import {
  flagName,
  GLOBAL_FLAGS,
  usageLine,
  valueName,
} from "../src/commands/shared/command.ts";
import {
  type Argument,
  type Command,
  type Flag,
  type FlagTable,
  GROUPS,
} from "../src/commands/shared/types.ts";

const INTRODUCTION = `# Command reference

<!-- Written by deno task reference from the commands in src/. Do not edit. -->

\`cicdstatemgr help\` prints an overview, and \`cicdstatemgr help COMMAND\` prints
the section of one command.

Values go to stdout, logs and errors to stderr. Every command exits with
status 0 if it succeeded, 1 if it failed, 2 after wrong usage and 5 if a server
did not answer in time. Other statuses are listed with the command.
[For scripts and programs](automation.md) has all of them, and errors as JSON.
`;

/**
 * Writes the reference of all commands.
 *
 * @returns Markdown.
 */
export async function cliPage(): Promise<string> {
  const commands = await loadCommands();
  const parts = [
    INTRODUCTION,
    "## Flags of every command\n",
    flagList(GLOBAL_FLAGS),
    "`CICDSTATEMGR_ACTOR` names who makes a change, for the history. Default: `USER@HOST`, from $USER and the name of the host; without $USER, only the host.\n",
  ];
  for (const group of GROUPS) {
    parts.push(`## ${group}\n`);
    for (const command of commands) {
      if (command.group === group) parts.push(describe(command));
    }
  }
  parts.push(
    "## Flags of older scripts\n",
    "The flags of the Python tool work as before.\n",
    fence("text", compatHelp().trimEnd()),
  );
  return `${parts.join("\n")}\n`;
}

function describe(command: Command): string {
  const { name, summary, about = [], examples, exits = {} } = command;
  const args = Object.values(command.arguments).map((argument) =>
    `- \`${valueName(argument)}\`: ${argument.help}`
  );
  const lines = examples.map(({ line, help }) =>
    `cicdstatemgr ${line} # ${help}`
  );
  const statuses = Object.entries(exits).map(([status, meaning]) =>
    `- ${status}: ${meaning}`
  );
  return [
    `### \`${name}\`\n`,
    `${summary}.\n`,
    fence("text", usageLine(command)),
    ...about.map((paragraph) => `${paragraph}\n`),
    ...args.length === 0 ? [] : [`${args.join("\n")}\n`],
    flagList(command.flags),
    ...lines.length === 0 ? [] : [fence("sh", lines.join("\n"))],
    ...statuses.length === 0
      ? []
      : [`Exit status:\n\n${statuses.join("\n")}\n`],
  ].join("\n");
}

function flagList(table: FlagTable): string {
  const lines = Object.entries(table).map(([key, flag]) =>
    `- \`${flagLine(key, flag)}\`: ${[flag.help, ...notesOf(flag)].join(" ")}`
  );
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function flagLine(key: string, flag: Flag | Argument): string {
  return `--${flagName(key)} ${valueName(flag)}`.trimEnd();
}

function notesOf(flag: Flag): string[] {
  return [
    ...flag.env === undefined ? [] : [`Variable: \`${flag.env}\`.`],
    ...flag.default === undefined ? [] : [`Default: \`${flag.default}\`.`],
  ];
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`;
}
