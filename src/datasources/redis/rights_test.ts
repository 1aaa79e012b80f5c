// The ACL rights that docs/stores.md names: they are enough, and an error names
// the one that is missing.
import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import {
  type RedisGroup,
  startCluster,
  startSentinels,
} from "../../../tests/support/redis_group.ts";
import {
  type RedisServer,
  startRedis,
} from "../../../tests/support/redis_server.ts";
import { listAll } from "../../../tests/support/store_contract.ts";
import { Workspace } from "../../../tests/support/workspace.ts";
import type { CicdStateError } from "../../errors.ts";
import {
  createDocument,
  readDocument,
  updateDocument,
} from "../../document/update.ts";
import { openRedis } from "./mod.ts";
import type { RedisOptions } from "./options.ts";

const LOGIN = { username: "ci", password: "sesame-street" };

/** Reads the rights from the page that tells operators. */
async function documentedRights(): Promise<string[]> {
  const page = await Deno.readTextFile(
    new URL("../../../docs/stores.md", import.meta.url),
  );
  return /^(~\* \+@read .*)$/m.exec(page)![1]!.split(" ");
}

async function grant(
  servers: readonly RedisServer[],
  rights: readonly string[],
): Promise<void> {
  for (const server of servers) {
    await using client = server.connect();
    const user = ["SETUSER", "ci", "reset", "on", ">sesame-street"];
    await client.sendCommand("ACL", [...user, ...rights]);
  }
}

/** Does whatever a store does. */
async function useAll(options: RedisOptions): Promise<void> {
  const store = await openRedis({ ...options, ...LOGIN });
  for (const id of ["a", "b", "c", "{d}e", "x}y"]) {
    await createDocument(store, id, { state: {} }, { ttlMs: 60_000 });
    await updateDocument(store, id, [
      { op: "set", path: ["state", "tag"], value: "v1" },
    ]);
    const signal = AbortSignal.timeout(20_000);
    const turn = await store.takeTurn!(id, { lostRaces: 3, signal });
    await turn!.release();
    deepStrictEqual((await readDocument(store, id)).document, {
      state: { tag: "v1" },
    });
    ok((await store.history!.entries(id, 5)).length === 2);
    ok((await listAll(store, id)).length === 1);
    ok(await store.remove!(id));
  }
  await store.close();
}

const GROUPS: readonly [string, () => Promise<RedisGroup>][] = [
  ["a server", async () => {
    const server = await startRedis();
    return {
      options: server.options,
      servers: [server],
      [Symbol.asyncDispose]: () => server.stop(),
    };
  }],
  ["sentinels", startSentinels],
  ["a cluster", startCluster],
];

for (const [what, start] of GROUPS) {
  Deno.test(`openRedis() of ${what} needs no more than the documented rights`, async () => {
    await using group = await start();
    const rights = await documentedRights();
    const isCluster = group.options.cluster !== undefined;
    const granted = rights.filter((right) =>
      isCluster || right !== "+cluster|slots"
    );
    await grant(group.servers, granted);
    const waitReplicas = what === "a server" ? 0 : 1;
    await useAll({ ...group.options, waitReplicas });
    await checkCommands(group.options);
  });
}

/** Checks that a command line prints what it should, and nothing else. */
async function checkCommands(
  { host, port, cluster, sentinels }: RedisOptions,
): Promise<void> {
  const show = (all: RedisOptions["cluster"]) =>
    all?.map(({ host, port }) => `${host}:${port}`);
  const redis = {
    ...{ host, port, ...LOGIN },
    ...{ cluster: show(cluster), sentinels: show(sentinels) },
    isPrimary: true,
  };
  await using workspace = await Workspace.create({
    "config.yaml": { cicdstatemgr: { datasources: { redis } } },
    "app.yaml": { "cicd-contexts": { stage: {} } },
  });
  const options = ["--config", "config.yaml"];
  deepStrictEqual(
    await workspace.run("init", "run-1", "--app-config=app.yaml", ...options),
    { code: 0, stdout: "run-1\n", stderr: "" },
  );
  const { code, stdout, stderr } = await workspace.run("list", ...options);
  match(stdout, /^run-1 /);
  deepStrictEqual([code, stderr], [0, ""]);
}

/** A right to take away, and what the message asks for. */
const MISSING: readonly [revoked: string, right: string][] = [
  ["-eval", "+eval"],
  ["-time", "+time"],
  ["-get", "+get"],
  ["-set", "+set"],
  ["-hmget", "+hmget"],
  ["-rpush -lpop -set", "+set +rpush +lpop"],
  ["-select", "+select"],
  ["resetkeys", "~*"],
];

for (const [revoked, right] of MISSING) {
  Deno.test(`openRedis() names the right that a user with ${revoked} lacks`, async () => {
    await using server = await startRedis();
    await grant([server], [...await documentedRights(), ...revoked.split(" ")]);
    const store = await openRedis({ ...server.options, ...LOGIN, db: 1 });
    const made = createDocument(store, "a", {});
    await rejects(made, ({ code, message, hint }: CicdStateError) => {
      deepStrictEqual(code, "PERMISSION");
      ok(
        message.endsWith(
          `: the ACL user lacks the right${
            right.includes(" ") ? "s" : ""
          } ${right}`,
        ),
        message,
      );
      ok(hint!.startsWith(`Grant it with ACL SETUSER ci ${right};`), hint);
      return true;
    });
    await store.close();
  });
}

Deno.test("openRedis() says that a document may be stored if a later step needs a right", async () => {
  await using server = await startRedis();
  for (const revoked of ["-hset", "-zadd", "-rpush", "-pexpire", "-persist"]) {
    await grant([server], [...await documentedRights(), revoked]);
    const store = await openRedis({ ...server.options, ...LOGIN });
    const made = createDocument(store, revoked, {});
    await rejects(made, ({ code, message }: CicdStateError) => {
      deepStrictEqual(code, "TIMEOUT");
      match(message, /lacks the right \+\w+; the change may have been stored$/);
      return true;
    });
    deepStrictEqual((await readDocument(store, revoked)).document, {});
    await store.close();
  }
});
