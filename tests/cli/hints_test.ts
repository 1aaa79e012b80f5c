import { deepStrictEqual, doesNotMatch, match } from "node:assert/strict";
import { CliSession } from "../support/cli_session.ts";

const INIT = ["init", "run-1", "--replace"];

/** A config whose primary is a file. */
const FILE_PRIMARY =
  'cicdstatemgr: {datasources: {jsonfile: {path: "@DIR@/primary.json", isPrimary: true}}}\n';

/** What goes wrong, what its hint says, and files to write before. */
const CASES: readonly {
  readonly args: readonly string[];
  readonly hint: RegExp;
  readonly files?: Readonly<Record<string, string>>;
}[] = [
  {
    args: ["get", "a", "--id", "other"],
    hint: /create it with cicdstatemgr init other\.$/,
  },
  {
    args: ["diff", "9"],
    hint: /Run cicdstatemgr history to see which revisions are kept\.$/,
  },
  {
    args: ["generate", "$..*"],
    hint: /cicdstatemgr get shows what a path finds\.$/,
  },
  {
    args: [...INIT, "--app-config", "none.yaml"],
    hint: /Check the path given as the app config\.$/,
  },
  {
    args: INIT,
    files: { "app.yaml": "bases: [base.yaml]" },
    hint: /Pass --bases-dir DIR to cicdstatemgr init, or set CICDSTATEMGR_/,
  },
  {
    args: [...INIT, "--bases-dir", "@DIR@"],
    files: { "app.yaml": "bases: [base.yaml]" },
    hint: /Check the path given as a base of app config file ".*app\.yaml"\.$/,
  },
  {
    args: ["get", "a", "--fresh"],
    files: { "config.yaml": FILE_PRIMARY, "primary.json": "{" },
    hint: /replace it with cicdstatemgr init ID --replace\.$/,
  },
  {
    args: ["get", "a", "--fresh", "--id", "other"],
    files: {
      "config.yaml": FILE_PRIMARY,
      "primary.json": '{"state": {"cicdContextDataId": "run-1"}}',
    },
    hint:
      /with --id run-1, or replace it with cicdstatemgr init other --replace\.$/,
  },
  {
    args: ["get", "a", "--fresh", "--id", "other"],
    files: { "config.yaml": FILE_PRIMARY, "primary.json": "{}" },
    hint: /: it holds one without an id\. If a program is writing the file/,
  },
];

for (const [index, { args, hint, files = {} }] of CASES.entries()) {
  Deno.test(`main() hints at commands, not at old flags (case ${index + 1})`, async () => {
    await using session = await CliSession.create();
    for (const [name, text] of Object.entries(files)) {
      await session.write(name, text);
    }
    const { stdout, stderr } = await session.run(
      ...args.map((argument) => argument.replace("@DIR@", session.path)),
    );
    deepStrictEqual(stdout, "");
    match(stderr.trimEnd(), hint);
    doesNotMatch(stderr, /--(?:init|get|set|history|generate)\b/);
    const command = /cicdstatemgr init (.+)\.$/.exec(stderr.trimEnd())?.[1];
    if (command === undefined) return;
    const id = args.at(-2) === "--id" ? args.at(-1)! : "run-1";
    const followed = await session.run(
      ...["init", ...command.replace("ID", id).split(" ")],
    );
    deepStrictEqual([followed.code, followed.stdout], [0, `${id}\n`]);
  });
}
