import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { lockFile, replaceFile } from "./files.ts";

const OPTIONS = { what: "jsonfile state.json", durable: true };

/** Runs a test in a folder of its own. */
async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).toSorted();
}

Deno.test("replaceFile() makes files and folders for their owner only", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a/b/state.json`;
    await replaceFile(path, "one", OPTIONS);
    await replaceFile(path, "two ⚓", OPTIONS);
    strictEqual(await Deno.readTextFile(path), "two ⚓");
    strictEqual((await Deno.stat(path)).mode! & 0o777, 0o600);
    strictEqual((await Deno.stat(`${folder}/a`)).mode! & 0o777, 0o700);
    deepStrictEqual(await namesIn(`${folder}/a/b`), ["state.json"]);
  }));

Deno.test("replaceFile() narrows the mode of a file that was open to others", () =>
  inFolder(async (folder) => {
    const path = `${folder}/state.json`;
    await Deno.writeTextFile(path, "one", { mode: 0o644 });
    await replaceFile(path, "two", OPTIONS);
    strictEqual((await Deno.stat(path)).mode! & 0o777, 0o600);
  }));

Deno.test("replaceFile() leaves a private copy that holds the text already", () =>
  inFolder(async (folder) => {
    const path = `${folder}/context.json`;
    const options = { ...OPTIONS, durable: false };
    await replaceFile(path, "one", options);
    const { ino } = await Deno.stat(path);
    await replaceFile(path, "one", options);
    strictEqual((await Deno.stat(path)).ino, ino);
    await Deno.chmod(path, 0o644);
    await replaceFile(path, "one", options);
    strictEqual((await Deno.stat(path)).mode! & 0o777, 0o600);
    await replaceFile(path, "two", options);
    strictEqual(await Deno.readTextFile(path), "two");
  }));

Deno.test("replaceFile() writes what a link points to", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/real`);
    await Deno.writeTextFile(`${folder}/real/state.json`, "one");
    await Deno.symlink("real/state.json", `${folder}/link.json`);
    await replaceFile(`${folder}/link.json`, "two", OPTIONS);
    strictEqual(await Deno.readTextFile(`${folder}/real/state.json`), "two");
    ok((await Deno.lstat(`${folder}/link.json`)).isSymlink);
  }));

Deno.test("replaceFile() never shows a part to a reader", () =>
  inFolder(async (folder) => {
    const path = `${folder}/state.json`;
    const texts = ["a", "b"].map((letter) => letter.repeat(1_000_000));
    await replaceFile(path, texts[0]!, { ...OPTIONS, durable: false });
    let more = true;
    const writer = (async () => {
      for (let n = 0; more; n++) {
        await replaceFile(path, texts[n % 2]!, { ...OPTIONS, durable: false });
      }
    })();
    for (let n = 0; n < 50; n++) {
      ok(texts.includes(await Deno.readTextFile(path)));
    }
    more = false;
    await writer;
    deepStrictEqual(await namesIn(folder), ["state.json"]);
  }));

for (
  const [what, prepare, path, message] of [
    [
      "a folder in its place",
      (folder) => Deno.mkdir(`${folder}/x`),
      "x",
      /it is a folder$/,
    ],
    [
      "a file in place of its folder",
      (folder) => Deno.writeTextFile(`${folder}/x`, ""),
      "x/state.json",
      /a part of its path is a file, not a folder$/,
    ],
  ] as [string, (folder: string) => Promise<void>, string, RegExp][]
) {
  Deno.test(`replaceFile() tells ${what}, and leaves nothing behind`, () =>
    inFolder(async (folder) => {
      await prepare(folder);
      await rejects(replaceFile(`${folder}/${path}`, "text", OPTIONS), {
        code: "STORE",
        message,
      });
      deepStrictEqual(await namesIn(folder), ["x"]);
    }));
}

Deno.test("replaceFile() tells a file system that cannot be written", async () => {
  // Not even the superuser makes files there.
  await rejects(
    replaceFile("/sys/state.json", "text", OPTIONS),
    ({ code, message, hint }) => {
      ok(code === "STORE" || code === "PERMISSION", code);
      ok(message.startsWith("Cannot write jsonfile state.json: "), message);
      ok(hint.length > 0);
      return true;
    },
  );
});

Deno.test("lockFile() lets one at a time pass, in order", () =>
  inFolder(async (folder) => {
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4].map(async (n) => {
      await using _lock = await lockFile(`${folder}/x.lock`, { what: "x" });
      order.push(n);
      await new Promise((resolve) => setTimeout(resolve, 2));
      order.push(n);
    }));
    deepStrictEqual(order, [1, 1, 2, 2, 3, 3, 4, 4]);
  }));

Deno.test("lockFile() stops waiting for another process when its signal says so", () =>
  inFolder(async (folder) => {
    const path = `${folder}/x.lock`;
    const holder = new Deno.Command(Deno.execPath(), {
      args: [
        "eval",
        `const file = await Deno.open("${path}", { write: true, create: true });
         await file.lock(true);
         console.log("locked");
         setTimeout(() => {}, 60_000);`,
      ],
      stdout: "piped",
    }).spawn();
    const reader = holder.stdout.getReader();
    await reader.read();
    const reason = new Error("too late");
    const late = new AbortController();
    setTimeout(() => late.abort(reason), 20);
    await rejects(lockFile(path, { what: "x", signal: late.signal }), reason);
    // The system releases the lock of a process that was killed.
    holder.kill("SIGKILL");
    await holder.status;
    await reader.cancel();
    await (await lockFile(path, { what: "x" })).release();
  }));
