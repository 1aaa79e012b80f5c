import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { startRedis } from "../../../tests/support/redis_server.ts";
import { startProxy } from "../../../tests/support/tcp_proxy.ts";
import type { Change, Document } from "../../document/change.ts";
import type { StateStore } from "../../document/store.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../document/update.ts";
import { openRedis } from "./mod.ts";

function append(item: string): Change {
  return [{ op: "append", path: ["list"], items: [item] }];
}

async function listIn(store: StateStore, id: string): Promise<string[]> {
  const { document } = await readDocument(store, id);
  return (document.list ?? []) as string[];
}

Deno.test("updateDocument() makes a change once though Redis' answers get lost", async () => {
  await using server = await startRedis();
  await using proxy = startProxy(server.port);
  const store = await openRedis({ ...server.options, port: proxy.port });
  await replaceDocument(store, "a1", {});
  for (let n = 0; n < 20; n++) {
    const update = updateDocument(store, "a1", (document) => {
      // The read was answered: from here on the answers to the swap are lost.
      proxy.loseAnswers(1 + n % 3);
      return {
        ...document,
        list: [...document.list as string[] ?? [], `i${n}`],
      };
    });
    await update;
  }
  deepStrictEqual(
    await listIn(store, "a1"),
    Array.from({ length: 20 }, (_, n) => `i${n}`),
  );
  strictEqual((await readDocument(store, "a1")).revision.split("-")[0], "21");
  await store.close();
});

Deno.test("updateDocument() knows its lost write though others wrote since", async () => {
  await using server = await startRedis();
  await using proxy = startProxy(server.port);
  const store = await openRedis({ ...server.options, port: proxy.port });
  const other = await openRedis(server.options);
  await replaceDocument(store, "a1", {});
  // One writer's answers are lost all the time, while others write.
  const noise = Promise.all(
    Array.from(
      { length: 60 },
      (_, n) => updateDocument(other, "a1", append(`o${n}`)),
    ),
  );
  for (let n = 0; n < 20; n++) {
    proxy.loseAnswers(n % 2);
    await updateDocument(store, "a1", append(`i${n}`));
  }
  await noise;
  const list = await listIn(other, "a1");
  strictEqual(list.length, 80);
  strictEqual(new Set(list).size, 80);
  await store.close();
  await other.close();
});

Deno.test("updateDocument() says so if it is not known whether Redis stored", async () => {
  await using server = await startRedis();
  const store = await openRedis({
    ...server.options,
    commandTimeoutMs: 100,
  });
  await replaceDocument(store, "a1", {});
  const update = updateDocument(store, "a1", (document) => {
    server.kill("SIGSTOP");
    return document;
  }, { timeoutMs: 300 });
  await rejects(update, {
    code: "TIMEOUT",
    message: /no answer within 100 ms; the change may have been stored$/,
  });
  await store.close();
});

Deno.test("updateDocument() outlives a Redis server that is frozen for a while", async () => {
  await using server = await startRedis();
  const store = await openRedis({
    ...server.options,
    commandTimeoutMs: 100,
  });
  await replaceDocument(store, "a1", {});
  const updates = Array.from(
    { length: 40 },
    (_, n) => updateDocument(store, "a1", append(`i${n}`)),
  );
  setTimeout(() => server.kill("SIGSTOP"), 5);
  setTimeout(() => server.kill("SIGCONT"), 400);
  await Promise.all(updates);
  strictEqual((await listIn(store, "a1")).length, 40);
  await store.close();
});

Deno.test("updateDocument() keeps what Redis accepted before it was killed and restarted", async () => {
  await using server = await startRedis({ appendOnly: true });
  const stores = await Promise.all(
    [1, 2, 3].map(() => openRedis(server.options)),
  );
  await replaceDocument(stores[0]!, "a1", {});
  const accepted: string[] = [];
  let more = true;
  const writers = stores.map(async (store, writer) => {
    for (let n = 0; more; n++) {
      await updateDocument(store, "a1", append(`${writer}-${n}`));
      accepted.push(`${writer}-${n}`);
    }
  });
  for (let times = 0; times < 3; times++) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await server.restart();
  }
  const before = accepted.length;
  while (accepted.length < before + 10) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  more = false;
  await Promise.all(writers);
  const list = await listIn(stores[0]!, "a1");
  deepStrictEqual(list.toSorted(), accepted.toSorted());
  for (const store of stores) await store.close();
});

Deno.test("updateDocument() gives up at its deadline, and writes nothing", async () => {
  await using server = await startRedis();
  const store = await openRedis(server.options);
  await using client = server.connect();
  await replaceDocument(store, "a1", {});
  const racing: StateStore = {
    name: store.name,
    async read(id) {
      const snapshot = await store.read(id);
      await client.sendCommand("SET", ["a1", `{"n": ${Math.random()}}`]);
      return snapshot;
    },
    revision: (id) => store.revision(id),
    swap: (...args) => store.swap(...args),
    close: () => Promise.resolve(),
  };
  await rejects(updateDocument(racing, "a1", append("x"), { timeoutMs: 100 }), {
    code: "CONFLICT",
    message: /was not changed within 100 ms: others wrote it or held its lock$/,
  });
  deepStrictEqual(await listIn(store, "a1"), []);
  const aborted = AbortSignal.abort(new Error("the job was cancelled"));
  await rejects(updateDocument(store, "a1", append("x"), { signal: aborted }), {
    message: "the job was cancelled",
  });
  await store.close();
});

Deno.test("updateDocument() lets every writer on while others keep writing", async () => {
  await using server = await startRedis();
  // Each writer has a store of its own, as a process has.
  const stores = await Promise.all(
    Array.from({ length: 30 }, () => openRedis(server.options)),
  );
  await replaceDocument(stores[0]!, "a1", {});
  await Promise.all(stores.map(async (store, writer) => {
    for (let n = 0; n < 10; n++) {
      await updateDocument(store, "a1", append(`${writer}-${n}`));
    }
  }));
  const list = await listIn(stores[0]!, "a1");
  strictEqual(new Set(list).size, 300);
  for (const store of stores) await store.close();
});

Deno.test("updateDocument() passes a writer that died at the head of the queue", async () => {
  await using server = await startRedis();
  const store = await openRedis(server.options);
  await replaceDocument(store, "a1", {});
  const { signal } = new AbortController();
  const dead = await store.takeTurn!("a1", { lostRaces: 99, signal });
  ok(dead !== undefined);
  const before = await readDocument(store, "a1");
  // Its patience ends: from now on it alone may write.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  strictEqual(await store.swap("a1", { n: 1 }, before), undefined);
  await updateDocument(store, "a1", append("x"));
  deepStrictEqual(await listIn(store, "a1"), ["x"]);
  // Its turn is over: what it read before is not what is there.
  strictEqual(await store.swap("a1", {}, before, { turn: dead }), undefined);
  await store.close();
});

Deno.test("updateDocument() keeps up with a program that overwrites the document", async () => {
  await using server = await startRedis();
  const store = await openRedis(server.options);
  await using client = server.connect();
  await replaceDocument(store, "a1", { foreign: 0 });
  let more = true;
  const foreign = (async () => {
    let writes = 0;
    for (; more; writes++) {
      // It reads, changes and writes, as the Python tool does; what we wrote
      // in between is its loss, never ours to hide.
      await client.sendCommand("SET", ["a1", `{"foreign": ${writes}}`]);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return writes;
  })();
  for (let n = 0; n < 50; n++) {
    const { document } = await updateDocument(store, "a1", append(`i${n}`));
    ok(Object.hasOwn(document as Document, "foreign"));
  }
  more = false;
  const writes = await foreign;
  const entries = await store.history!.entries("a1", 500);
  strictEqual(entries.filter(({ external }) => !external).length, 51);
  ok(entries.filter(({ external }) => external).length <= writes);
  await store.close();
});

Deno.test("redisStore().about() tells the version and the time, with the documented rights", async () => {
  await using server = await startRedis({
    user: {
      name: "checkout-ci",
      password: "secret-1",
      rules: "~* &* +@read +@write +@scripting +@connection +time",
    },
  });
  const store = await openRedis(server.options);
  try {
    const before = Date.now();
    const { version, time } = await store.about!();
    ok(version === undefined || /^\d+\.\d+\.\d+$/.test(version));
    ok(Math.abs(time! - before) < 60_000);
  } finally {
    await store.close();
  }
});
