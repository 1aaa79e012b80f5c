import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { inFolder, namesIn } from "../../tests/support/odd_files.ts";
import { checkReplaceable, replaceFile } from "./replace_file.ts";

const OPTIONS = { what: "jsonfile state.json", durable: true };
const COPY = { ...OPTIONS, durable: false };

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

Deno.test("replaceFile() leaves a copy that has the content already", () =>
  inFolder(async (folder) => {
    const path = `${folder}/context.json`;
    await replaceFile(path, "one", COPY);
    const { ino, mode } = await Deno.stat(path);
    strictEqual(mode! & 0o777, 0o600);
    await replaceFile(path, "one", COPY);
    strictEqual((await Deno.stat(path)).ino, ino);
    await replaceFile(path, "two", COPY);
    strictEqual(await Deno.readTextFile(path), "two");
  }));

Deno.test("replaceFile() keeps the mode of a copy", () =>
  inFolder(async (folder) => {
    const path = `${folder}/context.json`;
    await Deno.writeTextFile(path, "one");
    await Deno.chmod(path, 0o664);
    for (const text of ["one", "two"]) {
      await replaceFile(path, text, COPY);
      strictEqual(await Deno.readTextFile(path), text);
      strictEqual((await Deno.stat(path)).mode! & 0o777, 0o664);
    }
  }));

Deno.test("replaceFile() sets the mode that it is given", () =>
  inFolder(async (folder) => {
    const path = `${folder}/context.json`;
    for (const options of [OPTIONS, COPY]) {
      for (const [text, mode] of [["one", 0o640], ["one", 0o666]] as const) {
        await replaceFile(path, text, { ...options, mode });
        strictEqual((await Deno.stat(path)).mode! & 0o777, mode);
      }
    }
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
    await replaceFile(path, texts[0]!, COPY);
    let more = true;
    const writer = (async () => {
      for (let n = 0; more; n++) {
        await replaceFile(path, texts[n % 2]!, COPY);
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
