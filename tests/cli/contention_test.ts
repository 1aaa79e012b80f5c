import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { startRedis } from "../support/redis_server.ts";
import { Workspace } from "../support/workspace.ts";

const TASKS = 50;
const STATE_REGEXP = /^CICD_state__k\d+=/gm;

/** Lets 50 command lines change one document at once, each a key of its own. */
async function contend(primary: string): Promise<void> {
  await using workspace = await Workspace.create({
    "config.yaml": `cicdstatemgr:
  datasources:
    ${primary}
    shellfile: {path: mirror/state.sh}
`,
    "app.yaml": "cicd-contexts: {stage: {}}\n",
  });
  await workspace.run(
    "--init-new",
    "run-1",
    "--init-app-config-file",
    "app.yaml",
  );

  const ended = await Promise.all(
    Array.from(
      { length: TASKS },
      (_, index) => workspace.run("--set", `state.k${index}=${index}`),
    ),
  );

  for (const end of ended) {
    deepStrictEqual(end, { code: 0, stdout: "", stderr: "" });
  }
  const { stdout } = await workspace.run("--get", "state");
  const state = JSON.parse(stdout);
  for (let index = 0; index < TASKS; index++) {
    strictEqual(state[`k${index}`], String(index));
  }
  const shell = await Deno.readTextFile(`${workspace.path}/mirror/state.sh`);
  strictEqual(shell.match(STATE_REGEXP)?.length, TASKS);
}

Deno.test("50 --set at once all arrive in Redis and its mirrors", async () => {
  await using redis = await startRedis();
  const { host, port } = redis.options;
  await contend(`redis: {host: ${host}, port: ${port}, isPrimary: true}
    jsonfile: {path: mirror/state.json}`);
});

Deno.test("50 --set at once all arrive in SQLite and its mirrors", async () => {
  await contend(`sqlite: {path: store/state.db, isPrimary: true}
    yamlfile: {path: mirror/state.yaml}`);
});

Deno.test("50 --set at once all arrive in a JSON file and its mirrors", async () => {
  await contend("jsonfile: {path: store/state.json, isPrimary: true}");
});
