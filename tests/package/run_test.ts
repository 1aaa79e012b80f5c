import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { Ended } from "../support/workspace.ts";
import { atExampleRedis, startExampleRedis } from "./example_redis.ts";
import { deno, ROOT, TemporaryFolder } from "./process.ts";

const CLI_PATH = new URL("cli.ts", ROOT).pathname;
const INIT = [
  ...["--init-new", "checkout-42", "--init-app-config-file", "app.yaml"],
  ...["--init-bases-dir", "bases", "--set", "state.git.sha=5c0ffee1d00d"],
  ...["--set", "state.git.branch=main"],
];

/** Runs the CLI from source with only these permissions. */
async function run(
  folder: TemporaryFolder,
  permissions: readonly string[],
  args: readonly string[],
): Promise<Ended> {
  return await deno(
    ["run", "--quiet", "--no-prompt", ...permissions, CLI_PATH, ...args],
    {
      cwd: folder.path,
      env: {
        ...denoEnvironment(),
        CICDSTATEMGR_CONFIG_PATH: "config.yaml",
        CICDSTATEMGR_SECRETS_PATH: "secrets.yaml",
        CICDSTATEMGR_CONTEXT_DATA_ID: "checkout-42",
      },
    },
  );
}

function denoEnvironment(): Record<string, string> {
  const names = ["PATH", "HOME", "DENO_DIR"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const OWN_FILES = [
  "--allow-read=.",
  "--allow-write=localdata",
  "--allow-env=CICDSTATEMGR_*",
];

Deno.test("cli on SQLite needs its own folder and its own variables, and no network", async () => {
  await using folder = await TemporaryFolder.create("quickstart");
  deepStrictEqual(await run(folder, OWN_FILES, INIT), {
    code: 0,
    stdout: "checkout-42\n",
    stderr: "",
  });
  const generated = await run(
    folder,
    OWN_FILES,
    ["--generate", "pipelines.build.generators.image"],
  );
  strictEqual(generated.code, 0, generated.stderr);
  deepStrictEqual(
    await run(folder, OWN_FILES, ["--get", "pipelines.deploy.command"]),
    {
      code: 0,
      stdout: "helm upgrade checkout-blue ./chart " +
        "--set image=registry.example/apps/checkout:5c0ffee1-slim " +
        "--set replicas=2\n",
      stderr: "",
    },
  );
});

Deno.test("cli --get from a mirror needs to read, and nothing else", async () => {
  await using folder = await TemporaryFolder.create("quickstart");
  await run(folder, OWN_FILES, INIT);
  deepStrictEqual(
    await run(folder, ["--allow-read=."], [
      ...["--config", "config.yaml", "--id", "checkout-42"],
      ...["--get", "state.git.branch"],
    ]),
    { code: 0, stdout: "main\n", stderr: "" },
  );
});

Deno.test("cli names the flag that grants what it lacks, on one line", async () => {
  await using folder = await TemporaryFolder.create("quickstart");
  const { code, stdout, stderr } = await run(
    folder,
    ["--allow-read=.", "--allow-env=CICDSTATEMGR_*"],
    INIT,
  );
  strictEqual(code, 1);
  strictEqual(stdout, "");
  match(stderr, /^[^\n]*--allow-write[^\n]*\n$/);
});

Deno.test("cli on Redis needs the server's address, and no other network", async () => {
  await using folder = await TemporaryFolder.create("quickstart", "redis");
  await using redis = await startExampleRedis();
  const configPath = `${folder.path}/config.yaml`;
  await Deno.writeTextFile(
    configPath,
    atExampleRedis(await Deno.readTextFile(configPath), redis),
  );
  const address = `127.0.0.1:${redis.port}`;

  const refused = await run(folder, OWN_FILES, INIT);
  strictEqual(refused.code, 1);
  match(refused.stderr, /^[^\n]*--allow-net[^\n]*\n$/);

  const permissions = [...OWN_FILES, `--allow-net=${address}`];
  deepStrictEqual(await run(folder, permissions, INIT), {
    code: 0,
    stdout: "checkout-42\n",
    stderr: "",
  });
  // Another machine, without mirrors.
  await Deno.remove(`${folder.path}/localdata`, { recursive: true });
  deepStrictEqual(
    await run(folder, permissions, ["--get", "state.git.branch"]),
    {
      code: 0,
      stdout: "main\n",
      stderr: "",
    },
  );
});
