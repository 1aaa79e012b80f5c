import {
  deepStrictEqual,
  match,
  ok,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { loadCommands } from "../../commands/registry.ts";
import { OLD_FLAGS, type OldFlag } from "../compat_flags.ts";
import { compatHelp } from "./compat.ts";
import { commandHelp, overview, readHelp } from "./help.ts";
import { flagName } from "../../commands/shared/command.ts";

const COMMANDS = await loadCommands();

function assertFits(text: string): void {
  for (const line of text.split("\n")) ok(line.length < 80, line);
}

/** Joins broken lines, so that a phrase can be found. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

Deno.test("overview() lists every command with its summary", async () => {
  const text = await overview();
  assertFits(text);
  for (const { name, summary } of COMMANDS) {
    match(flat(text), new RegExp(` ${name}\\b`));
    ok(flat(text).includes(summary), name);
  }
});

for (const command of COMMANDS) {
  Deno.test(`commandHelp() shows all of ${command.name}`, () => {
    const text = commandHelp(command);
    assertFits(text);
    const words = flat(text);
    for (
      const [key, { env, default: preset }] of Object.entries(command.flags)
    ) {
      ok(words.includes(` --${flagName(key)} `), key);
      if (env !== undefined) ok(words.includes(`[$${env}]`), env);
      if (preset !== undefined) ok(words.includes(`[default: ${preset}]`), key);
    }
    for (const { help } of Object.values(command.arguments)) {
      ok(words.includes(help));
    }
    for (const { line } of command.examples) {
      ok(words.includes(flat(line)), line);
    }
    for (const meaning of Object.values(command.exits ?? {})) {
      ok(words.includes(meaning), meaning);
    }
  });

  Deno.test(`the examples of ${command.name} are command lines of it`, async () => {
    ok(command.examples.length > 0);
    for (const { line } of command.examples) {
      strictEqual(line.split(" ")[0], command.name);
    }
    const { readCommandLine } = await import("../parse.ts");
    const { splitShellWords } = await import(
      "../../../tests/support/shell_words.ts"
    );
    for (const { line } of command.examples) {
      await readCommandLine(splitShellWords(line), () => "x");
    }
  });
}

Deno.test("compatHelp() shows every old flag with its variable and default", () => {
  const text = compatHelp();
  assertFits(text);
  const entries: [string, OldFlag][] = Object.entries(OLD_FLAGS);
  for (const [key, { env, default: preset, help }] of entries) {
    ok(text.includes(`--${flagName(key)}`), key);
    ok(flat(text).includes(help), key);
    if (env !== undefined) ok(flat(text).includes(`[$${env}]`), env);
    if (preset !== undefined) ok(flat(text).includes(`[default: ${preset}]`));
  }
});

Deno.test("readHelp() finds the topic", async () => {
  deepStrictEqual(await readHelp([]), { print: await overview() });
  deepStrictEqual(await readHelp(["compat"]), { print: compatHelp() });
  const get = await readHelp(["get"]);
  match("print" in get ? get.print : "", /^Print values\./);
  await rejects(readHelp(["gte"]), /Unknown command "gte"/);
  await rejects(readHelp(["get", "set"]), /Cannot use argument "set"/);
});
