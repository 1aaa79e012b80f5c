import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { programCommand } from "../support/program.ts";
import { startHttpServer } from "../support/http_server.ts";
import { startRedis } from "../support/redis_server.ts";
import { type Ended, Workspace } from "../support/workspace.ts";

const APP = {
  "cicd-contexts": {
    stage: {
      generators: {
        image: { set: [{ key: "state.image", value: "app:{{ state.tag }}" }] },
      },
      pipelines: {
        build: {
          "event-handlers": {
            done: {
              notify: {
                message: "built {{ state.image }}",
                "capture-response-data": [{
                  from: "{{ body.ts }}",
                  to: "state.ts",
                }],
              },
            },
          },
        },
      },
    },
  },
};

/** What a command line must print, and its exit status if it is not 0. */
type Step = readonly [args: string, stdout: string | RegExp, code?: number];

/** The command that says what it sent. */
const SENDING = "event build done";

/** What every store can do. */
const STEPS: readonly Step[] = [
  ["init run-1 --app-config app.yaml --set state.tag=v1", "run-1\n"],
  ["init run-1 --app-config app.yaml", "", 4],
  ["init run-1 --app-config app.yaml --if-absent", "run-1\n"],
  ["load", ""],
  ["get state.tag", "v1\n"],
  ["get state.none", "", 3],
  ["get state.none --default -", "-\n"],
  ["set state.a=1|2 state.b=", ""],
  ["get state.a state.b --output json", /^\{\n {2}"state.a": "1\|2",\n/],
  ["set state.a=3 --if-absent", "", 4],
  ["set --json state.a={", "", 8],
  ["append state.list x y", ""],
  ["append state.list --unique y z", ""],
  ["get state.list", '["x", "y", "z"]\n'],
  ["increment state.n --by 41", "41\n"],
  ["increment state.n", "42\n"],
  ["delete state.list[0] state.b", ""],
  ["delete state.b", "", 3],
  ["exists state.b", "", 3],
  ["exists state.list[1] --fresh", ""],
  ["keys state.list", "0\n1\n"],
  ["export state.list --format shell --prefix l_", "l_0='y'\nl_1='z'\n"],
  ["export state.list --format shell", "", 1],
  ["export state.lits --format json", "", 3],
  ["render template.j2 --var who=state.tag", "v1: 42\n"],
  ["render template.j2 --strict-undefined", "", 7],
  ["generate generators", ""],
  ["event build done --dry-run", /^notify would send POST /],
  [SENDING, ""],
  ["get state.image state.ts", "app:v1\n7.7\n"],
  ["event biuld done", "", 3],
  ["event build gone", "", 3],
  ["set state.broken={{1/0}}", ""],
  ["get state.broken", "", 7],
  ["get state.broken --raw --fresh", "{{1/0}}\n"],
  ["get state.tag --limit 3", "", 2],
  ["gte state.tag", "", 2],
];

/** What Redis and SQLite can do, too. */
const DATABASE_STEPS: readonly Step[] = [
  ["set state.tag=v2 --if-revision 1", "", 4],
  ["rollback 1 --ttl 7d", ""],
  ["diff 1", ""],
  ["history --limit 1", / rollback to 1\n$/],
  ["list --prefix run-", /^run-1 {2}stage {2}\d+ /],
  ["remove run-1", "", 2],
  ["remove run-1 --yes", ""],
  ["get state.tag", "", 3],
  ["list", ""],
];

async function play(
  primary: Record<string, unknown>,
  steps: readonly Step[],
): Promise<void> {
  await using server = startHttpServer(() =>
    Response.json({ ok: true, ts: "7.7" })
  );
  await using workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: { ...primary, shellfile: { path: "mirror/state.sh" } },
        slack: { url: server.url },
        templates: { notify: '{"text": {{ notify.message | json_dumps }}}' },
      },
    },
    "app.yaml": APP,
    "template.j2": "{{ who }}: {{ state.n }}\n",
  });
  for (const [line, stdout, code = 0] of steps) {
    const ended = await workspace.run(...line.split(" "));
    check(line, ended, stdout, code);
  }
  deepStrictEqual(
    server.requests.map(({ body }) => body),
    ['{"text": "built app:v1"}'],
  );
}

function check(
  line: string,
  ended: Ended,
  stdout: string | RegExp,
  code: number,
): void {
  strictEqual(ended.code, code, `${line}: ${ended.stderr}`);
  if (typeof stdout === "string") strictEqual(ended.stdout, stdout, line);
  else match(ended.stdout, stdout, line);
  // exists answers by its exit status alone.
  const isSilent = code === 0 || line.startsWith("exists");
  if (line === SENDING) match(ended.stderr, /^cicdstatemgr: Sent [^\n]+\n$/);
  else if (isSilent) strictEqual(ended.stderr, "", line);
  else match(ended.stderr, /^cicdstatemgr: [^\n]+\n$/, line);
}

Deno.test("every command works on Redis", async () => {
  await using redis = await startRedis();
  const { host, port } = redis.options;
  await play(
    {
      redis: { host, port, isPrimary: true },
      yamlfile: { path: "mirror/state.yaml" },
    },
    [...STEPS, ...DATABASE_STEPS],
  );
});

Deno.test("every command works on SQLite", async () => {
  await play(
    {
      sqlite: { path: "state.db", isPrimary: true },
      jsonfile: { path: "mirror/state.json" },
    },
    [...STEPS, ...DATABASE_STEPS],
  );
});

Deno.test("every command that a file can do works on a JSON file", async () => {
  await play({ jsonfile: { path: "state.json", isPrimary: true } }, STEPS);
});

Deno.test("every command that a file can do works on a YAML file", async () => {
  await play({ yamlfile: { path: "state.yaml", isPrimary: true } }, STEPS);
});

Deno.test("a Redis that does not answer in time is exit status 5", async () => {
  await using redis = await startRedis();
  const { host, port } = redis.options;
  await using workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: {
          redis: { host, port, "command-timeout-ms": 300, isPrimary: true },
        },
      },
    },
  });
  redis.kill("SIGSTOP");
  const { code, stderr } = await workspace.run("get", "a");
  redis.kill("SIGCONT");
  strictEqual(code, 5, stderr);
});

Deno.test("set reads stdin", async () => {
  await using workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: { sqlite: { path: "state.db", isPrimary: true } },
      },
    },
    "app.yaml": APP,
  });
  await workspace.run("init", "run-1", "--app-config", "app.yaml");
  const set = await workspace.pipe("a\r\nb|c=d\n", "set", "state.text=-");
  deepStrictEqual(set, { code: 0, stdout: "", stderr: "" });
  const { stdout } = await workspace.run(
    ...["get", "state.text", "--raw", "--output", "json"],
  );
  strictEqual(JSON.parse(stdout), "a\r\nb|c=d\n");
});

Deno.test("a reader that goes away ends a command quietly, and a full disk with one line", async () => {
  await using workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: { jsonfile: { path: "state.json", isPrimary: true } },
      },
    },
    "app.yaml": { "cicd-contexts": { stage: { long: "x".repeat(200_000) } } },
  });
  await workspace.run("init", "run-1", "--app-config", "app.yaml");
  const get = `$PROGRAM get long`;
  const cases: [string, string, RegExp][] = [
    [`${get} | head -c1; echo " $PIPESTATUS"`, "x 141\n", /^$/],
    [
      `${get} > /dev/full; echo $?`,
      "1\n",
      /^cicdstatemgr: Cannot write to stdout: [^\n]*\n$/,
    ],
  ];
  for (const [line, stdout, says] of cases) {
    const ended = await new Deno.Command("bash", {
      args: ["-c", line],
      cwd: workspace.path,
      env: {
        PROGRAM: programCommand(["--allow-all"]).join(" "),
        CICDSTATEMGR_CONFIG_PATH: "config.yaml",
        CICDSTATEMGR_CONTEXT_DATA_ID: "run-1",
      },
    }).output();
    const decoder = new TextDecoder();
    strictEqual(decoder.decode(ended.stdout), stdout);
    match(decoder.decode(ended.stderr), says);
  }
});

Deno.test("a stored value does not steer a terminal", async () => {
  await using workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: { jsonfile: { path: "state.json", isPrimary: true } },
      },
    },
    "app.yaml": { "cicd-contexts": { stage: { a: "x\x1b[2J\u202ey" } } },
  });
  await workspace.run("init", "run-1", "--app-config", "app.yaml");
  const piped = await workspace.run("get", "a");
  strictEqual(piped.stdout, "x\x1b[2J\u202ey\n");
  const { stdout } = await new Deno.Command("script", {
    args: ["-qec", "$PROGRAM get a; $PROGRAM get b", "/dev/null"],
    cwd: workspace.path,
    env: {
      PROGRAM: programCommand(["--allow-all"]).join(" "),
      CICDSTATEMGR_CONFIG_PATH: "config.yaml",
      CICDSTATEMGR_CONTEXT_DATA_ID: "run-1",
    },
    stdin: "null",
  }).output();
  const shown = new TextDecoder().decode(stdout);
  match(shown, /x\\x1b\[2J\\u202ey\r\n/);
  match(shown, /Nothing at "b"/);
  strictEqual(shown.includes("\x1b[2J"), false);
});
