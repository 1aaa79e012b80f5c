import {
  deepStrictEqual,
  match,
  ok,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { inFolder, namesIn, run } from "../../tests/support/odd_files.ts";
import { createTemporary } from "./file_target.ts";
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

Deno.test("replaceFile() warns once of a durable file that others could read", () =>
  inFolder(async (folder) => {
    const path = `${folder}/x`;
    await Deno.writeTextFile(path, "old");
    await Deno.chmod(path, 0o644);
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    for (const text of ["a", "b"]) {
      await replaceFile(path, text, {
        what: "jsonfile x",
        durable: true,
        warn,
      });
    }
    deepStrictEqual(warnings, [
      "Other users could read jsonfile x, and no longer can. Set its mode in " +
      "the config if they should",
    ]);
    await Deno.chmod(path, 0o644);
    const options = { what: "x", durable: true, warn, mode: 0o640 };
    await replaceFile(path, "c", options);
    strictEqual((await Deno.stat(path)).mode! & 0o777, 0o640);
    strictEqual(warnings.length, 1);
  }));

Deno.test("replaceFile() removes what killed writers left, and nothing that is being written", () =>
  inFolder(async (folder) => {
    const path = `${folder}/x`;
    for (const number of [0, 2, 3]) {
      await Deno.writeTextFile(`${path}.${number}.tmp`, "left");
    }
    const writer = await createTemporary(path);
    strictEqual(writer.path, `${path}.0.tmp`);
    deepStrictEqual(await namesIn(folder), ["x.0.tmp", "x.2.tmp", "x.3.tmp"]);
    await Deno.writeTextFile(`${path}.1.tmp`, "left");
    await replaceFile(path, "a", { what: "x", durable: true });
    deepStrictEqual(await namesIn(folder), ["x", "x.0.tmp"]);
    await replaceFile(path, "b", { what: "x", durable: false });
    deepStrictEqual(await namesIn(folder), ["x", "x.0.tmp"]);
    writer[Symbol.dispose]();
    await checkReplaceable(path, "x");
    deepStrictEqual(await namesIn(folder), ["x"]);
  }));

Deno.test("replaceFile() lets many write at once, and leaves nothing behind", () =>
  inFolder(async (folder) => {
    const path = `${folder}/x`;
    await Promise.all(
      Array.from(
        { length: 100 },
        (_, n) =>
          replaceFile(path, `text ${n}`, { what: "x", durable: n % 2 === 0 }),
      ),
    );
    ok((await Deno.readTextFile(path)).startsWith("text "));
    deepStrictEqual(await namesIn(folder), ["x"]);
  }));

Deno.test("replaceFile() does not follow a link in the place of its temporary file", () =>
  inFolder(async (folder) => {
    const path = `${folder}/x`;
    await Deno.writeTextFile(`${folder}/precious`, "kept");
    await Deno.symlink("precious", `${path}.0.tmp`);
    await run("mkfifo", `${path}.1.tmp`);
    await replaceFile(path, "a", { what: "x", durable: true });
    strictEqual(await Deno.readTextFile(`${folder}/precious`), "kept");
    strictEqual(await Deno.readTextFile(path), "a");
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

/** Prints the error of {@linkcode replaceFile} as JSON. */
const REPLACING = `
const [module, path] = Deno.args;
const { replaceFile } = await import(module);
try {
  await replaceFile(path, "new", { what: "jsonfile x", durable: true });
} catch ({ code, message, hint }) {
  console.log(JSON.stringify({ code, message, hint }));
}`;
/** Takes away from root what lets it read every folder. */
const AS_OTHERS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"];

Deno.test("replaceFile() stores nothing where a power failure could undo it", () =>
  inFolder(async (folder) => {
    const path = `${folder}/x`;
    await Deno.writeTextFile(path, "old");
    await Deno.writeTextFile(`${folder}.ts`, REPLACING);
    await Deno.chmod(folder, 0o300);
    try {
      const [command, ...args] = [
        ...Deno.uid() === 0 ? AS_OTHERS : [],
        ...[Deno.execPath(), "run", "--quiet", "--allow-all", `${folder}.ts`],
        ...[import.meta.resolve("./replace_file.ts"), path],
      ];
      const { stdout } = await new Deno.Command(command!, { args }).output();
      const { code, message, hint } = JSON.parse(
        new TextDecoder().decode(stdout),
      );
      strictEqual(code, "PERMISSION");
      match(
        message,
        /: the folder cannot be read, so a change might not survive/,
      );
      strictEqual(
        hint,
        `Give this user permission to read the folder ${folder}`,
      );
      strictEqual(await Deno.readTextFile(path), "old");
    } finally {
      await Deno.chmod(folder, 0o700);
      await Deno.remove(`${folder}.ts`);
    }
  }));

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
