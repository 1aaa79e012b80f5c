import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { openMirror, openStore } from "../../tests/support/open_datasource.ts";
import { startRedis } from "../../tests/support/redis_server.ts";
import { TemporaryFolder } from "../../tests/package/process.ts";
import { Workspace } from "../../tests/support/workspace.ts";

Deno.test("storeMirror() removes a document from Redis and from SQLite", async () => {
  await using server = await startRedis();
  await using folder = await TemporaryFolder.create();
  const sections = {
    redis: { host: "127.0.0.1", port: server.port },
    sqlite: { path: `${folder.path}/mirror.db` },
  };
  for (const [kind, section] of Object.entries(sections)) {
    const mirror = await openMirror(kind, section);
    for (const id of ["a1", "a2"]) await mirror.write(id, { n: 1 });
    await mirror.remove!("a1");
    await mirror.remove!("never");
    const store = await openStore(kind, { ...section, isPrimary: true });
    strictEqual(await store.read("a1"), undefined, kind);
    deepStrictEqual((await store.read("a2"))?.document, { n: 1 });
    await store.close();
  }
});

Deno.test("storeMirror() closes its store even if nothing can be removed", async () => {
  const server = await startRedis();
  const section = { host: "127.0.0.1", port: server.port };
  const mirror = await openMirror("redis", {
    ...section,
    "connect-timeout-ms": 100,
  });
  await server.stop();
  await rejects(mirror.remove!("a1"), { code: "STORE" });
});

Deno.test("remove reaches mirrors in Redis and SQLite", async () => {
  await using server = await startRedis();
  const redis = { host: "127.0.0.1", port: server.port };
  await using workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: {
          sqlite: { path: "primary.db", isPrimary: true },
          copy: { kind: "sqlite", path: "copy.db" },
          redis,
        },
      },
    },
    "app.yaml": { "cicd-contexts": { stage: {} } },
  });
  await workspace.run("init", "run-1", "--app-config", "app.yaml");
  await using client = server.connect();
  strictEqual(await client.sendCommand("EXISTS", ["run-1"]), 1);
  deepStrictEqual(await workspace.run("remove", "run-1", "--yes"), {
    code: 0,
    stdout: "",
    stderr: "",
  });
  strictEqual(await client.sendCommand("DBSIZE", []), 0);
  const path = `${workspace.path}/copy.db`;
  const copy = await openStore("sqlite", { path, isPrimary: true });
  strictEqual(await copy.read("run-1"), undefined);
  await copy.close();
});
