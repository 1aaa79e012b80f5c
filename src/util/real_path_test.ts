import { notStrictEqual, strictEqual } from "node:assert/strict";
import {
  absolutePath,
  isAbsolutePath,
  isInFolder,
  pathOfUrl,
  realPathOf,
} from "./real_path.ts";

const folder = await Deno.realPath(await Deno.makeTempDir());
await Deno.mkdir(`${folder}/data`);
await Deno.writeTextFile(`${folder}/data/a.json`, "{}");
await Deno.symlink(`${folder}/data`, `${folder}/link`);
await Deno.symlink("data/a.json", `${folder}/a-link`);
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** The folder as seen from where the tests run. */
const relative = "../".repeat(Deno.cwd().split("/").length - 1) +
  folder.slice(1);

for (
  const path of [
    "data/a.json",
    "./data/a.json",
    "data//a.json",
    "data/../data/a.json",
    "link/a.json",
    "a-link",
  ]
) {
  Deno.test(`realPathOf() resolves ${path}`, async () => {
    const expected = `${folder}/data/a.json`;
    strictEqual(await realPathOf(`${folder}/${path}`), expected);
    strictEqual(await realPathOf(`${relative}/${path}`), expected);
  });
}

for (
  const path of [
    "data/new.json",
    "./data/new.json",
    "link/new.json",
    "link/./x/../new.json",
    "new/../data/new.json",
  ]
) {
  Deno.test(`realPathOf() resolves ${path}, which does not exist`, async () => {
    const expected = `${folder}/data/new.json`;
    strictEqual(await realPathOf(`${folder}/${path}`), expected);
    strictEqual(await realPathOf(`${relative}/${path}`), expected);
  });
}

Deno.test("realPathOf() resolves a path whose folder does not exist", async () => {
  strictEqual(
    await realPathOf(`${relative}/x/../y/z.json`),
    `${folder}/y/z.json`,
  );
  strictEqual(await realPathOf("/no/such/./z.json"), "/no/such/z.json");
  strictEqual(await realPathOf("no-such.json"), `${Deno.cwd()}/no-such.json`);
});

Deno.test("realPathOf() tells files apart", async () => {
  notStrictEqual(
    await realPathOf(`${folder}/data/b.json`),
    await realPathOf(`${folder}/data/a.json`),
  );
});

for (
  const [path, isWindows, absolute] of [
    ["/a/./b//../c", false, "/a/c"],
    ["a/b", false, "/work/dir/a/b"],
    ["../../../..", false, "/"],
    ["C:\\a", false, "/work/dir/C:\\a"],
    ["C:\\a\\.\\b\\..\\c", true, "C:\\a\\c"],
    ["c:/a/b", true, "c:\\a\\b"],
    ["D:", true, "D:\\"],
    ["C:\\..\\..\\a", true, "C:\\a"],
    ["\\a\\b", true, "C:\\a\\b"],
    ["/a/b", true, "C:\\a\\b"],
    ["a\\b/c", true, "C:\\work\\dir\\a\\b\\c"],
    ["..\\x", true, "C:\\work\\x"],
    ["\\\\server\\share\\a\\..\\b", true, "\\\\server\\share\\b"],
    ["//server/share", true, "\\\\server\\share\\"],
    ["\\\\server\\share\\..\\..\\b", true, "\\\\server\\share\\b"],
  ] as const
) {
  const system = isWindows ? "Windows" : "other systems";
  Deno.test(`absolutePath() resolves ${path} on ${system}`, () => {
    const cwd = isWindows ? "C:\\work\\dir" : "/work/dir";
    strictEqual(absolutePath(path, isWindows, cwd), absolute);
    strictEqual(
      isAbsolutePath(path, isWindows),
      isWindows ? /^(?:[\\/]|[A-Za-z]:)/.test(path) : path.startsWith("/"),
    );
  });
}

for (
  const [path, folder, isWindows, isInside] of [
    ["/a/b", "/a", false, true],
    ["/a", "/a", false, true],
    ["/ab", "/a", false, false],
    ["/a", "/", false, true],
    ["/A/b", "/a", false, false],
    ["C:\\a\\b", "C:\\a", true, true],
    ["C:\\A\\B", "c:\\a", true, true],
    ["C:\\a/b", "C:/a", true, true],
    ["C:\\ab", "C:\\a", true, false],
    ["D:\\a\\b", "C:\\a", true, false],
    ["C:\\a", "C:\\", true, true],
    ["\\\\server\\share\\a", "\\\\SERVER\\share", true, true],
  ] as const
) {
  Deno.test(`isInFolder() says ${isInside} of ${path} and ${folder}`, () => {
    strictEqual(isInFolder(path, folder, isWindows), isInside);
  });
}

for (
  const [url, isWindows, path] of [
    ["file:///a%20b/c.yaml", false, "/a b/c.yaml"],
    ["file:///C:/a%20b/c.yaml", true, "C:\\a b\\c.yaml"],
    ["file://server/share/c.yaml", true, "\\\\server\\share\\c.yaml"],
    ["https://host/c.yaml", false, undefined],
  ] as const
) {
  Deno.test(`pathOfUrl() returns the path of ${url}`, () => {
    strictEqual(pathOfUrl(new URL(url), isWindows), path);
  });
}
