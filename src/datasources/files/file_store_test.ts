import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { racing } from "../../../tests/support/store_contract.ts";
import {
  makeShared,
  openShared,
  startWriter,
} from "../../../tests/support/writers.ts";
import type { Change, Document } from "../../document/change.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../document/update.ts";
import { DocumentFile, jsonFile } from "./document_file.ts";
import { fileStore } from "./file_store.ts";

const ID = "a1";

/** Runs a test in a folder of its own. */
async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "file-store-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function documentOf(more: Document = {}): Document {
  return { ...more, state: { cicdContextDataId: ID } };
}

function append(item: string): Change {
  return [{ op: "append", path: ["list"], items: [item] }];
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).toSorted();
}

Deno.test("fileStore() loses nothing of writers that use different paths", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/real`);
    await Deno.symlink("real", `${folder}/folder`);
    await Deno.symlink("real/state", `${folder}/file`);
    const paths = ["real/state", "real/../real/state", "folder/state", "file"];
    const shared = paths.map((path) => (
      { kind: "jsonfile", section: { path: `${folder}/${path}` } }
    ));
    await makeShared(shared[0]!);
    const ended = await Promise.all(
      shared.map((one, n) => startWriter(one, `w${n}`, 30).output()),
    );
    for (const { success, stderr } of ended) {
      ok(success, new TextDecoder().decode(stderr));
    }
    const store = await openShared(shared[3]!);
    const { lists } = (await readDocument(store, "shared")).document;
    const numbers = Array.from({ length: 30 }, (_, n) => n);
    deepStrictEqual(lists, {
      w0: numbers,
      w1: numbers,
      w2: numbers,
      w3: numbers,
    });
    ok((await Deno.lstat(`${folder}/file`)).isSymlink);
    deepStrictEqual(await namesIn(`${folder}/real`), ["state", "state.lock"]);
  }));

Deno.test("fileStore() loses nothing though lock files are removed", () =>
  inFolder(async (folder) => {
    const path = `${folder}/state`;
    const shared = { kind: "yamlfile", section: { path } };
    await makeShared(shared);
    const writers = ["w0", "w1", "w2", "w3"].map((name) =>
      startWriter(shared, name, 30).output()
    );
    let more = true;
    const cleaner = (async () => {
      while (more) {
        await new Promise((resolve) => setTimeout(resolve, 25));
        await Deno.remove(`${path}.lock`).catch(() => {});
      }
    })();
    for (const { success, stderr } of await Promise.all(writers)) {
      ok(success, new TextDecoder().decode(stderr));
    }
    more = false;
    await cleaner;
    const store = await openShared(shared);
    const { lists } = (await readDocument(store, "shared")).document;
    const numbers = Array.from({ length: 30 }, (_, n) => n);
    deepStrictEqual(lists, {
      w0: numbers,
      w1: numbers,
      w2: numbers,
      w3: numbers,
    });
  }));

Deno.test("fileStore() gives up a turn whose lock file was removed", () =>
  inFolder(async (folder) => {
    const path = `${folder}/state.json`;
    const store = fileStore(jsonFile({ path }));
    await replaceDocument(store, ID, documentOf());
    const before = await readDocument(store, ID);
    const options = { lostRaces: 0, signal: new AbortController().signal };
    const turn = (await store.takeTurn!(ID, options))!;
    strictEqual(await store.takeTurn!(ID, { ...options, turn }), turn);
    await Deno.remove(`${path}.lock`);
    strictEqual(
      await store.swap(ID, documentOf({ n: 1 }), before, { turn }),
      undefined,
    );
    deepStrictEqual(await readDocument(store, ID), before);
    const next = (await store.takeTurn!(ID, { ...options, turn }))!;
    ok(next !== turn);
    ok(await store.swap(ID, documentOf({ n: 1 }), before, { turn: next }));
    await next.release();
    deepStrictEqual(await namesIn(folder), ["state.json", "state.json.lock"]);
  }));

Deno.test("fileStore() locks for a swap without a turn", () =>
  inFolder(async (folder) => {
    const store = fileStore(jsonFile({ path: `${folder}/state.json` }));
    const other = fileStore(jsonFile({ path: `${folder}/state.json` }));
    const { signal } = new AbortController();
    const turn = await other.takeTurn!(ID, { lostRaces: 0, signal });
    const late = AbortSignal.timeout(50);
    await rejects(
      store.swap(ID, documentOf(), undefined, { signal: late }),
      { name: "TimeoutError" },
    );
    await turn!.release();
    ok(await store.swap(ID, documentOf(), undefined));
  }));

Deno.test("fileStore() notices an editor that saves between read and swap", () =>
  inFolder(async (folder) => {
    const path = `${folder}/state.json`;
    const store = fileStore(jsonFile({ path }));
    await replaceDocument(store, ID, documentOf());
    const raced = racing(store, async (reads) => {
      if (reads > 1) return;
      const edited = JSON.stringify(documentOf({ edited: true }));
      await Deno.writeTextFile(path, edited);
    });
    await updateDocument(raced, ID, append("x"));
    deepStrictEqual(
      (await readDocument(store, ID)).document,
      documentOf({ edited: true, list: ["x"] }),
    );
  }));

Deno.test("fileStore() does not parse the file to tell the revision that it wrote or read", () =>
  inFolder(async (folder) => {
    let parsed = 0;
    const file = new DocumentFile({ path: `${folder}/state.json` }, {
      kind: "jsonfile",
      parse(text) {
        parsed++;
        return JSON.parse(text);
      },
      stringify: (document) => JSON.stringify(document),
    });
    const store = fileStore(file);
    const { revision } = await replaceDocument(store, ID, documentOf());
    strictEqual(await store.revision(ID), revision);
    strictEqual(parsed, 0);
    await Deno.writeTextFile(file.path, JSON.stringify(documentOf({ n: 1 })));
    const second = await store.revision(ID);
    ok(second !== revision);
    strictEqual(await store.revision(ID), second);
    strictEqual(parsed, 1);
  }));

Deno.test("fileStore() returns no revision of another document", () =>
  inFolder(async (folder) => {
    const store = fileStore(jsonFile({ path: `${folder}/state.json` }));
    // What is stored need not carry its id, but then nobody can read it.
    await store.swap(ID, { state: {} }, undefined);
    await rejects(store.revision(ID), {
      code: "NOT_FOUND",
      message: /it holds one without an id$/,
    });
    deepStrictEqual((await store.list!()).documents, []);
  }));

Deno.test("fileStore() lists the size, the time and the context", () =>
  inFolder(async (folder) => {
    const path = `${folder}/state.json`;
    const store = fileStore(jsonFile({ path }));
    deepStrictEqual((await store.list!()).documents, []);
    const state = { cicdContextDataId: ID, cicdContextName: "⚓" };
    await replaceDocument(store, ID, { state });
    const [listed] = (await store.list!()).documents;
    strictEqual(listed?.id, ID);
    strictEqual(listed?.context, "⚓");
    strictEqual(listed?.size, (await Deno.stat(path)).size);
    ok(Math.abs(listed!.updatedAt! - Date.now()) < 60_000);
  }));

Deno.test("fileStore() reports a lock that it may not take", async () => {
  const store = fileStore(jsonFile({ path: "/sys/state.json" }));
  const { signal } = new AbortController();
  await rejects(store.takeTurn!(ID, { lostRaces: 0, signal }), {
    message: /^Cannot lock jsonfile \/sys\/state\.json: /,
  });
});
