import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { startRedis } from "../../../tests/support/redis_server.ts";
import type { ListedDocument, StateStore } from "../../document/store.ts";
import { replaceDocument, updateDocument } from "../../document/update.ts";
import { listAll } from "../../../tests/support/store_contract.ts";
import { encryptionCodec } from "../shared/encryption.ts";
import { openRedis } from "./mod.ts";
import { redisStore } from "./store.ts";

const server = await startRedis();
const store = await openRedis(server.options);
addEventListener("unload", () => {
  server.kill("SIGKILL");
  Deno.removeSync(server.folder, { recursive: true });
});

async function list(
  prefix: string,
  from: StateStore = store,
): Promise<ListedDocument[]> {
  return (await listAll(from, prefix))
    .toSorted((one, other) => one.id < other.id ? -1 : 1);
}

function test(what: string, run: () => Promise<void>): void {
  Deno.test(what, { sanitizeResources: false }, run);
}

test("listRedis() takes a prefix literally", async () => {
  const ids = ["p*1", "p?1", "p[1]", "p\\1", "pa1", "p*2"];
  for (const id of ids) await replaceDocument(store, id, {});
  for (const prefix of ["p*", "p?", "p[", "p\\"]) {
    deepStrictEqual(
      (await list(prefix)).map(({ id }) => id),
      ids.filter((id) => id.startsWith(prefix)).toSorted(),
    );
  }
});

test("listRedis() shows revision, context, time and size", async () => {
  const document = { state: { cicdContextName: "stage" } };
  const { revision } = await replaceDocument(store, "shown", document);
  const [listed] = await list("shown");
  strictEqual(listed?.revision, revision);
  strictEqual(listed?.context, "stage");
  strictEqual(listed?.size, JSON.stringify(document).length);
  ok(Math.abs(listed!.updatedAt! - Date.now()) < 60_000);
});

test("listRedis() follows a document through its changes", async () => {
  await replaceDocument(store, "moved", {
    state: { cicdContextName: "stage" },
  });
  await updateDocument(store, "moved", [
    { op: "set", path: ["state", "cicdContextName"], value: "prod" },
  ]);
  const [listed] = await list("moved");
  strictEqual(listed?.context, "prod");
  strictEqual(listed?.revision.split("-")[0], "2");
});

test("listRedis() leaves out the keys beside documents and other keys", async () => {
  await using client = server.connect();
  await replaceDocument(store, "beside", {});
  await client.sendCommand("RPUSH", ["beside-list", "x"]);
  await client.sendCommand("SET", ["beside-number", "42"]);
  await client.sendCommand("SET", ["beside-text", "key: [unfinished"]);
  await client.sendCommand("SET", ["beside-other", '{"state": {}}']);
  deepStrictEqual((await list("beside")).map(({ id }) => id), ["beside"]);
});

test("listRedis() shows documents that another program wrote", async () => {
  await using client = server.connect();
  const text = "state: {cicdContextDataId: py-1, cicdContextName: stage}\n";
  await client.sendCommand("SET", ["py-1", text]);
  const [listed] = await list("py-");
  strictEqual(listed?.id, "py-1");
  strictEqual(listed?.context, "stage");
  strictEqual(listed?.updatedAt, undefined);
  strictEqual(listed?.revision, await store.revision("py-1"));
});

test("listRedis() shows encrypted documents without their key", async () => {
  const codec = await encryptionCodec([new Uint8Array(32).toBase64()]);
  const sealing = await openRedis(server.options, { codec });
  await replaceDocument(sealing, "sealed", {
    state: { cicdContextName: "stage" },
  });
  const [listed] = await list("sealed");
  strictEqual(listed?.context, "stage");
  await sealing.close();
});

test("listRedis() lists each node of a group in turn", async () => {
  await using second = await startRedis();
  const other = await openRedis(second.options);
  await replaceDocument(store, "node-1", {});
  await replaceDocument(other, "node-2", {});
  await using first = server.connect();
  await using last = second.connect();
  // As a cluster's client does, it runs a script where the key is.
  const client = {
    sendCommand(command: string, args: (string | number | Uint8Array)[]) {
      const node = args.includes("node-2") ? last : first;
      return node.sendCommand(command, args);
    },
  };
  const nodes = [{ name: "a:1", client: first }, { name: "b:1", client: last }];
  const group = redisStore({ client, nodes: () => Promise.resolve(nodes) });
  deepStrictEqual((await list("node-", group)).map(({ id }) => id), [
    "node-1",
    "node-2",
  ]);
  await rejects(group.list!({ cursor: "0@c:1" }), {
    code: "STORE",
    message: "Cannot list the documents of redis: its nodes have changed",
  });
  await other.close();
});

test("listRedis() reports a node that is gone", async () => {
  const gone = await startRedis();
  const client = gone.connect();
  await client.sendCommand("PING");
  await gone.stop();
  await rejects(redisStore({ client }).list!(), { code: "STORE" });
  await client.close();
});
