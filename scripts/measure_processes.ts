// Measures whole processes, as a pipeline starts them, against an empty script:
// `deno task bench`. Times depend on the machine, ratios hardly do.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { type RedisServer, startRedis } from "../tests/support/redis_server.ts";

const ROOT = new URL("../", import.meta.url);
const ROUNDS = 21;
const MEMORY_RUNS = 3;
const ID = "checkout-42";
const SOURCE = new URL("cli.ts", ROOT).pathname;

/** A command that is measured. */
interface Case {
  readonly name: string;
  readonly args: readonly string[];
}

/** The measurements of a command that one script ran. */
interface Measurement {
  readonly times: number[];
  peakMiB: number;
}

const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-bench-" });
/** Outside the project, as in an image, so that no deno.json applies. */
const bundlePath = `${folder}/cli.js`;

function start(script: string, args: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    // deno-fmt-ignore
    args: [
      "run", "--quiet", "--no-prompt",
      "--allow-read", "--allow-write", "--allow-env", "--allow-net=127.0.0.1",
      script, ...args,
    ],
    cwd: folder,
    stdin: "null",
    stdout: "null",
  }).spawn();
}

async function succeed(child: Deno.ChildProcess, what: string): Promise<void> {
  const { code } = await child.status;
  if (code !== 0) throw new Error(`${what} ended with exit status ${code}`);
}

async function time(script: string, { name, args }: Case): Promise<number> {
  const from = performance.now();
  await succeed(start(script, args), name);
  return performance.now() - from;
}

/** Polls the kernel's own peak until the process has ended. */
async function peakMiB(script: string, { name, args }: Case): Promise<number> {
  const child = start(script, args);
  let ended = false;
  const done = succeed(child, name).finally(() => ended = true);
  let peak = 0;
  while (!ended) {
    const status = await Deno.readTextFile(`/proc/${child.pid}/status`)
      .catch(() => "");
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    // Yield, so that the end of the process can be noticed.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await done;
  return peak / 1024;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

/** Writes a config; JSON is YAML too. */
async function writeConfig(
  name: string,
  primary: Record<string, unknown>,
  slackUrl: string,
): Promise<string> {
  const path = `${folder}/${name}.yaml`;
  await Deno.writeTextFile(
    path,
    JSON.stringify({
      cicdstatemgr: {
        datasources: {
          ...primary,
          jsonfile: { path: `${name}/context.json` },
          shellfile: { path: `${name}/context.sh` },
        },
        registry: "registry.example/apps",
        slack: { url: slackUrl },
        templates: {
          notify: '{"text": {{ notify.message | json_dumps }}}',
        },
      },
    }),
  );
  return path;
}

async function writeAppConfig(): Promise<string> {
  const path = `${folder}/app.json`;
  const notify = { message: "{{ service }} is built from {{ state.git.sha }}" };
  const pipelines = { build: { "event-handlers": { done: { notify } } } };
  await Deno.writeTextFile(
    path,
    JSON.stringify({
      bases: ["base.yaml"],
      "cicd-contexts": { stage: { service: "checkout", pipelines } },
    }),
  );
  return path;
}

async function prepareCases(
  redis: RedisServer,
  slackUrl: string,
): Promise<Case[]> {
  const appPath = await writeAppConfig();
  const sqlite = { path: `${folder}/state.db`, isPrimary: true };
  const server = { host: "127.0.0.1", port: redis.port, isPrimary: true };
  const sqlitePath = await writeConfig("sqlite", { sqlite }, slackUrl);
  const redisPath = await writeConfig("redis", { redis: server }, slackUrl);
  for (const configPath of [sqlitePath, redisPath]) {
    // deno-fmt-ignore
    const args = [
      "--config", configPath, "--init-new", ID,
      "--init-app-config-file", appPath,
      "--init-bases-dir", new URL("examples/quickstart/bases", ROOT).pathname,
      "--set", "state.git.sha=5c0ffee1d00d | state.image.ref=checkout:5c0ffee1",
    ];
    await succeed(start(SOURCE, args), "--init-new");
  }
  const secretsPath =
    new URL("examples/quickstart/secrets.yaml", ROOT).pathname;
  const common = ["--secrets", secretsPath, "--id", ID];
  const onSqlite = ["--config", sqlitePath, ...common];
  const onRedis = ["--config", redisPath, ...common];
  return [
    {
      name: "--get, from the JSON mirror",
      args: [...onSqlite, "--get", "state.git.sha"],
    },
    {
      name: "--get, a template",
      args: [...onSqlite, "--get", "pipelines.deploy.command"],
    },
    {
      name: "--set on SQLite",
      args: [...onSqlite, "--set", "state.tests.passed=128"],
    },
    {
      name: "--set on Redis",
      args: [...onRedis, "--set", "state.tests.passed=128"],
    },
    {
      name: "--handle-event, one POST",
      args: [...onSqlite, "--handle-event", "build=done"],
    },
  ];
}

async function measure(cases: readonly Case[]): Promise<void> {
  const empty: Case = { name: "an empty script", args: [] };
  const emptyPath = `${folder}/empty.ts`;
  await Deno.writeTextFile(emptyPath, "");
  const runs = [
    { script: emptyPath, one: empty },
    ...cases.flatMap((one) => [
      { script: SOURCE, one },
      { script: bundlePath, one },
    ]),
  ].map((run) => ({ ...run, found: { times: [], peakMiB: 0 } as Measurement }));

  // The first run of each fills Deno's caches and is not counted.
  for (const { script, one } of runs) await time(script, one);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { script, one, found } of runs) {
      found.times.push(await time(script, one));
    }
  }
  for (const { script, one, found } of runs) {
    for (let run = 0; run < MEMORY_RUNS; run++) {
      found.peakMiB = Math.max(found.peakMiB, await peakMiB(script, one));
    }
  }
  print(runs);
}

function print(
  runs: readonly { script: string; one: Case; found: Measurement }[],
): void {
  const empty = runs[0]!.found.times;
  console.log(
    `${ROUNDS} rounds of all in turn. ratio: to the empty script of the same ` +
      "round, the\nmedian; ms: the least and the median; MiB: the most.\n",
  );
  const heading = "ratio  least     ms  MiB";
  console.log(
    " ".repeat(31) + "from source".padEnd(29) + "from the bundle\n" +
      " ".repeat(31) + heading.padEnd(29) + heading,
  );
  const rows = Map.groupBy(runs, ({ one }) => one.name);
  for (const [name, columns] of rows) {
    const cells = columns.map(({ found: { times, peakMiB } }) => {
      const ratio = median(times.map((ms, round) => ms / empty[round]!));
      return ratio.toFixed(2).padStart(5) +
        Math.min(...times).toFixed(1).padStart(7) +
        median(times).toFixed(1).padStart(7) + peakMiB.toFixed(0).padStart(5);
    });
    console.log(name.padEnd(31) + cells.join("     "));
  }
}

const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  () => Response.json({ ok: true }),
);
try {
  await import("./bundle.ts");
  for (const name of ["cli.js", "ioredis.js"]) {
    const from = new URL(`dist/${name}`, ROOT);
    await Deno.copyFile(from, `${folder}/${name}`);
  }
  await using redis = await startRedis();
  console.log();
  await measure(
    await prepareCases(redis, `http://127.0.0.1:${server.addr.port}/post`),
  );
} finally {
  await server.shutdown();
  await Deno.remove(folder, { recursive: true });
}
