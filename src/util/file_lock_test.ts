import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { lockFile } from "./file_lock.ts";

/** Runs a test in a folder of its own. */
async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Reports whether a lock was taken within a moment. */
async function isTaken(lock: Promise<unknown>): Promise<boolean> {
  let taken = false;
  lock.then(() => taken = true, () => {});
  await new Promise((resolve) => setTimeout(resolve, 50));
  return taken;
}

Deno.test("lockFile() lets one at a time pass", () =>
  inFolder(async (folder) => {
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4].map(async (n) => {
      await using _lock = await lockFile(`${folder}/x`, { what: "x" });
      order.push(n);
      await new Promise((resolve) => setTimeout(resolve, 2));
      order.push(n);
    }));
    // Whoever enters leaves before the next one enters.
    const entered = order.filter((_, index) => index % 2 === 0);
    deepStrictEqual(order, entered.flatMap((n) => [n, n]));
    deepStrictEqual(entered.toSorted(), [1, 2, 3, 4]);
  }));

Deno.test("lockFile() stops waiting for another process when its signal says so", () =>
  inFolder(async (folder) => {
    const path = `${folder}/x`;
    const holder = new Deno.Command(Deno.execPath(), {
      args: [
        "eval",
        `const file = await Deno.open("${path}.lock", { write: true, create: true });
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

Deno.test("lockFile() locks one file under all of its names", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/real`);
    await Deno.writeTextFile(`${folder}/real/state.json`, "{}");
    await Deno.symlink(`${folder}/real`, `${folder}/folder`);
    await Deno.symlink("real/state.json", `${folder}/file`);
    const held = await lockFile(`${folder}/real/state.json`, { what: "x" });
    for (const path of ["folder/state.json", "file", "real/../file"]) {
      const late = lockFile(`${folder}/${path}`, { what: "x" });
      strictEqual(await isTaken(late), false, path);
      late.then((lock) => lock.release());
    }
    await held.release();
    await (await lockFile(`${folder}/file`, { what: "x" })).release();
    deepStrictEqual(
      (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name)
        .toSorted(),
      ["file", "folder", "real"],
    );
  }));

Deno.test("isHeld() notices that the lock file was removed", () =>
  inFolder(async (folder) => {
    const lock = await lockFile(`${folder}/x`, { what: "x" });
    strictEqual(await lock.isHeld(), true);
    await Deno.remove(`${folder}/x.lock`);
    strictEqual(await lock.isHeld(), false);
    await Deno.writeTextFile(`${folder}/x.lock`, "");
    strictEqual(await lock.isHeld(), false);
    await lock.release();
  }));

Deno.test("lockFile() does not keep a lock file that was removed meanwhile", () =>
  inFolder(async (folder) => {
    const path = `${folder}/x`;
    const holder = new Deno.Command(Deno.execPath(), {
      args: [
        "eval",
        `const file = await Deno.open("${path}.lock", { write: true, create: true });
         await file.lock(true);
         console.log("locked");
         await Deno.stdin.read(new Uint8Array(1));`,
      ],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const reader = holder.stdout.getReader();
    await reader.read();
    const waiting = lockFile(path, { what: "x" });
    strictEqual(await isTaken(waiting), false);
    await Deno.remove(`${path}.lock`);
    await holder.stdin.close();
    await holder.status;
    await reader.cancel();
    const lock = await waiting;
    strictEqual(await lock.isHeld(), true);
    await lock.release();
  }));

Deno.test("lockFile() reports a folder that cannot be written", async () => {
  await rejects(lockFile("/sys/state.json", { what: "jsonfile x" }), {
    message: /^Cannot lock jsonfile x: /,
  });
});
