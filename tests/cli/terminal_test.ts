// What a terminal shows: `script` runs the program in one.
import { doesNotMatch, match, strictEqual } from "node:assert/strict";
import { programCommand } from "../support/program.ts";
import { startScripted } from "../support/scripted_server.ts";
import { Workspace } from "../support/workspace.ts";

/** Characters that steer a terminal, or that change the order of a text. */
const HOSTILE = "a\x1b[2J\x9b1m\x7f\u202eb\x07";

async function prepare(): Promise<Workspace> {
  const workspace = await Workspace.create({
    "config.yaml":
      "cicdstatemgr: {datasources: {sqlite: {path: s.db, isPrimary: true}}}\n",
    "app.yaml": "cicd-contexts: {stage: {}}\n",
  });
  const { code, stderr } = await workspace.run(
    ...["init", "run-1", "--app-config", "app.yaml"],
    ...["--set", `a=${HOSTILE}`],
    ...["--set-json", `m=${JSON.stringify({ [HOSTILE]: 1 })}`],
  );
  strictEqual(code, 0, stderr);
  await workspace.run("set", `state.h=${HOSTILE}`);
  return workspace;
}

/** Returns what a terminal receives from a command line, without its own CRs. */
async function show(
  { path }: Workspace,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const words = [...programCommand(["--allow-all"]), ...args];
  const { stdout } = await new Deno.Command("script", {
    args: [
      ...["--quiet", "--return", "--command"],
      words.map((word) => `'${word}'`).join(" "),
      "/dev/null",
    ],
    cwd: path,
    env: {
      CICDSTATEMGR_CONFIG_PATH: "config.yaml",
      CICDSTATEMGR_CONTEXT_DATA_ID: "run-1",
      NO_COLOR: "",
      ...env,
    },
    stdin: "null",
  }).output();
  return new TextDecoder().decode(stdout).replaceAll("\r\n", "\n");
}

const RAW_REGEXP = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

const LINES: readonly (readonly string[])[] = [
  ["get", "a"],
  ["get", "m", "--output", "yaml"],
  ["keys", "m"],
  ["keys", "m", "--output", "json"],
  ["get", HOSTILE],
  ["get", HOSTILE, "--log-level", "DEBUG"],
  ["history", "--color", "never"],
  ["increment", "a", "--by", "1"],
];

Deno.test("a terminal gets no control characters of values, arguments and messages", async () => {
  await using workspace = await prepare();
  for (const args of LINES) {
    const shown = await show(workspace, args);
    doesNotMatch(shown, RAW_REGEXP);
  }
});

Deno.test("JSON stays valid on a terminal, and keeps what it says", async () => {
  await using workspace = await prepare();
  const shown = await show(workspace, ["get", "a", "--output", "json"]);
  strictEqual(JSON.parse(shown), HOSTILE);
  const failed = await show(workspace, ["get", HOSTILE, "--output", "json"]);
  strictEqual(JSON.parse(failed).path, HOSTILE);
});

Deno.test("a value that is not for a terminal keeps its characters", async () => {
  await using workspace = await prepare();
  strictEqual((await workspace.run("get", "a")).stdout, `${HOSTILE}\n`);
});

Deno.test("tables have colors on a terminal, unless NO_COLOR or --color says no", async () => {
  await using workspace = await prepare();
  const colored = "\x1b[1mrun-1\x1b[0m";
  strictEqual((await show(workspace, ["list"])).startsWith(colored), true);
  for (
    const [args, env] of [
      [["list"], { NO_COLOR: "1" }],
      [["list", "--color", "never"], {}],
    ] as const
  ) {
    match(await show(workspace, args, env), /^run-1 {2}stage/);
  }
  const always = await show(workspace, ["list", "--color=always"], {
    NO_COLOR: "1",
  });
  strictEqual(always.startsWith(colored), true);
  match((await workspace.run("list")).stdout, /^run-1 {2}stage/);
  const piped = await workspace.run("list", "--color", "always");
  strictEqual(piped.stdout.startsWith(colored), true);
});

Deno.test("a terminal shows what is waited for, and a pipe does not", async () => {
  await using server = startScripted(async ({ receive }) => {
    // It never answers.
    while (await receive() !== undefined);
  });
  await using workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: {
          redis: {
            host: "127.0.0.1",
            port: server.port,
            isPrimary: true,
            "connect-timeout-ms": 2000,
            "command-timeout-ms": 2000,
          },
        },
      },
    },
  });
  const waiting = /Waiting for datasource "redis" \(\d+ s\)/;
  const shown = await show(workspace, ["get", "a"]);
  match(shown, waiting);
  strictEqual(shown.includes("\r\x1b[Kcicdstatemgr: "), true);
  doesNotMatch(await show(workspace, ["get", "a", "--quiet"]), waiting);
  const { stdout, stderr } = await workspace.run("get", "a");
  doesNotMatch(stdout + stderr, waiting);
});
