import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  readDatasource,
  sectionFor,
} from "../../tests/support/open_datasource.ts";
import { startRedis } from "../../tests/support/redis_server.ts";
import { testRecords } from "../../tests/support/records_contract.ts";
import { testStore } from "../../tests/support/store_contract.ts";
import { replaceDocument } from "../document/update.ts";
import { isMapping, type Mapping } from "../values.ts";
import type { PrimaryExtras } from "./declaration.ts";
import type { DatasourceKind } from "./kind.ts";
import { loadAllKinds } from "./registry.ts";
import { encryptionCodec } from "./shared/encryption.ts";

const folder = await Deno.makeTempDir({ prefix: "contract-" });
const server = await startRedis();
addEventListener("unload", () => {
  server.kill("SIGKILL");
  for (const path of [folder, server.folder]) {
    Deno.removeSync(path, { recursive: true });
  }
});

const codec = await encryptionCodec([new Uint8Array(32).toBase64()]);

function sectionOf(kind: DatasourceKind): Mapping {
  const path = `${folder}/new/${kind.name}`;
  return { isPrimary: true, ...sectionFor(kind, { port: server.port, path }) };
}

/** Overwrites a document as its kind stores it, where that is plain text. */
function overwriterOf(kind: DatasourceKind, { path, port }: Mapping) {
  if (typeof path === "string" && !kind.can("hold many documents")) {
    return (_id: string, text: string) => Deno.writeTextFile(path, text);
  }
  if (typeof port !== "number") return undefined;
  return async (id: string, text: string) => {
    await using client = server.connect();
    await client.sendCommand("SET", [id, text]);
  };
}

for (const kind of await loadAllKinds()) {
  if (!kind.can("be primary")) continue;
  const section = sectionOf(kind);
  const open = async (extras: PrimaryExtras = {}) =>
    await (await readDatasource(kind.name, section)).openStore!(extras);
  const overwrite = overwriterOf(kind, section);

  testStore({
    name: kind.name,
    open: () => open(),
    holdsOne: !kind.can("hold many documents"),
    ...overwrite !== undefined && { overwrite },
  });

  if (kind.can("hold locks")) {
    testRecords({
      name: kind.name,
      open: () => open(),
      holdsOne: !kind.can("hold many documents"),
      expires: kind.can("expire documents"),
    });
  }

  testStore({
    name: `${kind.name}, encrypted,`,
    open: () => open({ codec }),
    holdsOne: !kind.can("hold many documents"),
  });

  Deno.test(`${kind.name} can do what it declares`, async () => {
    const store = await open();
    try {
      strictEqual(kind.can("keep history"), store.history !== undefined);
      strictEqual(kind.can("list documents"), store.list !== undefined);
      strictEqual(kind.can("remove documents"), store.remove !== undefined);
      strictEqual(kind.can("hold locks"), store.records !== undefined);
      const document = { state: { cicdContextDataId: "ttl" } };
      await replaceDocument(store, "ttl", document, { ttlMs: 1 });
      await new Promise((resolve) => setTimeout(resolve, 20));
      const isThere = await store.revision("ttl") !== undefined;
      strictEqual(kind.can("expire documents"), !isThere);
    } finally {
      await store.close();
    }
  });

  Deno.test(`${kind.name} takes a fraction of a millisecond as ttlMs`, async () => {
    const store = await open();
    try {
      const document = { state: { cicdContextDataId: "fraction" } };
      await replaceDocument(store, "fraction", document, { ttlMs: 60_000.5 });
      deepStrictEqual((await store.read("fraction"))?.document, document);
    } finally {
      await store.close();
    }
  });

  Deno.test(`${kind.name} has the keys of what it can do`, () => {
    const { properties } = kind.section.json() as { properties: object };
    strictEqual("ttl" in properties, kind.can("expire documents"));
    strictEqual("history" in properties, kind.can("keep history"));
    ok("update-timeout-ms" in properties);
  });

  Deno.test(`${kind.name} keeps nothing of the past if it should not`, async () => {
    if (!kind.can("keep history")) return;
    const none = { ...section, history: { "max-entries": 0 } };
    const { openStore } = await readDatasource(kind.name, none);
    const store = await openStore!({});
    strictEqual(store.history, undefined);
    await store.close();
  });
}

for (const kind of await loadAllKinds()) {
  Deno.test(`${kind.name} mirrors a document, and reads it back if it declares so`, async () => {
    const section = { ...sectionOf(kind), isPrimary: false };
    const datasource = await readDatasource(kind.name, section);
    const mirror = await datasource.openMirror({});
    const document = { n: 1, state: { cicdContextDataId: "mirrored" } };
    await mirror.check?.();
    await mirror.write("mirrored", document);
    await mirror.write("mirrored", { ...document, n: 2 });
    strictEqual(mirror.read !== undefined, kind.can("be a readable mirror"));
    if (mirror.read !== undefined) {
      deepStrictEqual(await mirror.read("mirrored"), { ...document, n: 2 });
      strictEqual(await mirror.read("another"), undefined);
      await mirror.remove?.("another");
      ok(await mirror.read("mirrored"));
      await mirror.remove?.("mirrored");
      strictEqual(await mirror.read("mirrored"), undefined);
    } else if (datasource.openStore !== undefined) {
      const store = await datasource.openStore({});
      strictEqual((await store.read("mirrored"))?.document.n, 2);
      strictEqual((await store.history?.entries("mirrored", 9))?.length, 0);
      await store.close();
    }
  });

  Deno.test(`${kind.name} describes itself and each of its keys`, () => {
    ok(kind.description.endsWith("."));
    const { properties } = kind.section.json() as { properties: object };
    for (const [key, schema] of Object.entries(properties)) {
      ok(isMapping(schema) && "description" in schema, key);
    }
  });
}
