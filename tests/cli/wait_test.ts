import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { onEachStore, onRedis } from "../support/each_store.ts";
import type { Ended, Workspace } from "../support/workspace.ts";

/** Starts a wait, and returns how it ended. */
async function waits(
  workspace: Workspace,
  ...args: string[]
): Promise<Ended> {
  return await workspace.run("wait", "state.tag", ...args);
}

onEachStore("wait prints what another process sets", async (workspace) => {
  const [any, equal, matching] = await Promise.all([
    waits(workspace),
    waits(workspace, "--equals", "v2"),
    waits(workspace, "--matches", "^v[23]$", "--output", "json"),
    workspace.run("set", "state.tag=v1").then(() =>
      workspace.run("set", "state.tag=v2")
    ),
  ]);
  match(any.stdout, /^v[12]\n$/);
  deepStrictEqual(equal, { code: 0, stdout: "v2\n", stderr: "" });
  deepStrictEqual(matching, { code: 0, stdout: '"v2"\n', stderr: "" });
});

onEachStore(
  "wait ends with 5 at the time-out, and with 3 without a document",
  async (workspace) => {
    await workspace.run("set", "state.tag=v1");
    const late = await waits(workspace, "--equals=v2", "--timeout", "2s");
    deepStrictEqual([late.code, late.stdout], [5, ""]);
    strictEqual(
      late.stderr,
      'cicdstatemgr: Waited 2s for "state.tag" in document "run-1": it is "v1". Check what sets it, or wait longer.\n',
    );
    const none = await waits(workspace, "--id", "none");
    deepStrictEqual([none.code, none.stdout], [3, ""]);
  },
);

onEachStore(
  "wait gives up at the time-out although the expression takes years",
  async (workspace) => {
    await workspace.run("set", `state.tag=${"a".repeat(60)}b`);
    const late = await waits(workspace, "--matches=^(a+)+$", "--timeout=300ms");
    deepStrictEqual([late.code, late.stdout], [5, ""]);
    match(late.stderr, /^cicdstatemgr: Waited 300ms [^\n]+\n$/);
  },
);

onRedis("wait outlasts a restart of the server", async (workspace, server) => {
  const waiting = workspace.start("wait", "state.tag");
  await server.restart();
  const set = await workspace.run("set", "state.tag=v1");
  strictEqual(set.code, 0);
  const { code, stdout } = await waiting.output();
  deepStrictEqual([code, new TextDecoder().decode(stdout)], [0, "v1\n"]);
});

for (const [name, status] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  onRedis(`${name} ends a wait with one line`, async (workspace, server) => {
    await using client = server.connect();
    const listeners = async () => {
      const channels = await client.sendCommand("PUBSUB", ["CHANNELS"]);
      return (channels as unknown[]).length;
    };
    for (const flags of [[], ["--output", "json"]]) {
      const waiting = workspace.start("wait", "state.tag", ...flags);
      // It listens once it waits.
      while (await listeners() === 0);
      waiting.kill(name);
      const { code, stdout, stderr } = await waiting.output();
      deepStrictEqual([code, stdout.length], [status, 0]);
      const text = new TextDecoder().decode(stderr);
      const message =
        `Interrupted by ${name} while waiting for "state.tag" in document "run-1"`;
      if (flags.length === 0) strictEqual(text, `cicdstatemgr: ${message}.\n`);
      else deepStrictEqual(JSON.parse(text), { code: "INTERRUPTED", message });
      while (await listeners() > 0);
    }
  });
}
