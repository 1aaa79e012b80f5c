import {
  deepStrictEqual,
  notStrictEqual,
  ok,
  rejects,
  strictEqual,
} from "node:assert/strict";
import type { StateStore } from "../../src/document/store.ts";
import type { Change, Document } from "../../src/document/change.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../src/document/update.ts";
import { Float, setKey } from "../../src/values.ts";

/** What a suite needs to know of a kind of store. */
export interface StoreContract {
  /** Names it in the tests' names. */
  readonly name: string;
  /** Makes a store on what the suite shares; called more than once. */
  readonly open: () => StateStore | Promise<StateStore>;
  /** Whether one store holds one document only. */
  readonly holdsOne?: boolean;
  /** Overwrites a document as a program does that knows nothing of revisions. */
  readonly overwrite?: (id: string, text: string) => Promise<void>;
}

const ID = "contract";

function documentOf(more: Document = {}, id = ID): Document {
  return { ...more, state: { cicdContextDataId: id } };
}

/** Every kind of value, and keys that have a meaning in JavaScript. */
function oddDocument(): Document {
  const document = documentOf({
    whole: new Float(1),
    minusZero: new Float(-0),
    small: 1e-7,
    big: 9007199254740993n,
    negative: -12,
    texts: [
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

function listOf({ state }: Document): unknown {
  return (state as Document).list;
}

/** Tests what every store promises. */
export function testStore(contract: StoreContract): void {
  const { name, open, holdsOne = false } = contract;
  function test(what: string, run: (store: StateStore) => Promise<void>) {
    Deno.test(`${name} ${what}`, async () => {
      const store = await open();
      try {
        await replaceDocument(store, ID, documentOf());
        await run(store);
      } finally {
        await store.close();
      }
    });
  }

  test("keeps every kind of value and key", async (store) => {
    const document = oddDocument();
    await replaceDocument(store, ID, document);
    const read = (await readDocument(store, ID)).document;
    deepStrictEqual(read, document);
    deepStrictEqual(Object.keys(read), Object.keys(document));
    strictEqual(Object.getPrototypeOf(read), Object.prototype);
    strictEqual(({} as { polluted?: unknown }).polluted, undefined);
  });

  test("keeps a large document", async (store) => {
    const texts = Array.from(
      { length: 3000 },
      (_, index) => `⚓ ${index} `.repeat(40),
    );
    await replaceDocument(store, ID, documentOf({ texts }));
    deepStrictEqual((await readDocument(store, ID)).document.texts, texts);
  });

  test("swaps only what was read", async (store) => {
    const before = await readDocument(store, ID);
    const second = await store.swap(ID, documentOf({ n: 2 }), before);
    ok(second !== undefined);
    strictEqual(
      await store.swap(ID, documentOf({ n: 3 }), before),
      undefined,
    );
    strictEqual(
      await store.swap(ID, documentOf({ n: 3 }), undefined),
      undefined,
    );
    const read = await readDocument(store, ID);
    strictEqual(read.revision, second);
    strictEqual(read.document.n, 2);
  });

  test("never names two states alike", async (store) => {
    const seen = new Set<string>();
    for (const n of [1, 2, 1, 2]) {
      seen.add((await replaceDocument(store, ID, documentOf({ n }))).revision);
    }
    // A file has no count: what returns to a former text is that state again.
    strictEqual(seen.size, holdsOne ? 2 : 4);
  });

  test("loses none of 50 updates at once", async (store) => {
    const others = await Promise.all([open(), open(), open()]);
    const stores = [store, ...others];
    const items = Array.from({ length: 50 }, (_, index) => `i${index}`);
    await Promise.all(
      items.map((item, index) =>
        updateDocument(stores[index % stores.length]!, ID, append(item))
      ),
    );
    const list = listOf((await readDocument(store, ID)).document) as string[];
    deepStrictEqual(list.toSorted(), items.toSorted());
    for (const other of others) await other.close();
  });

  test("makes a change anew on what another wrote", async (store) => {
    const other = await open();
    let reads = 0;
    const racing: StateStore = {
      name: store.name,
      async read(id) {
        const snapshot = await store.read(id);
        if (reads++ < 2) await updateDocument(other, ID, append("theirs"));
        return snapshot;
      },
      revision: (id) => store.revision(id),
      swap: (...args) => store.swap(...args),
      close: () => Promise.resolve(),
    };
    await updateDocument(racing, ID, append("ours"));
    strictEqual(reads, 3);
    deepStrictEqual(listOf((await readDocument(store, ID)).document), [
      "theirs",
      "theirs",
      "ours",
    ]);
    await other.close();
  });

  test("tells a missing document", async (store) => {
    await store.remove!(ID);
    strictEqual(await store.read(ID), undefined);
    await rejects(updateDocument(store, ID, append("x")), {
      code: "NOT_FOUND",
      message: `No document "${ID}" in ${store.name}`,
      hint: `Check the id, or create it with --init-new ${ID}`,
    });
    strictEqual(await store.remove!(ID), false);
  });

  test("creates a document once", async (store) => {
    await store.remove!(ID);
    const made = await Promise.all(
      [1, 2, 3].map((n) => store.swap(ID, documentOf({ n }), undefined)),
    );
    strictEqual(made.filter((revision) => revision !== undefined).length, 1);
  });

  test("refuses a change of another revision than wanted", async (store) => {
    const { revision } = await readDocument(store, ID);
    const options = { ifRevision: revision };
    await updateDocument(store, ID, append("a"), options);
    await rejects(updateDocument(store, ID, append("b"), options), {
      code: "CONFLICT",
    });
    deepStrictEqual(listOf((await readDocument(store, ID)).document), ["a"]);
  });

  test("leaves all as it was if a change fails", async (store) => {
    const before = await readDocument(store, ID);
    const change: Change = [
      ...append("x"),
      { op: "set", path: ["state", "list", "y"], value: 1 },
    ];
    await rejects(updateDocument(store, ID, change), { code: "PATH" });
    deepStrictEqual(await readDocument(store, ID), before);
  });

  test("lists its documents", async (store) => {
    const page = await store.list!({ prefix: "contr" });
    deepStrictEqual(page.documents.map(({ id }) => id), [ID]);
    strictEqual(
      page.documents[0]?.revision,
      (await readDocument(store, ID)).revision,
    );
    deepStrictEqual((await store.list!({ prefix: "other" })).documents, []);
  });

  if (!holdsOne) {
    test("keeps documents apart", async (store) => {
      for (const id of ["a{b}c", "{b}", "b", "a*", "ä ö", "x:y"]) {
        await replaceDocument(store, id, documentOf({ id }, id));
      }
      for (const id of ["a{b}c", "{b}", "b", "a*", "ä ö", "x:y"]) {
        strictEqual((await readDocument(store, id)).document.id, id);
        await updateDocument(store, id, append(id));
        ok(await store.remove!(id));
      }
    });
  }
  if (contract.overwrite !== undefined) {
    testForeignWriter(contract as Required<StoreContract>, test);
  }
}

function testForeignWriter(
  { overwrite, open }: Required<StoreContract>,
  test: (what: string, run: (store: StateStore) => Promise<void>) => void,
): void {
  const foreign = `state:\n  cicdContextDataId: ${ID}\n  foreign: yes\n`;

  test("reads what another program wrote", async (store) => {
    const before = await readDocument(store, ID);
    await overwrite(ID, foreign);
    const after = await readDocument(store, ID);
    notStrictEqual(after.revision, before.revision);
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

  test("says where a damaged document is, and writes it anew", async (store) => {
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
