import { notStrictEqual, strictEqual } from "node:assert/strict";
import { realPathOf } from "./real_path.ts";

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
