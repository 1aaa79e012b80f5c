import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { createEventWorkspace } from "../support/event_workspace.ts";
import { startHttpServer } from "../support/http_server.ts";
import { startRedis } from "../support/redis_server.ts";
import { Workspace } from "../support/workspace.ts";

const STATUS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

for (const [name, status] of Object.entries(STATUS)) {
  const signal = name as keyof typeof STATUS;

  Deno.test(`${name} ends an event, stores what was set, and says so`, async () => {
    const arrival = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    await using server = startHttpServer(async () => {
      arrival.resolve();
      await end.promise;
      return new Response("");
    });
    await using workspace = await createEventWorkspace({
      "set-values": { set: [{ from: "1", to: "state.before" }] },
      "notify": { message: "hello" },
      "trigger-pipeline": { name: "never" },
    }, {
      datasources: { sqlite: { path: "state.db", isPrimary: true } },
      slack: { url: server.url },
      trigger: { url: server.url },
      templates: { notify: "{}" },
    });
    const child = workspace.start("event", "board", "go");
    await arrival.promise;
    child.kill(signal);
    const { code, stdout, stderr } = await child.output();
    end.resolve();
    deepStrictEqual([code, stdout.length], [status, 0]);
    const text = new TextDecoder().decode(stderr);
    match(text, new RegExp(`^cicdstatemgr: Interrupted by ${name}[^\\n]*\\n$`));
    match(text, /notify/);
    match(text, /state\.before/);
    strictEqual((await workspace.run("get", "state.before")).stdout, "1\n");
    strictEqual(server.requests.length, 1);
  });
}

Deno.test("a signal ends an event within seconds though the store hangs", async () => {
  await using redis = await startRedis();
  const { host, port } = redis.options;
  await using workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: { datasources: { redis: { host, port, isPrimary: true } } },
    },
    "app.yaml": {
      "cicd-contexts": {
        stage: { pipelines: { board: { "event-handlers": { go: {} } } } },
      },
    },
  });
  await workspace.run("init", "run-1", "--app-config", "app.yaml");
  redis.kill("SIGSTOP");
  const child = workspace.start("event", "board", "go");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const from = performance.now();
  child.kill("SIGTERM");
  const { code, stderr } = await child.output();
  redis.kill("SIGCONT");
  strictEqual(code, 143);
  strictEqual(performance.now() - from < 5000, true);
  match(new TextDecoder().decode(stderr), /SIGTERM[^\n]*\n$/);
});
