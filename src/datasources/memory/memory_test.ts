import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { testRecords } from "../../../tests/support/records_contract.ts";
import { testStore } from "../../../tests/support/store_contract.ts";
import { memoryStore } from "./memory.ts";

const shared = memoryStore();
testStore({ name: "memoryStore()", open: () => shared });
testRecords({ name: "memoryStore()", open: () => shared });

Deno.test("memoryStore() is not changed by changes of what was stored", async () => {
  await using store = memoryStore();
  const document = { list: ["a"] };
  await store.swap("a1", document, undefined);
  document.list.push("b");
  deepStrictEqual((await store.read("a1"))?.document, { list: ["a"] });
});

Deno.test("memoryStore() never uses a revision again", async () => {
  await using store = memoryStore();
  const first = await store.swap("a1", {}, undefined);
  await store.remove!("a1");
  const second = await store.swap("a1", {}, undefined);
  ok(first !== undefined && second !== undefined && first !== second);
});

Deno.test("memoryStore() lists contexts and times", async () => {
  await using store = memoryStore();
  const state = { cicdContextName: "stage" };
  await store.swap("a1", { state }, undefined);
  await store.swap("b1", {}, undefined);
  const { documents, cursor } = await store.list!({ prefix: "a" });
  strictEqual(cursor, undefined);
  strictEqual(documents.length, 1);
  strictEqual(documents[0]?.context, "stage");
  ok(Math.abs(documents[0]!.updatedAt! - Date.now()) < 60_000);
});

Deno.test("memoryStore() keeps no history and no turns", async () => {
  await using store = memoryStore();
  strictEqual(store.history, undefined);
  strictEqual(store.takeTurn, undefined);
});
