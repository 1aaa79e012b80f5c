import {
  deepStrictEqual,
  ok,
  rejects,
  strictEqual,
  throws,
} from "node:assert/strict";
import { memoryStore } from "../datasources/memory/memory.ts";
import { CicdStateError } from "../errors.ts";
import type { Change, Document } from "./change.ts";
import type { Snapshot, StateStore, SwapOptions, Turn } from "./store.ts";
import {
  checkRevision,
  createDocument,
  notFound,
  readDocument,
  replaceDocument,
  updateDocument,
} from "./update.ts";

const ID = "a1";

function append(item: string): Change {
  return [{ op: "append", path: ["list"], items: [item] }];
}

/** A store of one document. */
async function storeOf(document: Document): Promise<StateStore> {
  const store = memoryStore();
  await replaceDocument(store, ID, document);
  return store;
}

/** A store that loses the first races, and remembers what it is asked. */
function losing(store: StateStore, races: number) {
  const swaps: { before: Snapshot | undefined; options: SwapOptions }[] = [];
  const losing: StateStore = {
    ...store,
    swap(id, next, before, options = {}) {
      swaps.push({ before, options });
      return swaps.length <= races
        ? Promise.resolve(undefined)
        : store.swap(id, next, before, options);
    },
  };
  return { store: losing, swaps };
}

Deno.test("readDocument() fails if there is no document", async () => {
  const store = memoryStore();
  await rejects(readDocument(store, ID), {
    code: "NOT_FOUND",
    message: 'No document "a1" in memory',
    hint: "Check the id, or create it with cicdstatemgr init a1",
  });
  strictEqual(notFound(store, "b").message, 'No document "b" in memory');
});

Deno.test("updateDocument() applies operations", async () => {
  const store = await storeOf({ list: [] });
  const { document, revision } = await updateDocument(store, ID, append("x"));
  deepStrictEqual(document, { list: ["x"] });
  strictEqual(revision, await store.revision(ID));
});

for (const ttlMs of [-1, -0.5, NaN, Infinity]) {
  Deno.test(`updateDocument() refuses ${ttlMs} as ttlMs`, async () => {
    const store = await storeOf({ list: [] });
    await rejects(updateDocument(store, ID, append("x"), { ttlMs }), {
      code: "USAGE",
      message: `Cannot use ${ttlMs} as ttlMs`,
    });
    deepStrictEqual((await readDocument(store, ID)).document, { list: [] });
  });
}

Deno.test("updateDocument() rounds ttlMs up", async () => {
  const { store, swaps } = losing(await storeOf({ list: [] }), 0);
  await updateDocument(store, ID, append("x"), { ttlMs: 1500.5 });
  await createDocument(store, "new", {}, { ttlMs: 0.1 });
  deepStrictEqual(swaps.map(({ options }) => options.ttlMs), [1501, 1]);
});

Deno.test("updateDocument() stores what a function makes", async () => {
  const store = await storeOf({ n: 1 });
  await updateDocument(store, ID, ({ n }) => ({ n: Number(n) + 1 }));
  deepStrictEqual((await readDocument(store, ID)).document, { n: 2 });
  await updateDocument(store, ID, (_document, revision) => [
    { op: "set", path: ["at"], value: revision },
  ]);
  deepStrictEqual((await readDocument(store, ID)).document, { n: 2, at: "2" });
});

Deno.test("updateDocument() swaps the very snapshot that it read", async () => {
  const store = await storeOf({});
  const snapshot = (await store.read(ID))!;
  const { store: recording, swaps } = losing(
    { ...store, read: () => Promise.resolve(snapshot) },
    0,
  );
  await updateDocument(recording, ID, append("x"));
  strictEqual(swaps[0]?.before, snapshot);
});

Deno.test("updateDocument() records who did what", async () => {
  const { store, swaps } = losing(await storeOf({}), 0);
  const note = { actor: "ci", action: "test" };
  await updateDocument(store, ID, append("x"), { note, ttlMs: 7 });
  await updateDocument(store, ID, () => ({}));
  const [first, second] = swaps.map(({ options }) => options);
  strictEqual(first?.note?.actor, "ci");
  strictEqual(first?.note?.action, "test");
  deepStrictEqual(first?.note?.operations, append("x"));
  ok(Math.abs(first!.note!.at - Date.now()) < 60_000);
  strictEqual(first?.ttlMs, 7);
  strictEqual(second?.note?.actor, "");
  strictEqual(second?.note?.operations, undefined);
});

Deno.test("updateDocument() calls the function again after each lost race", async () => {
  const { store } = losing(await storeOf({ n: 1 }), 3);
  let calls = 0;
  await updateDocument(store, ID, ({ n }) => ({ n: Number(n) + ++calls }));
  strictEqual(calls, 4);
  strictEqual((await readDocument(store, ID)).document.n, 5);
});

Deno.test("updateDocument() reads what its turn has read", async () => {
  const store = await storeOf({ n: 1 });
  const log: string[] = [];
  const turn: Turn = {
    token: "t",
    async read() {
      log.push("turn");
      return await store.read(ID);
    },
    release() {
      log.push("release");
      return Promise.resolve();
    },
  };
  const queued: StateStore = {
    ...store,
    read(id) {
      log.push("read");
      return store.read(id);
    },
    takeTurn: (_id, { lostRaces }) =>
      Promise.resolve(lostRaces === 0 ? undefined : turn),
  };
  await updateDocument(losing(queued, 1).store, ID, append("x"));
  deepStrictEqual(log, ["read", "turn", "release"]);
});

Deno.test("updateDocument() fails if there is no document when its turn comes", async () => {
  const store = memoryStore();
  let released = 0;
  const queued: StateStore = {
    ...store,
    takeTurn: () =>
      Promise.resolve({
        token: "t",
        read: () => Promise.resolve(undefined),
        release() {
          released++;
          return Promise.resolve();
        },
      }),
  };
  await rejects(updateDocument(queued, ID, append("x")), { code: "NOT_FOUND" });
  strictEqual(released, 1);
});

Deno.test("updateDocument() hands its last turn back to the store", async () => {
  const store = await storeOf({});
  const asked: [number, string | undefined][] = [];
  const queued: StateStore = {
    ...store,
    takeTurn(_id, { lostRaces, turn }) {
      asked.push([lostRaces, turn?.token]);
      const token = `t${lostRaces}`;
      return Promise.resolve({ token, release: () => Promise.resolve() });
    },
  };
  await updateDocument(losing(queued, 2).store, ID, append("x"));
  deepStrictEqual(asked, [[0, undefined], [1, "t0"], [2, "t1"]]);
});

Deno.test("updateDocument() lets updates of one store and id wait for each other", async () => {
  const { store, swaps } = losing(await storeOf({ list: [] }), 0);
  const items = Array.from({ length: 30 }, (_, n) => `${n}`);
  await Promise.all(
    items.map((item) => updateDocument(store, ID, append(item))),
  );
  deepStrictEqual((await readDocument(store, ID)).document.list, items);
  // No race was lost.
  strictEqual(swaps.length, 30);
});

Deno.test("updateDocument() gives up at its deadline", async () => {
  const { store } = losing(await storeOf({}), Infinity);
  await rejects(updateDocument(store, ID, append("x"), { timeoutMs: 50 }), {
    code: "CONFLICT",
    message:
      'Document "a1" in memory was not changed within 50 ms: others wrote it or held its lock',
    hint: "Run it again, or raise update-timeout-ms",
  });
});

Deno.test("updateDocument() fails with the reason of a signal", async () => {
  const { store } = losing(await storeOf({}), Infinity);
  const controller = new AbortController();
  const update = updateDocument(store, ID, append("x"), {
    signal: controller.signal,
  });
  controller.abort(new Error("the job was cancelled"));
  await rejects(update, { message: "the job was cancelled" });
  await rejects(
    updateDocument(store, ID, append("x"), { signal: controller.signal }),
    { message: "the job was cancelled" },
  );
});

Deno.test("updateDocument() lets the next one on after a failure", async () => {
  const store = await storeOf({});
  const failing = updateDocument(store, ID, () => {
    throw new CicdStateError("PATH", "no");
  });
  const next = updateDocument(store, ID, append("x"));
  await rejects(failing, { message: "no" });
  deepStrictEqual((await next).document, { list: ["x"] });
});

Deno.test("replaceDocument() writes whatever is there", async () => {
  const { store, swaps } = losing(await storeOf({ n: 1 }), 2);
  const { document, revision } = await replaceDocument(store, ID, { n: 2 });
  deepStrictEqual(document, { n: 2 });
  strictEqual(revision, await store.revision(ID));
  strictEqual(swaps.length, 3);
  ok(swaps.every(({ options }) => options.overwrite));
});

Deno.test("createDocument() keeps a document that is there", async () => {
  const store = memoryStore();
  const first = await createDocument(store, ID, { n: 1 });
  deepStrictEqual(first.document, { n: 1 });
  const second = await createDocument(store, ID, { n: 2 });
  deepStrictEqual(second.document, { n: 1 });
  strictEqual(second.revision, first.revision);
});

Deno.test("createDocument() tries again if the other document is gone by then", async () => {
  const store = memoryStore();
  const { store: once } = losing(store, 1);
  deepStrictEqual((await createDocument(once, ID, { n: 2 })).document, {
    n: 2,
  });
});

Deno.test("checkRevision() accepts a revision, its number, or none", () => {
  checkRevision(ID, "7-abc", undefined);
  checkRevision(ID, "7-abc", "7-abc");
  checkRevision(ID, "7-abc", "7");
});

for (const wanted of ["6", "8", "7-", "7-abd", ""]) {
  Deno.test(`checkRevision() refuses "${wanted}" at 7-abc`, () => {
    throws(() => checkRevision(ID, "7-abc", wanted), {
      code: "CONFLICT",
      message: `Document "a1" is at revision 7, not ${wanted}`,
    });
  });
}
