import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { VERSION } from "../../src/version.ts";
import { deno, ROOT } from "./process.ts";

Deno.test("deno publish --dry-run takes the sources and no tests", async () => {
  const { code, stderr } = await deno(
    ["publish", "--dry-run", "--allow-dirty"],
  );
  strictEqual(code, 0, stderr);
  const published = [...stderr.matchAll(/^\s+file:\/\/\S+ /gm)]
    .map(([line]) => line.trim().slice(ROOT.href.length));
  strictEqual(published.includes("mod.ts"), true);
  deepStrictEqual(
    published.filter((path) =>
      /(?:_test|_bench)\.ts$|^(?!mod\.ts|cli\.ts|src\/|docs\/|schemas\/|deno\.json|README\.md|CHANGELOG\.md|LICENSE)/
        .test(path)
    ),
    [],
  );
});

Deno.test("VERSION is the version of deno.json", async () => {
  const text = await Deno.readTextFile(new URL("deno.json", ROOT));
  strictEqual(VERSION, JSON.parse(text).version);
});
