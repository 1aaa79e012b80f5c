import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

async function valueOf(session: CliSession, path: string) {
  const { stdout } = await session.run("get", path, "--output", "json");
  return JSON.parse(stdout);
}

Deno.test("append adds strings as they are written, and creates the list", async () => {
  await using session = await CliSession.create();
  const first = await session.run("append", "state.l", "a,b", "", "-1");
  deepStrictEqual(first, { code: 0, stdout: "", stderr: "" });
  await session.run("append", "state.l", "--", "--x");
  deepStrictEqual(await valueOf(session, "state.l"), ["a,b", "", "-1", "--x"]);
});

Deno.test("append --unique keeps the first of equal items", async () => {
  await using session = await CliSession.create({ l: ["a", "b"] });
  await session.run("append", "l", "--unique", "b", "c", "c");
  deepStrictEqual(await valueOf(session, "l"), ["a", "b", "c"]);
});

Deno.test("append --json adds values, also to a list in a list", async () => {
  await using session = await CliSession.create({ l: [["a"]] });
  await session.run("append", "--json", "l[0]", "1", '{"b": [2]}');
  deepStrictEqual(await valueOf(session, "l"), [["a", 1, { b: [2] }]]);
});

Deno.test("append refuses what is not a list or not JSON, and changes nothing", async () => {
  await using session = await CliSession.create({ a: "x" });
  const text = await session.run("append", "a", "y");
  strictEqual(text.code, 1);
  match(text.stderr, /"a" holds a string, not a list/);
  const bad = await session.run("append", "l", "--json", "1", "x");
  strictEqual(bad.code, 8);
  match(bad.stderr, /Cannot append to "l": .*JSON/);
  strictEqual((await session.run("exists", "l")).code, 3);
  const stale = await session.run("append", "l", "x", "--if-revision", "7");
  strictEqual(stale.code, 4);
});
