import {
  deepStrictEqual,
  notStrictEqual,
  ok,
  rejects,
  strictEqual,
} from "node:assert/strict";
import type { Change, Document } from "../../src/document/change.ts";
import type { ListedDocument, StateStore } from "../../src/document/store.ts";
import {
  createDocument,
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../src/document/update.ts";
import { Float, setKey } from "../../src/values.ts";

/** What the suite needs to know of a store. */
export interface StoreContract {
  /** Its name in the names of the tests. */
  readonly name: string;
  /** Opens it. All stores that it returns share their documents. */
  readonly open: () => StateStore | Promise<StateStore>;
  /** Whether it holds one document only. */
  readonly holdsOne?: boolean;
  /** Overwrites a document as a program does that knows no revisions. */
  readonly overwrite?: (id: string, text: string) => Promise<void>;
}

const ID = "contract";

function documentOf(more: Document = {}, id = ID): Document {
  return { ...more, state: { cicdContextDataId: id } };
}

/** Every kind of value, and keys that mean something in JavaScript. */
function oddDocument(): Document {
  const document = documentOf({
    whole: new Float(1),
    minusZero: new Float(-0),
    small: 1e-7,
    big: 9007199254740993n,
    negative: -12,
    strings: [
      "",
      "a\nb\n",
      "yes",
      "007",
      "1.0",
      "ünï ⚓ 🚢",
      "a\u0000b",
      "\u0085\u2028",
      "~",
      "{{x}}",
    ],
    none: null,
    flags: [true, false],
    empty: { list: [], mapping: {} },
    deep: { a: { b: { c: [{ d: [[1]] }] } } },
    constructor: "c",
    "key with: colon and 'quotes' \"": 1,
    hasOwnProperty: { toString: 1 },
  });
  setKey(document, "__proto__", { polluted: true });
  return document;
}

function append(item: string): Change {
  return [{ op: "append", path: ["state", "list"], items: [item] }];
}

async function listIn(store: StateStore): Promise<unknown> {
  const { state } = (await readDocument(store, ID)).document;
  return (state as Document).list;
}

/** Reads every page of a list. */
export async function listAll(
  store: StateStore,
  prefix: string,
): Promise<ListedDocument[]> {
  const found: ListedDocument[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list!({ prefix, cursor });
    found.push(...page.documents);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

/** A store before which something happens after each read. */
export function racing(
  store: StateStore,
  afterRead: (reads: number) => Promise<unknown>,
): StateStore {
  let reads = 0;
  return {
    name: store.name,
    async read(id) {
      const snapshot = await store.read(id);
      await afterRead(++reads);
      return snapshot;
    },
    revision: (id) => store.revision(id),
    swap: (...args) => store.swap(...args),
    close: () => Promise.resolve(),
  };
}

type Test = (
  what: string,
  run: (store: StateStore) => Promise<void>,
) => void;

/** Tests what every store promises. */
export function testStore(contract: StoreContract): void {
  const { name, open, holdsOne = false, overwrite } = contract;
  const test: Test = (what, run) => {
    Deno.test(`${name} ${what}`, async () => {
      const store = await open();
      try {
        await replaceDocument(store, ID, documentOf());
        await run(store);
      } finally {
        await store.close();
      }
    });
  };
  testValues(test);
  testRevisions(test, holdsOne);
  testSwaps(test);
  testRaces(test, open);
  testIds(test, holdsOne);
  if (overwrite !== undefined) testForeignWriter(test, { open, overwrite });
}

function testValues(test: Test): void {
  test("keeps every kind of value and key", async (store) => {
    const document = oddDocument();
    await replaceDocument(store, ID, document);
    const read = (await readDocument(store, ID)).document;
    deepStrictEqual(read, document);
    deepStrictEqual(Object.keys(read), Object.keys(document));
    strictEqual(Object.getPrototypeOf(read), Object.prototype);
    strictEqual(Object.hasOwn(Object.prototype, "polluted"), false);
  });

  test("keeps a large document", async (store) => {
    const strings = Array.from(
      { length: 3000 },
      (_, index) => `⚓ ${index} `.repeat(40),
    );
    await replaceDocument(store, ID, documentOf({ strings }));
    deepStrictEqual((await readDocument(store, ID)).document.strings, strings);
  });
}

function testRevisions(test: Test, holdsOne: boolean): void {
  test("identifies each state by its revision", async (store) => {
    const seen: string[] = [];
    for (const n of [1, 2, 1, 2]) {
      const { revision } = await replaceDocument(store, ID, documentOf({ n }));
      seen.push(revision);
    }
    for (const odd of [seen[0], seen[2]]) {
      ok(odd !== seen[1] && odd !== seen[3]);
    }
    // A file does not count: the same content is the same state again.
    if (!holdsOne) strictEqual(new Set(seen).size, 4);
  });

  test("tells the revision that it reads and returns", async (store) => {
    const before = await readDocument(store, ID);
    strictEqual(await store.revision(ID), before.revision);
    const swapped = await store.swap(ID, documentOf({ n: 2 }), before);
    notStrictEqual(swapped, before.revision);
    strictEqual(await store.revision(ID), swapped);
    strictEqual((await readDocument(store, ID)).revision, swapped);
    await store.remove?.(ID);
    strictEqual(await store.revision(ID), undefined);
  });
}

function testSwaps(test: Test): void {
  test("swaps only what was read", async (store) => {
    const before = await readDocument(store, ID);
    const second = await store.swap(ID, documentOf({ n: 2 }), before);
    ok(second !== undefined);
    strictEqual(await store.swap(ID, documentOf({ n: 3 }), before), undefined);
    strictEqual(
      await store.swap(ID, documentOf({ n: 3 }), undefined),
      undefined,
    );
    const read = await readDocument(store, ID);
    strictEqual(read.revision, second);
    strictEqual(read.document.n, 2);
  });

  test("swaps a snapshot that is not its own object", async (store) => {
    const { document, revision } = await readDocument(store, ID);
    const copy = { document, revision };
    ok(await store.swap(ID, documentOf({ n: 2 }), copy) !== undefined);
    strictEqual(await store.swap(ID, documentOf({ n: 3 }), copy), undefined);
    strictEqual((await readDocument(store, ID)).document.n, 2);
  });

  test("creates a document once", async (store) => {
    await store.remove?.(ID);
    const made = await Promise.all(
      [1, 2, 3].map((n) => store.swap(ID, documentOf({ n }), undefined)),
    );
    strictEqual(made.filter((revision) => revision !== undefined).length, 1);
    const { document } = await createDocument(store, ID, documentOf({ n: 4 }));
    strictEqual(document.n, made.findIndex((each) => each !== undefined) + 1);
  });

  test("does not swap a document that was removed", async (store) => {
    const before = await readDocument(store, ID);
    await store.remove?.(ID);
    strictEqual(await store.swap(ID, documentOf({ n: 2 }), before), undefined);
    strictEqual(await store.read(ID), undefined);
  });

  test("changes a document only at the wanted revision", async (store) => {
    const { revision } = await readDocument(store, ID);
    const options = { ifRevision: revision };
    await updateDocument(store, ID, append("a"), options);
    await rejects(updateDocument(store, ID, append("b"), options), {
      code: "CONFLICT",
    });
    deepStrictEqual(await listIn(store), ["a"]);
  });

  test("leaves everything as it was if a change fails", async (store) => {
    const before = await readDocument(store, ID);
    const change: Change = [
      ...append("x"),
      { op: "set", path: ["state", "list", "y"], value: 1 },
    ];
    await rejects(updateDocument(store, ID, change), { code: "PATH" });
    deepStrictEqual(await readDocument(store, ID), before);
  });
}

function testRaces(test: Test, open: StoreContract["open"]): void {
  test("loses none of 50 updates at once", async (store) => {
    const others = await Promise.all([open(), open(), open()]);
    const stores = [store, ...others];
    const items = Array.from({ length: 50 }, (_, index) => `i${index}`);
    await Promise.all(
      items.map((item, index) =>
        updateDocument(stores[index % stores.length]!, ID, append(item))
      ),
    );
    const list = await listIn(store) as string[];
    deepStrictEqual(list.toSorted(), items.toSorted());
    for (const other of others) await other.close();
  });

  test("makes a change again on what another writer wrote", async (store) => {
    const other = await open();
    let last = 0;
    const raced = racing(store, async (reads) => {
      last = reads;
      if (reads <= 2) await updateDocument(other, ID, append("theirs"));
    });
    await updateDocument(raced, ID, append("ours"));
    strictEqual(last, 3);
    deepStrictEqual(await listIn(store), ["theirs", "theirs", "ours"]);
    await other.close();
  });
}

function testIds(test: Test, holdsOne: boolean): void {
  test("reports a missing document", async (store) => {
    strictEqual(await store.remove?.(ID), true);
    strictEqual(await store.read(ID), undefined);
    strictEqual(await store.revision(ID), undefined);
    await rejects(updateDocument(store, ID, append("x")), {
      code: "NOT_FOUND",
      message: `No document "${ID}" in ${store.name}`,
      hint: `Check the id, or create it with cicdstatemgr init ${ID}`,
    });
    strictEqual(await store.remove?.(ID), false);
  });

  test("lists its documents", async (store) => {
    if (store.list === undefined) return;
    const found = await listAll(store, "contr");
    deepStrictEqual(found.map(({ id }) => id), [ID]);
    strictEqual(found[0]?.revision, await store.revision(ID));
    deepStrictEqual(await listAll(store, "other"), []);
  });

  if (holdsOne) {
    test("refuses another id than the one that it holds", async (store) => {
      for (const use of [store.read, store.revision, store.remove!]) {
        await rejects(use("other"), {
          code: "NOT_FOUND",
          message: `No document "other" in ${store.name}: it holds "${ID}"`,
        });
      }
      ok(await store.read(ID));
    });
    return;
  }
  test("keeps documents apart", async (store) => {
    const odd = ["a{b}c", "{b}", "b", "a*", "ä ö", "x:y", "x}y", "}{", "{}{z}"];
    for (const id of odd) {
      await replaceDocument(store, id, documentOf({ id }, id));
    }
    for (const id of odd) {
      strictEqual((await readDocument(store, id)).document.id, id);
      await updateDocument(store, id, append(id));
      ok(await store.remove?.(id));
    }
  });
}

function testForeignWriter(
  test: Test,
  { overwrite, open }: Required<Pick<StoreContract, "open" | "overwrite">>,
): void {
  const foreign =
    `{"state":\n  {"cicdContextDataId": "${ID}", "foreign": true}}\n`;

  test("reads what another program wrote", async (store) => {
    const before = await readDocument(store, ID);
    await overwrite(ID, foreign);
    const after = await readDocument(store, ID);
    notStrictEqual(after.revision, before.revision);
    strictEqual(await store.revision(ID), after.revision);
    deepStrictEqual(after.document, {
      state: { cicdContextDataId: ID, foreign: true },
    });
  });

  test("never overwrites what another program wrote meanwhile", async (store) => {
    const before = await readDocument(store, ID);
    await overwrite(ID, foreign);
    strictEqual(await store.swap(ID, documentOf(), before), undefined);
    const other = await open();
    await updateDocument(other, ID, append("x"));
    deepStrictEqual((await readDocument(store, ID)).document, {
      state: { cicdContextDataId: ID, foreign: true, list: ["x"] },
    });
    await other.close();
  });

  test("says where a damaged document is, and replaces it", async (store) => {
    await overwrite(ID, '{"state": {"a": ');
    await rejects(store.read(ID), (error: Error & { code: string }) => {
      strictEqual(error.code, "STORE");
      ok(error.message.includes(store.name), error.message);
      return true;
    });
    await replaceDocument(store, ID, documentOf({ n: 1 }));
    strictEqual((await readDocument(store, ID)).document.n, 1);
  });
}
