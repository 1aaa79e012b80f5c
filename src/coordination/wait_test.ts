import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { memoryStore } from "../datasources/memory/memory.ts";
import type { Document } from "../document/change.ts";
import type { StateStore } from "../document/store.ts";
import { createDocument, replaceDocument } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import type { Value } from "../values.ts";
import { waitForValue } from "./wait.ts";

const ID = "a1";

function documentOf(state: Document = {}): Document {
  return { state: { cicdContextDataId: ID, ...state } };
}

async function storeWith(state: Document = {}): Promise<StateStore> {
  const store = memoryStore();
  await createDocument(store, ID, documentOf(state));
  return store;
}

Deno.test("waitForValue() returns a value that is there", async () => {
  const values: Value[] = [null, "", 0, false, "x", [1], { a: 1 }];
  for (const value of values) {
    const store = await storeWith({ at: { list: [value] } });
    const options = { timeoutMs: 0 };
    const found = await waitForValue(store, ID, "state.at.list[0]", options);
    deepStrictEqual(found.value, value);
    deepStrictEqual(found.snapshot.revision, "1");
  }
});

Deno.test("waitForValue() waits until the value is the right one", async () => {
  const store = await storeWith({ n: 0 });
  const seen: Value[] = [];
  const found = waitForValue(store, ID, "state.n", {
    pollMs: 1,
    until(value) {
      seen.push(value);
      if (value === 3) return true;
      replaceDocument(store, ID, documentOf({ n: Number(value) + 1 }));
      return false;
    },
  });
  strictEqual((await found).value, 3);
  deepStrictEqual(seen, [0, 1, 2, 3]);
});

Deno.test("waitForValue() reads only what has changed", async () => {
  const store = await storeWith();
  let reads = 0;
  let looks = 0;
  const counting: StateStore = {
    ...store,
    read(id, options) {
      reads++;
      return store.read(id, options);
    },
    async revision(id, options) {
      if (++looks === 5) {
        await replaceDocument(store, ID, documentOf({ tag: "v1" }));
      }
      return await store.revision(id, options);
    },
  };
  const found = await waitForValue(counting, ID, "state.tag", { pollMs: 1 });
  strictEqual(found.value, "v1");
  strictEqual(reads, 2);
});

Deno.test("waitForValue() says what it saw when the time is up", async () => {
  const cases: [Document, string][] = [
    [{}, "nothing is there"],
    [{ tag: "pending" }, 'it is "pending"'],
    [{ tag: { a: [true] } }, 'it is {"a":[true]}'],
    [{ tag: "x".repeat(99) }, `it is "${"x".repeat(59)}…`],
  ];
  for (const [state, what] of cases) {
    for (const timeoutMs of [0, 5]) {
      await rejects(
        waitForValue(await storeWith(state), ID, "state.tag", {
          timeoutMs,
          until: () => false,
        }),
        {
          code: "TIMEOUT",
          message:
            `Waited ${timeoutMs}ms for "state.tag" in document "a1": ${what}`,
        },
      );
    }
  }
});

Deno.test("waitForValue() does not wait for a decision that never comes", async () => {
  const store = await storeWith({ tag: "v1" });
  await rejects(
    waitForValue(store, ID, "state.tag", {
      timeoutMs: 20,
      until: () => new Promise<boolean>(() => {}),
    }),
    { code: "TIMEOUT" },
  );
});

Deno.test("waitForValue() fails if there is no document, or it goes away", async () => {
  await rejects(waitForValue(memoryStore(), ID, "state.tag"), {
    code: "NOT_FOUND",
  });
  const store = await storeWith({ tag: "v1" });
  const found = waitForValue(store, ID, "state.tag", {
    pollMs: 1,
    until() {
      store.remove!(ID);
      return false;
    },
  });
  await rejects(found, { code: "NOT_FOUND" });
});

Deno.test("waitForValue() ends with its signal's reason", async () => {
  const controller = new AbortController();
  const found = waitForValue(await storeWith(), ID, "state.tag", {
    signal: controller.signal,
  });
  controller.abort("enough");
  await rejects(found, (reason) => reason === "enough");
});

Deno.test("waitForValue() outlasts a store that is away for a while", async () => {
  const store = await storeWith();
  let looks = 0;
  const outages: string[] = [];
  const away: StateStore = {
    ...store,
    async revision(id) {
      looks++;
      if (looks === 5) {
        await replaceDocument(store, ID, documentOf({ tag: "v1" }));
      }
      if (looks % 4 !== 0) {
        throw new CicdStateError("STORE", `no answer ${looks}`);
      }
      return await store.revision(id);
    },
  };
  const found = await waitForValue(away, ID, "state.tag", {
    pollMs: 1,
    onOutage: ({ message }) => outages.push(message),
  });
  strictEqual(found.value, "v1");
  deepStrictEqual(outages, ["no answer 1", "no answer 5"]);
});

Deno.test("waitForValue() reports a store that stays away", async () => {
  const store = await storeWith();
  const away: StateStore = {
    ...store,
    revision: () => Promise.reject(new CicdStateError("STORE", "no answer")),
  };
  await rejects(
    waitForValue(away, ID, "state.tag", { pollMs: 1, timeoutMs: 20 }),
    { code: "TIMEOUT", message: /in document "a1": no answer$/ },
  );
  const unreached: StateStore = {
    ...store,
    read: () => Promise.reject(new CicdStateError("STORE", "no answer")),
  };
  await rejects(waitForValue(unreached, ID, "state.tag"), { code: "STORE" });
});
