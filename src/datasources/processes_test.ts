import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { startRedis } from "../../tests/support/redis_server.ts";
import {
  killWriters,
  makeShared,
  openShared,
  type SharedStore,
  startWriter,
  storm,
} from "../../tests/support/writers.ts";
import { readDocument } from "../document/update.ts";
import { loadAllKinds } from "./registry.ts";

const KINDS = (await loadAllKinds()).filter((kind) => kind.can("be primary"))
  .map(({ name }) => name);

/** Lends a store of a kind. */
async function withStore(
  kind: string,
  run: (shared: SharedStore, path: string) => Promise<void>,
): Promise<void> {
  if (kind === "redis") {
    await using server = await startRedis();
    return await run({
      kind,
      section: { host: "127.0.0.1", port: server.port },
    }, server.folder);
  }
  const folder = await Deno.makeTempDir({ prefix: "processes-" });
  try {
    const path = `${folder}/state`;
    await run({ kind, section: { path } }, path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const kind of KINDS) {
  Deno.test(`updateDocument() loses nothing of processes that write at once to ${kind}`, () =>
    withStore(kind, async (shared) => {
      strictEqual((await storm(shared, 8, 10)).length, 80);
    }));

  Deno.test(`updateDocument() leaves ${kind} whole when writers are killed`, () =>
    withStore(kind, (shared) => killWriters(shared, 8, 4)));
}

for (const kind of ["sqlite", "jsonfile"] as const) {
  Deno.test(`updateDocument() goes on when a writer to ${kind} froze and was killed`, () =>
    withStore(kind, async (shared) => {
      await makeShared(shared);
      const frozen = startWriter(shared, "frozen", 1_000_000);
      // Its first line: it is in the midst of writing.
      const reader = frozen.stdout.getReader();
      await reader.read();
      frozen.kill("SIGSTOP");
      const other = startWriter(shared, "other", 3).output();
      await new Promise((resolve) => setTimeout(resolve, 150));
      frozen.kill("SIGKILL");
      await frozen.status;
      await reader.cancel();
      await frozen.stderr.cancel();
      const { success, stderr } = await other;
      ok(success, new TextDecoder().decode(stderr));
      const store = await openShared(shared);
      const { lists } = (await readDocument(store, "shared")).document;
      deepStrictEqual((lists as { other: number[] }).other, [0, 1, 2]);
      await store.close();
    }));

  Deno.test(`updateDocument() leaves ${kind} as it was when it cannot grow`, () =>
    withStore(kind, async (shared, path) => {
      await makeShared(shared);
      const folder = path.slice(0, path.lastIndexOf("/"));
      const before = (await Array.fromAsync(Deno.readDir(folder))).length;
      const script = `
        import { openStore } from "${
        import.meta.resolve("../../tests/support/open_datasource.ts")
      }";
        import { updateDocument } from "${
        import.meta.resolve("../document/update.ts")
      }";
        const store = await openStore("${kind}", { path: "${path}" });
        const value = "x".repeat(3_000_000);
        const change = [{ op: "set", path: ["state", "big"], value }];
        await updateDocument(store, "shared", change)
          .catch(({ code, message }) => console.log(code + " " + message));
        await store.close();
      `;
      // A limit of file sizes fails as a full disk does. Its signal is ignored.
      const { stdout, stderr } = await new Deno.Command("sh", {
        args: [
          "-c",
          `trap '' XFSZ; ulimit -f 2000; exec "$0" eval "$1"`,
          Deno.execPath(),
          script,
        ],
      }).output();
      const text = new TextDecoder().decode(stdout);
      ok(
        /^STORE Cannot .* (larger|full|I\/O)/.test(text),
        text + new TextDecoder().decode(stderr),
      );
      const store = await openShared(shared);
      const { document } = await readDocument(store, "shared");
      deepStrictEqual(document, {
        lists: {},
        state: { cicdContextDataId: "shared" },
      });
      await store.close();
      strictEqual((await Array.fromAsync(Deno.readDir(folder))).length, before);
    }));
}
