import {
  deepStrictEqual,
  match,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { memoryStore } from "../datasources/memory/memory.ts";
import type { Document } from "../document/change.ts";
import {
  createDocument,
  readDocument,
  replaceDocument,
  updateDocument,
} from "../document/update.ts";
import { delay } from "../util/concurrency.ts";
import { doOnce, type OnceContext, readOnce } from "./once.ts";

const ID = "a1";

/** A store with a document, and the actions that its history would record. */
interface Place extends OnceContext {
  readonly actions: string[];
  read(): Promise<Document>;
}

async function createPlace(): Promise<Place> {
  const store = memoryStore();
  await createDocument(store, ID, { state: { tag: "v1" } });
  const actions: string[] = [];
  return {
    store,
    actor: "ci@one",
    log: { info() {}, warn() {}, error() {} },
    actions,
    read: async () => (await readDocument(store, ID)).document,
    write(update, action) {
      actions.push(action);
      return updateDocument(store, ID, update);
    },
  };
}

Deno.test("doOnce() does it once, and records it", async () => {
  const place = await createPlace();
  let runs = 0;
  const first = await doOnce(place, ID, "build", async ({ token, signal }) => {
    runs++;
    strictEqual(token, 1);
    strictEqual(signal.aborted, false);
    const { end, exitStatus, ...begun } = readOnce(
      await place.read(),
      "build",
    )!;
    deepStrictEqual([end, exitStatus], [null, null]);
    deepStrictEqual([begun.actor, begun.token], ["ci@one", 1]);
  });
  const second = await doOnce(place, ID, "build", () => {
    throw new Error("again");
  });
  deepStrictEqual([runs, first.ran, second.ran], [1, true, false]);
  deepStrictEqual(second.record, first.record);
  deepStrictEqual(readOnce(await place.read(), "build"), first.record);
  const { start, end, exitStatus } = first.record;
  match(start, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  deepStrictEqual([start <= end!, exitStatus], [true, 0]);
  deepStrictEqual(place.actions, ["once build: start", "once build: end 0"]);
  deepStrictEqual((await place.read()).state, { tag: "v1" });
});

Deno.test("doOnce() does again what failed", async () => {
  const place = await createPlace();
  const failed = await doOnce(place, ID, "build", () => Promise.resolve(3));
  deepStrictEqual([failed.ran, failed.record.exitStatus], [true, 3]);
  await rejects(
    doOnce(place, ID, "build", () => Promise.reject(new Error("boom"))),
    /^Error: boom$/,
  );
  strictEqual(readOnce(await place.read(), "build")!.exitStatus, 1);
  const done = await doOnce(place, ID, "build", () => Promise.resolve());
  deepStrictEqual([done.ran, done.record.token], [true, 3]);
});

Deno.test("doOnce() tells keys apart", async () => {
  const place = await createPlace();
  const ran: (string | undefined)[] = [];
  for (const key of [undefined, "a", "b:c", "a", undefined, "b:c", ""]) {
    await doOnce(place, ID, "x.y", () => {
      ran.push(key);
      return Promise.resolve();
    }, { key });
  }
  deepStrictEqual(ran, [undefined, "a", "b:c", ""]);
  for (const name of ["", "a:b"]) {
    await rejects(doOnce(place, ID, name, () => Promise.resolve()), {
      code: "USAGE",
    });
  }
});

Deno.test("doOnce() lets others wait for the one that does it", async () => {
  const place = await createPlace();
  let runs = 0;
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () =>
      doOnce(place, ID, "build", async () => {
        runs++;
        await delay(50);
      })),
  );
  strictEqual(runs, 1);
  strictEqual(outcomes.filter(({ ran }) => ran).length, 1);
  for (const { record } of outcomes) strictEqual(record.exitStatus, 0);
});

Deno.test("doOnce() lets one that waits do what failed", async () => {
  const place = await createPlace();
  let runs = 0;
  const outcomes = await Promise.all(
    Array.from(
      { length: 5 },
      () =>
        doOnce(place, ID, "build", () => Promise.resolve(++runs < 3 ? 1 : 0)),
    ),
  );
  strictEqual(runs, 3);
  deepStrictEqual(outcomes.filter(({ ran }) => ran).length, 3);
});

Deno.test("doOnce() waits no longer than it may", async () => {
  const place = await createPlace();
  const end = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const first = doOnce(place, ID, "build", () => {
    begun.resolve();
    return end.promise;
  });
  await begun.promise;
  const task = () => Promise.resolve();
  await rejects(doOnce(place, ID, "build", task, { timeoutMs: 20 }), {
    code: "TIMEOUT",
    message: 'Waited 20ms for "once build" of document "a1": ci@one holds it',
  });
  end.resolve();
  strictEqual((await first).ran, true);
});

Deno.test("doOnce() takes over from one that died", async () => {
  const place = await createPlace();
  const actor = "ci@dead";
  const begun = { start: "2026", end: null, exitStatus: null, actor, token: 4 };
  await replaceDocument(place.store, ID, { cicdOnce: { build: begun } });
  const records = await place.store.records!();
  const lease = { token: 4, owner: "dead", beat: 0, ttlMs: 100, by: actor };
  await records.swap(ID, "once:build", JSON.stringify(lease), undefined);
  const { ran, record } = await doOnce(
    place,
    ID,
    "build",
    () => Promise.resolve(),
  );
  deepStrictEqual([ran, record.token, record.actor], [true, 5, "ci@one"]);
});

Deno.test("doOnce() does not record what a replaced document does not know", async () => {
  const place = await createPlace();
  await rejects(
    doOnce(place, ID, "build", async () => {
      await replaceDocument(place.store, ID, {});
    }),
    {
      code: "CONFLICT",
      message: /^Cannot record "once build" in document "a1"/,
    },
  );
  strictEqual(readOnce(await place.read(), "build"), undefined);
  const again = await doOnce(place, ID, "build", () => Promise.resolve());
  strictEqual(again.ran, true);
});

Deno.test("doOnce() fails if its lock is lost, and records nothing", async () => {
  const place = await createPlace();
  const records = await place.store.records!();
  const stolen = doOnce(place, ID, "build", async ({ signal }) => {
    const lease = { token: 9, owner: "thief", beat: 0, ttlMs: 100, by: "" };
    const before = await records.read(ID, "once:build");
    await records.swap(ID, "once:build", JSON.stringify(lease), before);
    while (!signal.aborted) await delay(5);
  }, { ttlMs: 100 });
  await rejects(stolen, { code: "CONFLICT", message: /^Lost "once build"/ });
  strictEqual(readOnce(await place.read(), "build")!.end, null);
});

Deno.test("readOnce() ignores what is not a record", () => {
  const record = { start: "s", end: null, exitStatus: 1, actor: "", token: 1 };
  deepStrictEqual(readOnce({ cicdOnce: { a: record } }, "a"), record);
  deepStrictEqual(readOnce({ cicdOnce: { "a:k": record } }, "a", "k"), record);
  const others: Document[] = [
    {},
    { cicdOnce: [] },
    { cicdOnce: { a: 1 } },
    { cicdOnce: { a: { ...record, end: 1 } } },
    { cicdOnce: { a: { ...record, exitStatus: "0" } } },
  ];
  for (const document of others) {
    strictEqual(readOnce(document, "a"), undefined);
  }
});
