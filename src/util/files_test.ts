import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { CicdStateError } from "../errors.ts";
import { checkReplaceable, fileError, replaceFile } from "./files.ts";

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

Deno.test("replaceFile() creates files and folders for their owner only", () =>
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

Deno.test("replaceFile() leaves a private copy that has the content already", () =>
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
  Deno.test(`replaceFile() reports ${what}, and leaves nothing behind`, () =>
    inFolder(async (folder) => {
      await prepare(folder);
      await rejects(replaceFile(`${folder}/${path}`, "text", OPTIONS), {
        code: "STORE",
        message,
      });
      deepStrictEqual(await namesIn(folder), ["x"]);
    }));
}

Deno.test("replaceFile() reports a file system that cannot be written", async () => {
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

Deno.test("replaceFile() keeps the old content if it is not confirmed", () =>
  inFolder(async (folder) => {
    const path = `${folder}/state.json`;
    await replaceFile(path, "one", OPTIONS);
    const confirm = () => Promise.resolve(false);
    strictEqual(await replaceFile(path, "two", { ...OPTIONS, confirm }), false);
    strictEqual(await Deno.readTextFile(path), "one");
    deepStrictEqual(await namesIn(folder), ["state.json"]);
  }));

Deno.test("replaceFile() asks for confirmation when the new content is there", () =>
  inFolder(async (folder) => {
    const path = `${folder}/state.json`;
    const seen: string[] = [];
    await replaceFile(path, "two", {
      ...OPTIONS,
      async confirm() {
        const [name] = await namesIn(folder);
        seen.push(await Deno.readTextFile(`${folder}/${name}`));
        return true;
      },
    });
    deepStrictEqual(seen, ["two"]);
  }));

Deno.test("checkReplaceable() fails where replaceFile() would, and writes nothing", () =>
  inFolder(async (folder) => {
    await checkReplaceable(`${folder}/state.json`, "jsonfile x");
    deepStrictEqual(await namesIn(folder), []);
    await rejects(checkReplaceable(folder, "jsonfile x"), {
      code: "STORE",
      message: "Cannot write jsonfile x: it is a folder",
    });
    await Deno.writeTextFile(`${folder}/file`, "");
    await rejects(checkReplaceable(`${folder}/file/x`, "jsonfile x"), {
      message: /a part of its path is a file, not a folder$/,
    });
  }));

for (
  const [cause, code, message, hint] of [
    [
      new Error("No space left (os error 28)"),
      "STORE",
      "the disk is full",
      /Free/,
    ],
    [{ code: "EDQUOT" }, "STORE", "the disk is full", /Free/],
    [
      new Error("File too large (os error 27)"),
      "STORE",
      "the file would be larger than the system allows",
      /ulimit/,
    ],
    [
      new Error("Read-only file system (os error 30)"),
      "STORE",
      "the file system is read-only",
      /writable file system/,
    ],
    [
      { code: "ENOLCK" },
      "STORE",
      "the file system does not support locks",
      /local disk/,
    ],
    [
      new Deno.errors.NotFound("x"),
      "STORE",
      "no such file or folder",
      /Check the path \/f\/x/,
    ],
    [
      new Deno.errors.PermissionDenied("x"),
      "PERMISSION",
      "the system denies access",
      /permission to write \/f\/x/,
    ],
    [
      new Deno.errors.NotCapable("x"),
      "PERMISSION",
      "Deno was not allowed to",
      /--allow-read=\/f --allow-write=\/f$/,
    ],
    [new Error("odd"), "STORE", "odd", /Check the path/],
  ] as const
) {
  Deno.test(`fileError() explains ${Deno.inspect(cause).split("\n")[0]}`, () => {
    const error = fileError(cause, "write", "jsonfile x", "/f/x");
    ok(error instanceof CicdStateError);
    strictEqual(error.message, `Cannot write jsonfile x: ${message}`);
    strictEqual(error.code, code);
    ok(hint.test(error.hint!), error.hint);
  });
}

Deno.test("fileError() keeps errors that say how to fix them", () => {
  const known = new CicdStateError("STORE", "known");
  strictEqual(fileError(known, "read", "x", "x"), known);
  const error = fileError(new Deno.errors.NotCapable("x"), "read", "x", "/f/x");
  ok(error instanceof CicdStateError);
  strictEqual(error.hint, "Run deno with --allow-read=/f/x");
});
