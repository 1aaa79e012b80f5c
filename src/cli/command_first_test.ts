import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../tests/support/cli_session.ts";
import { commandFirst } from "./command_first.ts";

Deno.test("commandFirst() moves a command before the flags of every command", () => {
  const cases: [line: string, moved: string | undefined][] = [
    ["--quiet get a", "get --quiet a"],
    ["-l DEBUG --config=F get a --raw", "get -l DEBUG --config=F a --raw"],
    ["-lDEBUG --color never list", "list -lDEBUG --color never"],
    ["--quiet exec a -- sh -c b", "exec --quiet a -- sh -c b"],
    ["--config get a", undefined],
    ["--id run-1 get a", undefined],
    ["--quiet toString", undefined],
    ["--quiet", undefined],
    ["--config", undefined],
  ];
  for (const [line, moved] of cases) {
    deepStrictEqual(commandFirst(line.split(" ")), moved?.split(" "), line);
  }
});

Deno.test("main() takes the flags of every command in front of the command", async () => {
  await using session = await CliSession.create({ a: "A" });
  const config = `${session.path}/config.yaml`;
  for (
    const flags of [
      ["--quiet"],
      ["--config", config],
      ["-l", "WARNING"],
      ["--color", "never"],
      ["--log-format=json"],
    ]
  ) {
    const ended = await session.run(...flags, "get", "a");
    deepStrictEqual(ended, { code: 0, stdout: "A\n", stderr: "" });
  }
  const help = await session.run("-l", "DEBUG", "get", "--help");
  match(help.stdout, /^Usage: cicdstatemgr get /m);
  const failed = await session.run("--log-format", "json", "get", "a", "--no");
  deepStrictEqual([failed.code, JSON.parse(failed.stderr).code], [2, "USAGE"]);
});

Deno.test("main() says that the command comes first if other flags are in front", async () => {
  await using session = await CliSession.create({ a: "A" });
  const { code, stderr } = await session.run("--id", "run-1", "get", "a");
  strictEqual(code, 2);
  match(stderr, /Write the command first: cicdstatemgr get …\.\n$/);
});

Deno.test("main() suggests the flag or the command that was meant", async () => {
  await using session = await CliSession.create({ a: "A" });
  const cases: [line: string, says: RegExp][] = [
    ["-v", /Unknown flag -v\. Did you mean --version\?\n$/],
    ["--hlep", /Unknown flag --hlep\. Did you mean --help\?\n$/],
    ["permissions --for gte", /Unknown command "gte"\. Did you mean get\?\n$/],
    ["get a --output", /needs a value\. Write --output text\|json\|yaml\.\n$/],
    ["export --format", /Write --format /],
    ["completions tcsh", /Cannot use SHELL "tcsh"\. Write bash, zsh or fish/],
  ];
  for (const [line, says] of cases) {
    const { code, stderr } = await session.run(...line.split(" "));
    strictEqual(code, 2, line);
    match(stderr, says);
  }
  const append = await session.run("append", "l", "--json", "bad");
  match(append.stderr, /^cicdstatemgr: Cannot append to "l": invalid JSON/);
  const overview = await session.run("help");
  for (const topic of ["help", "--help", "-h"]) {
    deepStrictEqual(await session.run("help", topic), overview);
  }
  const help = await session.run("init", "--help");
  match(help.stdout, /^Usage: cicdstatemgr init ID --app-config FILE \[/m);
});
