// Every exit status that a command documents, each with a line that ends with it.
// A new command needs a row for each of its statuses.
import { strictEqual } from "node:assert/strict";
import { loadCommands } from "../../src/commands/registry.ts";
import type { Command } from "../../src/commands/shared/types.ts";
import { type CallOptions, CliSession } from "../support/cli_session.ts";
import { programCommand } from "../support/program.ts";
import { startScripted } from "../support/scripted_server.ts";

/** A line, in which `@DIR@` is the folder, and variables of the process. */
type Line = string | readonly [line: string, variables: Record<string, string>];

const SCENARIOS: Readonly<Record<string, Readonly<Record<number, Line>>>> = {
  init: {
    3: "init run-2 --context none",
    4: "init run-1",
    6: "init run-2 --event build=post",
    7: "init run-2 --event build=fail",
  },
  load: {
    3: "load --id none",
    4: "load --if-revision 9",
    6: "load --event build=post",
    7: "load --event build=fail",
  },
  remove: { 1: "remove run-1 --config @DIR@/none", 3: "remove none --yes" },
  reseal: { 3: "reseal none" },
  get: { 3: "get none", 7: "get bad" },
  exists: { 3: "exists none" },
  keys: { 3: "keys none" },
  set: {
    3: "set a=1 --id none",
    4: "set a=1 --if-revision 9",
    8: "set --json a={",
  },
  append: {
    3: "append a 1 --id none",
    4: "append a 1 --if-revision 9",
    8: "append a { --json",
  },
  increment: { 3: "increment n --id none", 4: "increment n --if-revision 9" },
  delete: { 3: "delete none", 4: "delete n --if-revision 9" },
  edit: {
    1: ["edit n", { EDITOR: "false" }],
    3: ["edit none", { EDITOR: "true" }],
    4: ["edit n", { EDITOR: "sh @DIR@/conflict.sh" }],
    8: ["edit n", { EDITOR: "sh @DIR@/invalid.sh" }],
  },
  generate: {
    3: "generate generators --id none",
    4: "generate generators --if-revision 9",
    7: "generate broken",
  },
  export: {
    1: "export numbered --format shell",
    3: "export none --format shell",
  },
  render: { 3: "render @DIR@/app.yaml --id none", 7: "render @DIR@/bad.j2" },
  exec: {
    1: "exec numbered -- true",
    3: "exec none -- true",
    126: "exec n -- @DIR@/app.yaml",
    127: "exec n -- @DIR@/none",
  },
  wait: {
    3: "wait n --timeout 0 --id none",
    5: "wait none --timeout 0",
  },
  event: {
    3: "event build none",
    4: "event build done --if-revision 9",
    6: "event build post",
    7: "event build fail",
  },
  history: { 3: "history --id none" },
  diff: { 3: "diff 99" },
  rollback: { 3: "rollback 99", 4: "rollback 1 --if-revision 9" },
  validate: { 8: "validate --config @DIR@/bad.j2" },
  doctor: { 1: "doctor --config @DIR@/none" },
};

/** A line of each command that succeeds, for the statuses that all have. */
const GOOD: Readonly<Record<string, Line>> = {
  init: "init run-2",
  load: "load",
  list: "list",
  remove: "remove run-1 --yes",
  reseal: "reseal run-1",
  get: "get n",
  exists: "exists n",
  keys: "keys",
  set: "set a=1",
  append: "append a 1",
  increment: "increment n",
  delete: "delete n",
  edit: ["edit n", { EDITOR: "true" }],
  generate: "generate generators",
  export: "export n --format shell",
  render: "render @DIR@/good.j2",
  exec: "exec n -- true",
  wait: "wait n --timeout 100ms",
  event: "event build done",
  history: "history",
  diff: "diff",
  rollback: "rollback 1",
  validate: "validate",
  completions: "completions bash",
  permissions: "permissions",
  doctor: "doctor",
};

const set = [{ from: "x", to: "state.x" }];
const CONTEXT = {
  n: 1,
  bad: "{{ 1 / 0 }}",
  numbered: { "1a": "x" },
  generators: { g: { set: [{ key: "state.g", value: "x" }] } },
  broken: { g: { set: [{ key: "state.g", value: "{{ 1 / 0 }}" }] } },
  pipelines: {
    build: {
      "event-handlers": {
        done: { "set-values": { set } },
        post: { notify: { message: "m" } },
        fail: { "set-values": { set: [{ from: "{{ 1 / 0 }}", to: "a" }] } },
      },
    },
  },
};

/** reseal needs it. */
const ENCRYPTION = `encryption: {keys: [${
  btoa("k".repeat(32))
}], accept-plain: true}`;

async function prepare(): Promise<CliSession> {
  // Nobody listens on port 2.
  const session = await CliSession.create(CONTEXT, {
    "invalid.sh": `printf '[' >"$1"\n`,
    "bad.j2": "{{ 1 / 0 }}",
    "good.j2": "{{ n }}",
  });
  await session.write(
    "config.yaml",
    `cicdstatemgr:
  datasources:
    sqlite: {path: "@DIR@/state.db", isPrimary: true}
  ${ENCRYPTION}
  slack: {url: "http://127.0.0.1:2"}
  http: {retries: 0}
  templates: {notify: '{"text": {{ notify.message | json_dumps }}}'}
`,
  );
  const words = programCommand(["--allow-all"]).map((word) => `'${word}'`);
  await session.write(
    "conflict.sh",
    `${words.join(" ")} set n=2 --config @DIR@/config.yaml --id run-1
echo 3 >"$1"
`,
  );
  return session;
}

async function statusOf(
  session: CliSession,
  line: Line,
  more: readonly string[] = [],
  options: CallOptions = {},
): Promise<number> {
  const [text, variables] = typeof line === "string" ? [line, {}] : line;
  const inFolder = (word: string) => word.replaceAll("@DIR@", session.path);
  for (const [name, value] of Object.entries(variables)) {
    Deno.env.set(name, inFolder(value));
  }
  try {
    const words = text.split(" ").map(inFolder);
    words.splice(1, 0, ...more);
    return (await session.call(words, options)).code;
  } finally {
    for (const name of Object.keys(variables)) Deno.env.delete(name);
  }
}

/** Reports whether a command opens datasources. */
function opensStore({ group }: Command): boolean {
  return group !== "Setup";
}

/** They pass signals on, so their own tests run them as processes. */
const TESTED_AS_PROCESSES: readonly string[] = ["lock", "once"];

for (const command of await loadCommands()) {
  const { name, exits = {} } = command;
  if (TESTED_AS_PROCESSES.includes(name)) continue;
  const good = GOOD[name];
  if (good === undefined) throw new Error(`GOOD has no line for ${name}`);

  Deno.test(`${name} ends with 0, and with 2 if it is misused`, async () => {
    await using session = await prepare();
    strictEqual(await statusOf(session, good), 0);
    strictEqual(await statusOf(session, good, ["--no-such-flag"]), 2);
  });

  for (const status of Object.keys(exits).map(Number)) {
    Deno.test(`${name} ends with ${status}: ${exits[status]}`, async () => {
      await using session = await prepare();
      const line = SCENARIOS[name]?.[status];
      strictEqual(line !== undefined, true, "SCENARIOS has no such line");
      strictEqual(await statusOf(session, line ?? ""), status);
    });
  }

  if (!opensStore(command)) continue;
  Deno.test(`${name} ends with 1 without its config, and with 5 if a server does not answer`, async () => {
    await using session = await prepare();
    const missing = ["--config", `${session.path}/none.yaml`];
    strictEqual(await statusOf(session, good, missing), 1);
    await using server = startScripted(async ({ receive }) => {
      while (await receive() !== undefined);
    });
    await session.write(
      "silent.yaml",
      `cicdstatemgr:
  datasources:
    redis:
      host: 127.0.0.1
      port: ${server.port}
      isPrimary: true
      connect-timeout-ms: 100
      command-timeout-ms: 100
      update-timeout-ms: 200
  ${ENCRYPTION}
`,
    );
    const silent = ["--config", `${session.path}/silent.yaml`];
    strictEqual(await statusOf(session, good, silent), 5);
  });
}
