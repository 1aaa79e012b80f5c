import {
  deepStrictEqual,
  match,
  ok,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { memoryStore } from "../datasources/memory/memory.ts";
import type { Document } from "../document/change.ts";
import type { Mirror, StateStore } from "../document/store.ts";
import { readDocument, replaceDocument } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import type { Logger } from "../util/log.ts";
import { CicdStateMgr } from "./manager.ts";
import { checkMirrors, removeFromMirrors, writeMirrors } from "./mirrors.ts";

const ID = "a1";

/** A mirror that remembers what it was given. */
function recordingMirror(
  afterWrite: (writes: number) => Promise<unknown> = () => Promise.resolve(),
) {
  const written: Document[] = [];
  const mirror: Mirror = {
    name: "recording",
    async write(_id, document) {
      written.push(document);
      await afterWrite(written.length);
    },
  };
  return { mirror, written };
}

function failingMirror(message: string, hint?: string): Mirror {
  const error = new CicdStateError("PERMISSION", message, { hint });
  return {
    name: message,
    check: () => Promise.reject(error),
    write: () => Promise.reject(error),
  };
}

function recordingLog(): { log: Logger; warnings: string[] } {
  const warnings: string[] = [];
  const log: Logger = {
    info() {},
    error() {},
    warn: (message) => warnings.push(message),
  };
  return { log, warnings };
}

/** Writes mirrors of a store that holds one document. */
async function write(
  mirrors: readonly Mirror[],
  store: StateStore,
  { forMs = 60_000, log = recordingLog().log } = {},
): Promise<void> {
  const snapshot = await readDocument(store, ID);
  const giveUpAt = performance.now() + forMs;
  await writeMirrors(mirrors, store, { id: ID, snapshot, giveUpAt, log });
}

async function storeOf(document: Document): Promise<StateStore> {
  const store = memoryStore();
  await replaceDocument(store, ID, document);
  return store;
}

Deno.test("writeMirrors() writes once, and does not read the document again", async () => {
  const store = await storeOf({ n: 1 });
  const { mirror, written } = recordingMirror();
  let reads = 0;
  await write([mirror], {
    ...store,
    read(id) {
      reads++;
      return store.read(id);
    },
  });
  deepStrictEqual(written, [{ n: 1 }]);
  // The test itself reads once.
  strictEqual(reads, 1);
});

Deno.test("writeMirrors() writes what was changed meanwhile", async () => {
  const store = await storeOf({ n: 1 });
  const { mirror, written } = recordingMirror(async (writes) => {
    if (writes < 3) await replaceDocument(store, ID, { n: writes + 1 });
  });
  await write([mirror], store);
  deepStrictEqual(written, [{ n: 1 }, { n: 2 }, { n: 3 }]);
});

Deno.test("writeMirrors() leaves newer revisions to others after the deadline", async () => {
  const store = await storeOf({ n: 0 });
  // Others write all the time: it would never end.
  const { mirror, written } = recordingMirror(async (writes) => {
    await replaceDocument(store, ID, { n: writes });
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
  await write([mirror], store, { forMs: 100 });
  ok(written.length > 1 && written.length <= 25, `${written.length}`);
});

Deno.test("writeMirrors() writes once even if the deadline has passed", async () => {
  const store = await storeOf({ n: 1 });
  const { mirror, written } = recordingMirror(() =>
    replaceDocument(store, ID, { n: 2 })
  );
  await write([mirror], store, { forMs: -1 });
  deepStrictEqual(written, [{ n: 1 }]);
});

Deno.test("writeMirrors() ends if the document was removed meanwhile", async () => {
  const store = await storeOf({ n: 1 });
  const { mirror, written } = recordingMirror(() => store.remove!(ID));
  await write([mirror], store);
  deepStrictEqual(written, [{ n: 1 }]);
});

Deno.test("writeMirrors() does not fail if the store is gone after the write", async () => {
  const store = await storeOf({ n: 1 });
  const { mirror, written } = recordingMirror();
  const { log, warnings } = recordingLog();
  const gone: StateStore = {
    ...store,
    revision: () =>
      Promise.reject(new CicdStateError("STORE", "Cannot use redis: refused")),
  };
  await write([mirror], gone, { log });
  deepStrictEqual(written, [{ n: 1 }]);
  deepStrictEqual(warnings, [
    'Cannot use redis: refused; the mirrors of "a1" may be outdated',
  ]);
});

Deno.test("writeMirrors() does not hide a bug of a store", async () => {
  const store = await storeOf({ n: 1 });
  const broken: StateStore = {
    ...store,
    revision: () => Promise.reject(new TypeError("bug")),
  };
  await rejects(write([recordingMirror().mirror], broken), TypeError);
});

Deno.test("writeMirrors() asks the store nothing without mirrors", async () => {
  const store = await storeOf({ n: 1 });
  const untouched: StateStore = {
    ...store,
    revision: () => Promise.reject(new Error("must not be called")),
  };
  await write([], untouched);
});

Deno.test("writeMirrors() writes every mirror, and names those that failed", async () => {
  const store = await storeOf({ n: 1 });
  const { mirror, written } = recordingMirror();
  const mirrors = [
    failingMirror("Cannot write a", "Make room"),
    mirror,
    failingMirror("Cannot write b"),
  ];
  await rejects(write(mirrors, store), {
    code: "PERMISSION",
    message:
      'Document "a1" is in the store, but not in every mirror: Cannot write a; and Cannot write b',
    hint: "Make room",
  });
  deepStrictEqual(written, [{ n: 1 }]);
});

Deno.test("checkMirrors() fails before anything is stored", async () => {
  await checkMirrors([recordingMirror().mirror]);
  await rejects(checkMirrors([failingMirror("Cannot write a")]), {
    code: "PERMISSION",
    message: "Cannot write a",
  });
});

Deno.test("removeFromMirrors() goes on if one of them fails, and names it", async () => {
  const removed: string[] = [];
  const holding: Mirror = {
    name: "holding",
    write: () => Promise.resolve(),
    remove: (id) => Promise.resolve(void removed.push(id)),
  };
  const broken: Mirror = {
    ...failingMirror("Cannot write m", "Fix m"),
    remove: () =>
      Promise.reject(
        new CicdStateError("STORE", "Cannot use m", { hint: "Fix m" }),
      ),
  };
  const unaware: Mirror = { name: "unaware", write: () => Promise.resolve() };
  await rejects(removeFromMirrors([broken, unaware, holding], ID), {
    code: "STORE",
    message:
      'Document "a1" was removed from the store, but not from every mirror: Cannot use m',
    hint: "Fix m",
  });
  deepStrictEqual(removed, [ID]);
});

Deno.test("CicdStateMgr.init() stores nothing if a shell mirror cannot hold the app config", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const store = memoryStore();
    const warnings: string[] = [];
    const logger = {
      info() {},
      warn: (message: string) => void warnings.push(message),
      error() {},
    };
    await using manager = await CicdStateMgr.open({
      config: {
        cicdstatemgr: {
          datasources: { shellfile: { path: `${folder}/s.sh` } },
        },
      },
      store,
      logger,
    });
    const contexts = { stage: { "a-b": 1, a_b: 2 }, prod: { state__tag: "x" } };
    const appConfig = { "cicd-contexts": contexts };
    await rejects(manager.init("a1", { appConfig }), {
      code: "CONFIG",
      message:
        /: "a-b" and "a_b" of the app config are one variable, CICD_a_b$/,
    });
    strictEqual(await store.read("a1"), undefined);
    const prod = { appConfig: { "cicd-contexts": { prod: contexts.prod } } };
    await manager.init("a1", { ...prod, contextName: "prod" });
    await manager.set("a1", { "state.tag": "v1" });
    ok((await Deno.readTextFile(`${folder}/s.sh`)).includes(
      "CICD_state__tag='v1'\n",
    ));
    match(
      warnings.join("\n"),
      /^In shellfile .*"state\.tag" and not "state__tag"/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
