import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

Deno.test("exists answers by its exit status, silently", async () => {
  await using session = await CliSession.create({
    a: { none: null, broken: "{{ 1 / 0 }}" },
    l: [0],
  });
  const cases: [string, number][] = [
    ["a", 0],
    ["a.none", 0],
    ["a.broken", 0],
    ["l[0]", 0],
    ["a.x", 3],
    ["l[1]", 3],
    ["a.none.x", 3],
    ["l.0", 3],
  ];
  for (const [path, code] of cases) {
    const ended = await session.run("exists", path);
    deepStrictEqual(ended, { code, stdout: "", stderr: "" }, path);
  }
});

Deno.test("exists --fresh reads the primary", async () => {
  await using session = await CliSession.create();
  const mirror = await Deno.readTextFile(`${session.path}/state.json`);
  await session.run("set", "a=1");
  await session.write("state.json", mirror);
  strictEqual((await session.run("exists", "a")).code, 3);
  strictEqual((await session.run("exists", "a", "--fresh")).code, 0);
});

Deno.test("exists says that there is no document", async () => {
  await using session = await CliSession.create();
  const { code, stderr } = await session.run("exists", "a", "--id", "b");
  strictEqual(code, 3);
  match(stderr, /No document "b"/);
});
