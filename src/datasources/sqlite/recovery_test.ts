import {
  deepStrictEqual,
  match,
  ok,
  rejects,
  strictEqual,
} from "node:assert/strict";
import {
  canMount,
  inFolder,
  namesIn,
  sealFolder,
} from "../../../tests/support/odd_files.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../document/update.ts";
import { sqliteStore } from "./store.ts";

/** Writes a database with two documents, and closes it. */
async function writeDatabase(path: string): Promise<void> {
  const store = sqliteStore({ path });
  await replaceDocument(store, "a1", { text: "x".repeat(50_000) });
  await replaceDocument(store, "a2", { n: 1 });
  await store.close();
}

/** Ways to damage a database. */
const DAMAGES: [what: string, damage: (path: string) => Promise<void>][] = [
  [
    "another file",
    (path) => Deno.writeTextFile(path, '{"state": {}}'.repeat(50)),
  ],
  ["a file that was cut off", (path) => Deno.truncate(path, 5000)],
  ["a file with a damaged page", async (path) => {
    using file = await Deno.open(path, { write: true });
    await file.seek(4096, Deno.SeekMode.Start);
    for (let n = 0; n < 4; n++) {
      await file.write(new Uint8Array(4096).fill(0xaa));
    }
  }],
];

for (const [what, damage] of DAMAGES) {
  Deno.test(`sqliteStore() keeps ${what} beside a new database when a document is replaced`, () =>
    inFolder(async (folder) => {
      const path = `${folder}/state.db`;
      await writeDatabase(path);
      await damage(path);
      const bytes = await Deno.readFile(path);
      const warnings: string[] = [];
      await using store = sqliteStore({ path }, {
        warn: (message) => void warnings.push(message),
      });
      await rejects(store.read("a1"), {
        code: "STORE",
        message: /the file is damaged or not an SQLite database$/,
        hint: /init ID --replace, which keeps the file/,
      });
      const change = [{ op: "set", path: ["n"], value: 2 }] as const;
      await rejects(updateDocument(store, "a1", change), { code: "STORE" });
      await replaceDocument(store, "a1", { n: 3 });
      deepStrictEqual((await readDocument(store, "a1")).document, { n: 3 });
      const aside = (await namesIn(folder)).find((name) =>
        /damaged-[\dTZ-]+$/.test(name)
      );
      deepStrictEqual(await Deno.readFile(`${folder}/${aside}`), bytes);
      strictEqual(warnings.length, 1);
      match(
        warnings[0]!,
        /was damaged; its documents are lost from it\. It is kept as .*state\.db\.damaged-/,
      );
    }));
}

Deno.test("sqliteStore() starts one new database when many replace documents of a damaged one", () =>
  inFolder(async (folder) => {
    const path = `${folder}/state.db`;
    await Deno.writeTextFile(path, "no database".repeat(1000));
    const stores = Array.from({ length: 6 }, () => sqliteStore({ path }));
    await Promise.all(
      stores.map((store, n) => replaceDocument(store, `a${n}`, { n })),
    );
    for (const [n, store] of stores.entries()) {
      deepStrictEqual((await readDocument(store, `a${n}`)).document, { n });
      await store.close();
    }
    const aside = (await namesIn(folder)).filter((name) =>
      name.includes("damaged")
    );
    strictEqual(aside.length, 1);
  }));

const canSeal = await canMount();

/** Makes a file and its folder such that not even root can write them. */
async function seal(folder: string, path: string): Promise<AsyncDisposable> {
  const file = await sealFolder(path);
  const whole = await sealFolder(folder);
  return {
    async [Symbol.asyncDispose]() {
      await whole[Symbol.asyncDispose]();
      await file[Symbol.asyncDispose]();
    },
  };
}

Deno.test({
  name: "sqliteStore() reads a database that cannot be written",
  ignore: !canSeal,
  fn: () =>
    inFolder(async (folder) => {
      const path = `${folder}/state #1?.db`;
      await writeDatabase(path);
      await using store = sqliteStore({ path });
      {
        await using _sealed = await seal(folder, path);
        deepStrictEqual((await readDocument(store, "a2")).document, { n: 1 });
        strictEqual((await store.list!()).documents.length, 2);
        ok(await store.history!.documentAt("a1", 1));
        await rejects(replaceDocument(store, "a2", { n: 2 }), {
          code: "PERMISSION",
        });
        await rejects(store.remove!("a2"), {
          code: "PERMISSION",
          message: /the file or its folder cannot be written$/,
        });
        await rejects(sqliteStore({ path: `${folder}/none.db` }).read("a1"), {
          code: "PERMISSION",
        });
      }
      // A long-lived store sees what another one writes, and can write itself.
      await using other = sqliteStore({ path });
      await replaceDocument(other, "a2", { n: 2 });
      deepStrictEqual((await readDocument(store, "a2")).document, { n: 2 });
      await replaceDocument(store, "a2", { n: 3 });
      deepStrictEqual((await readDocument(other, "a2")).document, { n: 3 });
    }),
});

Deno.test({
  name:
    "sqliteStore() gives its files a mode, and warns once if others could read them",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const path = `${folder}/state.db`;
      await writeDatabase(path);
      await Deno.chmod(path, 0o644);
      const warnings: string[] = [];
      const warn = (message: string) => void warnings.push(message);
      for (let n = 0; n < 2; n++) {
        await using store = sqliteStore({ path }, { warn });
        await replaceDocument(store, "a2", { n });
        for (const suffix of ["", "-wal", "-shm"]) {
          strictEqual((await Deno.stat(path + suffix)).mode! & 0o777, 0o600);
        }
      }
      deepStrictEqual(warnings, [
        `Other users could read sqlite ${path}, and no longer can. ` +
        "Set its mode in the config if they should",
      ]);
      await using shared = sqliteStore({ path, mode: 0o660 }, { warn });
      await replaceDocument(shared, "a2", {});
      for (const suffix of ["", "-wal", "-shm", ".lock"]) {
        strictEqual((await Deno.stat(path + suffix)).mode! & 0o777, 0o660);
      }
      strictEqual(warnings.length, 1);
    }),
});
