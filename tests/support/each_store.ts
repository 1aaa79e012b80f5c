import { deepStrictEqual } from "node:assert/strict";
import { type RedisServer, startRedis } from "./redis_server.ts";
import { Workspace } from "./workspace.ts";

/** The stores that keep documents in files, by their kinds. */
const FILE_STORES = {
  sqlite: "state.db",
  jsonfile: "state.json",
  yamlfile: "state.yaml",
};

/**
 * Registers a test for each store, in a workspace with the document `run-1`.
 *
 * @param name What the test shows.
 * @param test The test.
 */
export function onEachStore(
  name: string,
  test: (workspace: Workspace) => Promise<void>,
): void {
  for (const [kind, path] of Object.entries(FILE_STORES)) {
    Deno.test(`${name}, on ${kind}`, async () => {
      await using workspace = await createWorkspace({ [kind]: { path } });
      await test(workspace);
    });
  }
  onRedis(name, test);
}

/** Registers such a test for Redis only. */
export function onRedis(
  name: string,
  test: (workspace: Workspace, server: RedisServer) => Promise<void>,
): void {
  Deno.test(`${name}, on redis`, async () => {
    await using server = await startRedis({ appendOnly: true });
    const { host, port } = server.options;
    await using workspace = await createWorkspace({ redis: { host, port } });
    await test(workspace, server);
  });
}

async function createWorkspace(
  primary: Record<string, Record<string, unknown>>,
): Promise<Workspace> {
  const [[kind, section]] = Object.entries(primary) as [
    [string, Record<string, unknown>],
  ];
  const workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: { [kind]: { ...section, isPrimary: true } },
      },
    },
    "app.yaml": { "cicd-contexts": { stage: {} } },
  });
  const { code, stderr } = await workspace.run(
    ...["init", "run-1", "--app-config", "app.yaml"],
  );
  deepStrictEqual([code, stderr], [0, ""]);
  return workspace;
}
