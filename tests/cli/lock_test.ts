import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { onEachStore, onRedis } from "../support/each_store.ts";
import { RunningCommand } from "../support/running_command.ts";
import type { Workspace } from "../support/workspace.ts";

/**
 * Starts a command that holds the lock until it gets SIGTERM, and says so. It ends
 * without a word after the program that holds the lock has died.
 */
async function hold(
  workspace: Workspace,
  ...flags: string[]
): Promise<RunningCommand> {
  const script =
    `trap 'echo told; exit 9' TERM; echo "in $CICDSTATEMGR_LOCK_TOKEN"
    while kill -0 $PPID 2>/dev/null; do sleep 0.05; done`;
  const running = new RunningCommand(
    workspace.start("lock", "deploy", ...flags, "--", "sh", "-c", script),
  );
  match(await running.line(), /^in \d+$/);
  return running;
}

onEachStore("lock lets one of 20 processes inside", async (workspace) => {
  // Without the lock, two would read the same number, or find the folder.
  const script = `mkdir inside || exit 8
    count=$(cat count 2>/dev/null || echo 0)
    echo "$CICDSTATEMGR_LOCK_TOKEN" >> tokens
    echo $((count + 1)) > count
    rmdir inside`;
  const ended = await Promise.all(
    Array.from(
      { length: 20 },
      () =>
        workspace.run("lock", "count", "--ttl", "5m", "--", "sh", "-c", script),
    ),
  );
  for (const { code, stderr } of ended) {
    deepStrictEqual([code, stderr], [0, ""]);
  }
  strictEqual(await Deno.readTextFile(`${workspace.path}/count`), "20\n");
  const tokens = await Deno.readTextFile(`${workspace.path}/tokens`);
  deepStrictEqual(
    tokens.trim().split("\n").map(Number),
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
});

onEachStore(
  "lock passes the exit status on, and ends with 5 if it is not free",
  async (workspace) => {
    const own = await workspace.run(
      "lock",
      "deploy",
      "--",
      "sh",
      "-c",
      "exit 42",
    );
    deepStrictEqual(own, { code: 42, stdout: "", stderr: "" });
    const holder = await hold(workspace);
    const late = await workspace.run(
      "lock",
      "deploy",
      "--wait=200ms",
      "--",
      "true",
    );
    strictEqual(late.code, 5);
    match(
      late.stderr,
      /^cicdstatemgr: Waited 200ms for lock "deploy" of document "run-1": \S+ holds it\. [^\n]+\n$/,
    );
    const other = await workspace.run(
      "lock",
      "other",
      "--wait=0",
      "--",
      "true",
    );
    strictEqual(other.code, 0);
    holder.kill("SIGTERM");
    strictEqual(await holder.line(), "told");
    strictEqual((await holder.end()).code, 9);
    const next = await workspace.run(
      "lock",
      "deploy",
      "--wait=0",
      "--",
      "true",
    );
    strictEqual(next.code, 0);
  },
);

onEachStore(
  "lock takes over from a holder that was killed",
  async (workspace) => {
    const holder = await hold(workspace, "--ttl", "300ms");
    const next = workspace.run(
      ...["lock", "deploy", "--", "sh", "-c", "echo $CICDSTATEMGR_LOCK_TOKEN"],
    );
    holder.kill("SIGKILL");
    deepStrictEqual(await next, { code: 0, stdout: "2\n", stderr: "" });
  },
);

onEachStore(
  "lock tells the command of a holder that was stopped for too long",
  async (workspace) => {
    const holder = await hold(workspace, "--ttl", "300ms");
    holder.kill("SIGSTOP");
    const next = await workspace.run(
      ...["lock", "deploy", "--", "sh", "-c", "echo $CICDSTATEMGR_LOCK_TOKEN"],
    );
    deepStrictEqual(next, { code: 0, stdout: "2\n", stderr: "" });
    holder.kill("SIGCONT");
    strictEqual(await holder.line(), "told");
    const { code, stderr } = await holder.end();
    strictEqual(code, 4);
    match(
      stderr,
      /^cicdstatemgr: Lost lock "deploy" of document "run-1": somebody else took it[^\n]*\n$/,
    );
  },
);

onRedis(
  "lock tells the command if the store is away for too long",
  async (workspace, server) => {
    const holder = await hold(workspace, "--ttl", "300ms");
    server.kill("SIGKILL");
    strictEqual(await holder.line(), "told");
    const { code, stderr } = await holder.end();
    strictEqual(code, 4);
    match(
      stderr,
      /^cicdstatemgr: Lost lock "deploy" of document "run-1": [^\n]+\n$/,
    );
    await server.restart();
  },
);

onRedis("lock outlasts a restart of the server", async (workspace, server) => {
  const holder = await hold(workspace, "--ttl", "60s");
  await server.restart();
  const late = await workspace.run("lock", "deploy", "--wait=0", "--", "true");
  strictEqual(late.code, 5);
  holder.kill("SIGTERM");
  strictEqual(await holder.line(), "told");
  strictEqual((await holder.end()).code, 9);
  const next = await workspace.run("lock", "deploy", "--wait=0", "--", "true");
  strictEqual(next.code, 0);
});

onRedis("a signal ends the wait for a lock", async (workspace, server) => {
  const holder = await hold(workspace);
  const waiting = new RunningCommand(
    workspace.start("lock", "deploy", "--", "echo", "in"),
  );
  // It listens once it waits.
  await using client = server.connect();
  let channels: unknown[] = [];
  while (channels.length === 0) {
    channels = await client.sendCommand("PUBSUB", ["CHANNELS"]) as unknown[];
  }
  waiting.kill("SIGTERM");
  deepStrictEqual(await waiting.end(), {
    code: 143,
    stderr: "cicdstatemgr: Interrupted by SIGTERM before the command began.\n",
  });
  holder.kill("SIGTERM");
  strictEqual((await holder.end()).code, 9);
});

onEachStore(
  "locks are shown nowhere, and gone with the document",
  async (workspace) => {
    const holder = await hold(workspace);
    const { stdout } = await workspace.run("get", "$");
    deepStrictEqual(Object.keys(JSON.parse(stdout).state), [
      "cicdContextDataId",
      "cicdContextName",
    ]);
    strictEqual(stdout.includes("deploy"), false);
    strictEqual(
      (await workspace.run("list")).stdout.trim().split("\n").length,
      1,
    );
    holder.kill("SIGTERM");
    await holder.end();
    await workspace.run("remove", "run-1", "--yes");
    const none = await workspace.run("lock", "deploy", "--", "true");
    strictEqual(none.code, 3);
    await workspace.run("init", "run-1", "--app-config", "app.yaml");
    const first = await workspace.run(
      ...["lock", "deploy", "--", "sh", "-c", "echo $CICDSTATEMGR_LOCK_TOKEN"],
    );
    strictEqual(first.stdout, "1\n");
  },
);
