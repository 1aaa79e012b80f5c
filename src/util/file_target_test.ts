import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import {
  canMount,
  inFolder,
  mountFile,
  namesIn,
  run,
  sealFolder,
} from "../../tests/support/odd_files.ts";
import { findTarget } from "./file_target.ts";
import { checkReplaceable, replaceFile } from "./replace_file.ts";

const WHAT = "jsonfile context.json";
const COPY = { what: WHAT, durable: false };
const PRIMARY = { what: WHAT, durable: true };
const IS_ROOT = Deno.build.os === "linux" && Deno.uid() === 0;
const CAN_MOUNT = await canMount();

Deno.test("findTarget() follows links, and keeps a link that leads nowhere", () =>
  inFolder(async (folder) => {
    const options = { what: WHAT, mustBeRegular: true };
    await Deno.mkdir(`${folder}/real`);
    await Deno.writeTextFile(`${folder}/real/a`, "");
    await Deno.symlink("real/a", `${folder}/link`);
    await Deno.symlink("real/b", `${folder}/dangling`);
    const real = await Deno.realPath(folder);
    const linked = await findTarget(`${folder}/link`, options);
    strictEqual(linked.path, `${real}/real/a`);
    ok(linked.info?.isFile);
    deepStrictEqual(await findTarget(`${folder}/dangling`, options), {
      path: `${folder}/dangling`,
      info: undefined,
    });
    deepStrictEqual(await findTarget(`${folder}/none`, options), {
      path: `${folder}/none`,
      info: undefined,
    });
  }));

Deno.test({
  name: "replaceFile() writes through a FIFO, and leaves it there",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const path = `${folder}/fifo`;
      ok(await run("mkfifo", path));
      await checkReplaceable(path, WHAT);
      const reader = new Deno.Command("cat", { args: [path], stdout: "piped" })
        .spawn();
      const text = "x".repeat(100_000);
      await replaceFile(path, text, COPY);
      const { stdout } = await reader.output();
      strictEqual(new TextDecoder().decode(stdout), text);
      ok((await Deno.lstat(path)).isFifo);
      deepStrictEqual(await namesIn(folder), ["fifo"]);
      await rejects(replaceFile(path, text, PRIMARY), {
        code: "STORE",
        message: `Cannot write ${WHAT}: it is not a regular file`,
      });
    }),
});

Deno.test({
  name: "replaceFile() writes to a device, and never replaces it",
  ignore: !IS_ROOT,
  fn: () =>
    inFolder(async (folder) => {
      const path = `${folder}/null`;
      ok(await run("mknod", path, "c", "1", "3"));
      await Deno.symlink("null", `${folder}/link`);
      for (const name of ["null", "link"]) {
        await checkReplaceable(`${folder}/${name}`, WHAT);
        await replaceFile(`${folder}/${name}`, "text", COPY);
      }
      ok((await Deno.lstat(path)).isCharDevice);
      deepStrictEqual(await namesIn(folder), ["link", "null"]);
      await rejects(replaceFile(path, "text", PRIMARY), { code: "STORE" });
    }),
});

Deno.test({
  name: "replaceFile() refuses a socket",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const path = `${folder}/socket`;
      using _listener = Deno.listen({ transport: "unix", path });
      const message = `Cannot write ${WHAT}: it is a socket`;
      for (const options of [COPY, PRIMARY]) {
        await rejects(replaceFile(path, "text", options), {
          code: "STORE",
          message,
        });
      }
      await rejects(checkReplaceable(path, WHAT), { message });
      deepStrictEqual(await namesIn(folder), ["socket"]);
    }),
});

Deno.test({
  name: "replaceFile() overwrites a copy that is a mount point",
  ignore: !CAN_MOUNT,
  fn: () =>
    inFolder(async (folder) => {
      const [source, path] = [`${folder}/outside`, `${folder}/context.json`];
      await Deno.writeTextFile(source, "a longer text");
      await Deno.writeTextFile(path, "");
      await using _mount = await mountFile(source, path);
      await checkReplaceable(path, WHAT);
      await replaceFile(path, "short", COPY);
      strictEqual(await Deno.readTextFile(source), "short");
      deepStrictEqual(await namesIn(folder), ["context.json", "outside"]);
      // A primary must not be torn: it cannot be overwritten.
      await rejects(replaceFile(path, "torn", PRIMARY), { code: "STORE" });
      strictEqual(await Deno.readTextFile(source), "short");
    }),
});

Deno.test({
  name: "replaceFile() overwrites a copy whose folder cannot be written",
  ignore: !CAN_MOUNT && IS_ROOT,
  fn: () =>
    inFolder(async (folder) => {
      const sealed = `${folder}/sealed`;
      await Deno.mkdir(sealed);
      await Deno.writeTextFile(`${sealed}/context.json`, "a longer text");
      await using _seal = await sealFolder(sealed);
      await checkReplaceable(`${sealed}/context.json`, WHAT);
      await replaceFile(`${sealed}/context.json`, "short", COPY);
      strictEqual(await Deno.readTextFile(`${sealed}/context.json`), "short");
      await rejects(replaceFile(`${sealed}/context.json`, "x", PRIMARY), {
        code: "PERMISSION",
      });
      await rejects(replaceFile(`${sealed}/new.json`, "x", COPY), {
        code: "PERMISSION",
      });
      await rejects(checkReplaceable(`${sealed}/new.json`, WHAT), {
        code: "PERMISSION",
      });
    }),
});

Deno.test({
  name:
    "replaceFile() as root follows no link of another user in a shared folder",
  ignore: !IS_ROOT,
  fn: () =>
    inFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/victim`, "untouched");
      await Deno.mkdir(`${folder}/shared`);
      await Deno.mkdir(`${folder}/own`);
      await Deno.chmod(`${folder}/shared`, 0o1777);
      for (const place of ["shared", "own"]) {
        await Deno.symlink("../victim", `${folder}/${place}/link`);
        await run("chown", "-h", "65534", `${folder}/${place}/link`);
      }
      const path = `${folder}/shared/link`;
      for (const options of [COPY, PRIMARY]) {
        await rejects(replaceFile(path, "text", options), {
          code: "STORE",
          message:
            `Cannot write ${WHAT}: ${path} is a link of another user in a folder that others can write to`,
        });
      }
      await rejects(checkReplaceable(path, WHAT), { code: "STORE" });
      strictEqual(await Deno.readTextFile(`${folder}/victim`), "untouched");
      deepStrictEqual(await namesIn(`${folder}/shared`), ["link"]);
      // Nobody else can have put a link into root's own folder.
      await replaceFile(`${folder}/own/link`, "text", COPY);
      strictEqual(await Deno.readTextFile(`${folder}/victim`), "text");
    }),
});
