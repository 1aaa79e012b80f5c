import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { memoryStore } from "../datasources/memory/memory.ts";
import type { StateRecords } from "../document/capabilities.ts";
import type { StateStore } from "../document/store.ts";
import { createDocument } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import { createLogger } from "../util/log.ts";
import { delay } from "../util/concurrency.ts";
import { type LockContext, takeLock } from "./lock.ts";

const ID = "a1";
const NAME = "deploy";
const RECORD = `lock:${NAME}`;

/** A store with a document, and what was logged. */
interface Place extends LockContext {
  readonly records: StateRecords;
  readonly lines: string[];
}

async function createPlace(
  change: (records: StateRecords) => StateRecords = (records) => records,
): Promise<Place> {
  const memory = memoryStore();
  await createDocument(memory, ID, {});
  const records = await memory.records!();
  const store: StateStore = {
    ...memory,
    records: () => Promise.resolve(change(records)),
  };
  const lines: string[] = [];
  const log = createLogger({
    level: "INFO",
    write: (line) => lines.push(line),
    mask: (text) => text,
  });
  return { store, actor: "ci@one", log, records, lines };
}

async function reach(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!await holds()) await delay(5);
}

async function stored({ records }: Place): Promise<Record<string, unknown>> {
  return JSON.parse(await records.read(ID, RECORD) ?? "{}");
}

/** Replaces the record, as another process would. */
async function overwrite(
  { records }: Place,
  record: Record<string, unknown>,
): Promise<void> {
  const before = await records.read(ID, RECORD);
  const text = JSON.stringify(record);
  strictEqual(await records.swap(ID, RECORD, text, before), true);
}

const DEAD = { token: 7, owner: "dead", beat: 3, ttlMs: 100, by: "ci@dead" };

Deno.test("takeLock() gives each holder a larger token", async () => {
  const place = await createPlace();
  for (let token = 1; token <= 3; token++) {
    const lock = await takeLock(place, ID, NAME, { timeoutMs: 0 });
    strictEqual(lock.token, token);
    await lock.release();
    await lock.release();
  }
  strictEqual((await takeLock(place, ID, "other")).token, 1);
});

Deno.test("takeLock() lets one of many inside, and all of them in the end", async () => {
  const place = await createPlace();
  let inside = 0;
  const tokens: number[] = [];
  await Promise.all(Array.from({ length: 20 }, async () => {
    await using lock = await takeLock(place, ID, NAME);
    strictEqual(++inside, 1);
    tokens.push(lock.token);
    await delay(1);
    inside--;
  }));
  deepStrictEqual(tokens, Array.from({ length: 20 }, (_, index) => index + 1));
});

Deno.test("takeLock() says who holds the lock when the time is up", async () => {
  const place = await createPlace();
  await using _lock = await takeLock(place, ID, NAME);
  for (const [timeoutMs, waited] of [[0, "0ms"], [20, "20ms"]] as const) {
    await rejects(takeLock(place, ID, NAME, { timeoutMs }), {
      code: "TIMEOUT",
      message:
        `Waited ${waited} for lock "deploy" of document "a1": ci@one holds it`,
    });
  }
});

Deno.test("takeLock() ends with its signal's reason", async () => {
  const place = await createPlace();
  await using _lock = await takeLock(place, ID, NAME);
  const controller = new AbortController();
  const waiting = takeLock(place, ID, NAME, { signal: controller.signal });
  controller.abort("SIGTERM");
  await rejects(waiting, (reason) => reason === "SIGTERM");
});

Deno.test("takeLock() refuses what cannot work", async () => {
  const place = await createPlace();
  for (const ttlMs of [0, 99, NaN, 2 ** 31]) {
    await rejects(takeLock(place, ID, NAME, { ttlMs }), { code: "USAGE" });
  }
  await rejects(takeLock(place, "none", NAME), { code: "NOT_FOUND" });
  const { records: _, ...store } = place.store;
  await rejects(takeLock({ ...place, store }, ID, NAME), {
    code: "CONFIG",
    message: "Cannot hold locks: memory does not support it",
  });
});

Deno.test("takeLock() takes over from a holder that sends no heartbeats", async () => {
  const place = await createPlace();
  await overwrite(place, DEAD);
  const lock = await takeLock(place, ID, NAME);
  strictEqual(lock.token, 8);
  await lock.release();
});

Deno.test("takeLock() waits as long as the holder sends heartbeats", async () => {
  const place = await createPlace();
  await overwrite(place, DEAD);
  let looks = 0;
  const records: StateRecords = {
    ...place.records,
    async read(id, name) {
      // Each look finds another heartbeat, however late the look is.
      await overwrite(place, { ...DEAD, beat: DEAD.beat + ++looks });
      return await place.records.read(id, name);
    },
  };
  const store = { ...place.store, records: () => Promise.resolve(records) };
  const waiting = takeLock({ ...place, store }, ID, NAME, { timeoutMs: 3000 });
  await rejects(waiting, { code: "TIMEOUT", message: /: ci@dead holds it$/ });
});

Deno.test("a lock sends heartbeats until it is released", async () => {
  const place = await createPlace();
  const lock = await takeLock(place, ID, NAME, { ttlMs: 100 });
  await reach(async () => Number((await stored(place)).beat) >= 3);
  strictEqual(lock.signal.aborted, false);
  await lock.release();
  const { token, owner } = await stored(place);
  deepStrictEqual([token, owner], [1, ""]);
});

Deno.test("a lock is lost if somebody else takes it, or with the document", async () => {
  const thieves: ((place: Place) => Promise<unknown>)[] = [
    (place) => overwrite(place, DEAD),
    ({ store }) => store.remove!(ID),
  ];
  for (const steal of thieves) {
    const place = await createPlace();
    const lock = await takeLock(place, ID, NAME, { ttlMs: 100 });
    await steal(place);
    await reach(() => lock.signal.aborted);
    const { reason } = lock.signal;
    strictEqual(reason instanceof CicdStateError && reason.code, "CONFLICT");
    await rejects(lock.release(), {
      message: /^Lost lock "deploy" of document "a1": somebody else took it/,
    });
    await lock[Symbol.asyncDispose]();
  }
});

Deno.test("a lock that was stolen is not released for its thief", async () => {
  const place = await createPlace();
  const lock = await takeLock(place, ID, NAME);
  await overwrite(place, DEAD);
  await rejects(lock.release(), { code: "CONFLICT" });
  strictEqual((await stored(place)).owner, "dead");
});

Deno.test("a lock outlasts a store that is away for less than its time", async () => {
  let failures = 0;
  const place = await createPlace((records) => ({
    ...records,
    swap(...args) {
      if (args[3] === undefined || failures >= 3) return records.swap(...args);
      failures++;
      return Promise.reject(new CicdStateError("STORE", "no answer"));
    },
  }));
  const lock = await takeLock(place, ID, NAME, { ttlMs: 5000 });
  await reach(async () => Number((await stored(place)).beat) >= 1);
  strictEqual(failures, 3);
  await lock.release();
});

Deno.test("a lock is lost to a store that is away for longer", async () => {
  const answers: [() => Promise<boolean>, RegExp][] = [
    [
      () => Promise.reject(new CicdStateError("STORE", "connection refused")),
      /: connection refused$/,
    ],
    [() => new Promise(() => {}), /: no answer from the store$/],
  ];
  for (const [answer, message] of answers) {
    const place = await createPlace((records) => ({
      ...records,
      swap: (...args) =>
        args[3] === undefined ? records.swap(...args) : answer(),
    }));
    const lock = await takeLock(place, ID, NAME, { ttlMs: 100 });
    await reach(() => lock.signal.aborted);
    await rejects(lock.release(), { code: "CONFLICT", message });
  }
});

Deno.test("a lock goes on if only the answer to a heartbeat is lost", async () => {
  let lost = 0;
  const place = await createPlace((records) => ({
    ...records,
    async swap(...args) {
      const isSwapped = await records.swap(...args);
      if (args[3] === undefined || lost >= 2) return isSwapped;
      lost++;
      throw new CicdStateError("TIMEOUT", "no answer");
    },
  }));
  const lock = await takeLock(place, ID, NAME, { ttlMs: 2000 });
  await reach(async () => Number((await stored(place)).beat) >= 2);
  await lock.release();
  strictEqual((await stored(place)).owner, "");
});

Deno.test("a lock that cannot be released says when others can have it", async () => {
  const place = await createPlace((records) => ({
    ...records,
    swap: (...args) =>
      args[3] === undefined
        ? records.swap(...args)
        : Promise.reject(new CicdStateError("STORE", "no answer")),
  }));
  const lock = await takeLock(place, ID, NAME);
  await lock.release();
  deepStrictEqual(place.lines, [
    'warning: Cannot release lock "deploy": no answer; others can have it in 31s',
  ]);
});
