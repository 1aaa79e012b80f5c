// The command lines that the benchmark runs, and the folder that they run in.
import { time } from "./process.ts";

const ROOT = new URL("../../", import.meta.url);
const ID = "checkout-42";

/** A command line that is measured. */
export interface Case {
  readonly name: string;
  readonly args: readonly string[];
}

/** Where the benchmark runs. */
export interface Place {
  /** A folder outside the project, so that no deno.json applies. */
  readonly folder: string;
  /** The script that prepares documents. */
  readonly script: string;
  /** The port of a Redis server. */
  readonly redisPort: number;
  /** An address that answers every POST. */
  readonly slackUrl: string;
}

/** Writes a config with this primary, a JSON mirror and a shell mirror. */
async function writeConfig(
  { folder, slackUrl }: Place,
  name: string,
  primary: Record<string, unknown>,
): Promise<string> {
  const path = `${folder}/${name}.yaml`;
  const config = {
    cicdstatemgr: {
      datasources: {
        ...primary,
        jsonfile: { path: `${name}/context.json` },
        shellfile: { path: `${name}/context.sh` },
      },
      registry: "registry.example/apps",
      slack: { url: slackUrl },
      templates: { notify: '{"text": {{ notify.message | json_dumps }}}' },
    },
  };
  await Deno.writeTextFile(path, JSON.stringify(config));
  return path;
}

async function writeAppConfig(
  { folder }: Place,
  more: Record<string, unknown> = {},
): Promise<string> {
  const path = await Deno.makeTempFile({ dir: folder, suffix: ".json" });
  const notify = { message: "{{ service }} is built from {{ state.git.sha }}" };
  const pipelines = { build: { "event-handlers": { done: { notify } } } };
  const stage = { service: "checkout", pipelines, ...more };
  await Deno.writeTextFile(
    path,
    JSON.stringify({ bases: ["base.yaml"], "cicd-contexts": { stage } }),
  );
  return path;
}

async function init(
  { folder, script }: Place,
  configPath: string,
  appPath: string,
): Promise<void> {
  // deno-fmt-ignore
  const args = [
    "--config", configPath, "--init-new", ID,
    "--init-app-config-file", appPath,
    "--init-bases-dir", new URL("examples/quickstart/bases", ROOT).pathname,
    "--set", "state.git.sha=5c0ffee1d00d | state.image.ref=checkout:5c0ffee1",
  ];
  await time({ script, args }, folder);
}

/** Prepares the commands that pipelines call most. */
export async function prepareCommands(place: Place): Promise<Case[]> {
  const appPath = await writeAppConfig(place);
  const sqlite = { path: `${place.folder}/state.db`, isPrimary: true };
  const redis = { host: "127.0.0.1", port: place.redisPort, isPrimary: true };
  const sqlitePath = await writeConfig(place, "sqlite", { sqlite });
  const redisPath = await writeConfig(place, "redis", { redis });
  for (const path of [sqlitePath, redisPath]) await init(place, path, appPath);
  const secrets = new URL("examples/quickstart/secrets.yaml", ROOT).pathname;
  const common = ["--secrets", secrets, "--id", ID];
  const onSqlite = ["--config", sqlitePath, ...common];
  const onRedis = ["--config", redisPath, ...common];
  return [
    { name: "--version", args: ["--version"] },
    { name: "--help", args: ["--help"] },
    {
      name: "get, from the JSON mirror",
      args: [...onSqlite, "--get", "state.git.sha"],
    },
    {
      name: "get, a template",
      args: [...onSqlite, "--get", "pipelines.deploy.command"],
    },
    {
      name: "set on SQLite",
      args: [...onSqlite, "--set", "state.tests.passed=128"],
    },
    {
      name: "set on Redis",
      args: [...onRedis, "--set", "state.tests.passed=128"],
    },
    {
      name: "event, one POST",
      args: [...onSqlite, "--handle-event", "build=done"],
    },
  ];
}

/** Prepares commands on a document of about this many bytes, on SQLite. */
export async function prepareSize(
  place: Place,
  bytes: number,
): Promise<Case[]> {
  const name = `size${bytes}`;
  const sqlite = { path: `${place.folder}/${name}.db`, isPrimary: true };
  const configPath = await writeConfig(place, name, { sqlite });
  const row = { name: "unit", passed: true, took: 0.25, note: "x".repeat(50) };
  const rows = Array.from(
    { length: Math.round(bytes / JSON.stringify(row).length) },
    (_, index) => ({ ...row, name: `unit-${index}` }),
  );
  await init(place, configPath, await writeAppConfig(place, { rows }));
  const common = ["--config", configPath, "--id", ID];
  return [
    { name: "get", args: [...common, "--get", "state.git.sha"] },
    { name: "set", args: [...common, "--set", "state.tests.passed=128"] },
    { name: "load", args: [...common, "--load"] },
  ];
}
