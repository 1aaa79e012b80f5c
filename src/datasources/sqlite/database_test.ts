import {
  deepStrictEqual,
  ok,
  rejects,
  strictEqual,
  throws,
} from "node:assert/strict";
import { Database } from "./database.ts";
import { isBusy } from "./error.ts";

const folder = await Deno.makeTempDir({ prefix: "database-" });
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Lends a database of its own to a test. */
async function withDatabase(
  run: (database: Database, path: string) => unknown,
): Promise<void> {
  const path = `${folder}/${crypto.randomUUID()}/state.db`;
  const database = await Database.open(path, { name: "sqlite x" });
  try {
    await run(database, path);
  } finally {
    database.close();
  }
}

function pragma(database: Database, name: string): unknown {
  return Object.values(database.get(`PRAGMA ${name}`) ?? {})[0];
}

Deno.test("Database.open() creates a private file that survives power failures", () =>
  withDatabase(async (database, path) => {
    strictEqual(pragma(database, "journal_mode"), "wal");
    // 2 is FULL.
    strictEqual(pragma(database, "synchronous"), 2);
    strictEqual(pragma(database, "user_version"), 1);
    database.run("DELETE FROM history");
    for (const suffix of ["", "-wal", "-shm"]) {
      strictEqual(
        (await Deno.stat(path + suffix)).mode! & 0o777,
        0o600,
        suffix,
      );
    }
  }));

Deno.test("Database.open() opens what another process has just created", () =>
  withDatabase(async (database, path) => {
    database.run("INSERT INTO history VALUES ('a', 1, 'x')");
    const second = await Database.open(path, { name: "sqlite x" });
    deepStrictEqual({ ...second.get("SELECT kept FROM history") }, {
      kept: "x",
    });
    second.close();
  }));

Deno.test("Database.open() creates a database only once", async () => {
  const path = `${folder}/once.db`;
  const opened = await Promise.allSettled(
    Array.from({ length: 8 }, () => Database.open(path, { name: "sqlite x" })),
  );
  for (const result of opened) {
    if (result.status === "fulfilled") result.value.close();
    else ok(isBusy(result.reason), String(result.reason));
  }
  ok(opened.some(({ status }) => status === "fulfilled"));
});

Deno.test("Database.open() refuses the format of a newer program", async () => {
  const path = `${folder}/newer.db`;
  await withDatabase(async (database, from) => {
    database.run("PRAGMA user_version = 7");
    database.close();
    await Deno.rename(from, path);
  }).catch(() => {});
  await rejects(Database.open(path, { name: "sqlite x" }), {
    code: "STORE",
    message: "Cannot use sqlite x: its format is 7, this program knows 1",
  });
});

Deno.test("Database compiles a statement once", async () => {
  // A process of its own, since the memory of others counts too.
  const script = `
    import { Database } from "${import.meta.resolve("./database.ts")}";
    const database = await Database.open("${folder}/many.db", { name: "sqlite x" });
    const before = Deno.memoryUsage().rss;
    database.transact(() => {
      for (let n = 0; n < 50_000; n++) {
        database.run("INSERT INTO history VALUES ('a', ?, 'x')", n);
      }
    });
    console.log((Deno.memoryUsage().rss - before) / 2 ** 20);
  `;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", script],
  }).output();
  const grownMiB = Number(new TextDecoder().decode(stdout));
  // Compiled each time, they take some 90 MiB until they are collected.
  ok(grownMiB > 0 && grownMiB < 60, `${grownMiB} MiB`);
});

Deno.test("Database.transact() takes back everything if it fails", () =>
  withDatabase((database) => {
    throws(() =>
      database.transact(() => {
        database.run("INSERT INTO history VALUES ('a', 1, 'x')");
        throw new Error("no");
      }), { message: "no" });
    deepStrictEqual(database.all("SELECT * FROM history"), []);
    // It can go on afterwards.
    strictEqual(database.transact(() => 5), 5);
  }));

Deno.test("Database.transact() fails at once while another one writes", () =>
  withDatabase(async (database, path) => {
    const other = await Database.open(path, { name: "sqlite x" });
    other.transact(() => {
      throws(() => database.transact(() => {}), isBusy);
    });
    database.transact(() => {});
    other.close();
  }));

Deno.test("Database.wasReplaced() notices another file in its place", () =>
  withDatabase(async (database, path) => {
    strictEqual(await database.wasReplaced(), false);
    await Deno.copyFile(path, `${path}.copy`);
    strictEqual(await database.wasReplaced(), false);
    await Deno.rename(`${path}.copy`, path);
    strictEqual(await database.wasReplaced(), true);
    await Deno.remove(path);
    strictEqual(await database.wasReplaced(), true);
  }));
