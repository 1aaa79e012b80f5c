import { notStrictEqual, strictEqual } from "node:assert/strict";
import { realPathOf } from "./real_path.ts";

const folder = await Deno.realPath(await Deno.makeTempDir());
await Deno.mkdir(`${folder}/data`);
await Deno.writeTextFile(`${folder}/data/a.json`, "{}");
await Deno.symlink(`${folder}/data`, `${folder}/link`);
await Deno.symlink("data/a.json", `${folder}/a-link`);
Deno.chdir(folder);
addEventListener("unload", () => {
  Deno.chdir("/");
  Deno.removeSync(folder, { recursive: true });
});

for (
  const path of [
    "data/a.json",
    "./data/a.json",
    "data//a.json",
    "data/../data/a.json",
    "link/a.json",
    "a-link",
    `${folder}/data/a.json`,
  ]
) {
  Deno.test(`realPathOf() resolves ${path.replace(folder, "…")}`, async () => {
    strictEqual(await realPathOf(path), `${folder}/data/a.json`);
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
    strictEqual(await realPathOf(path), `${folder}/data/new.json`);
  });
}

Deno.test("realPathOf() resolves a path whose folder does not exist", async () => {
  strictEqual(await realPathOf("x/../y/z.json"), `${folder}/y/z.json`);
  strictEqual(await realPathOf("/no/such/./z.json"), "/no/such/z.json");
});

Deno.test("realPathOf() tells files apart", async () => {
  notStrictEqual(
    await realPathOf("data/b.json"),
    await realPathOf("data/a.json"),
  );
});
