import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

async function create() {
  return await CliSession.create({
    m: { b: 1, a: 2, "x\ny": 3 },
    l: ["p", "q"],
    s: "x",
    e: {},
  });
}

Deno.test("keys prints keys and indexes, a line each", async () => {
  await using session = await create();
  strictEqual((await session.run("keys", "m")).stdout, "b\na\nx\\ny\n");
  strictEqual((await session.run("keys", "l")).stdout, "0\n1\n");
  strictEqual((await session.run("keys", "e")).stdout, "");
  match((await session.run("keys")).stdout, /^m\nl\ns\ne\n[^]*state\n/);
});

Deno.test("keys --output json prints a list", async () => {
  await using session = await create();
  const { stdout } = await session.run("keys", "m", "--output", "json");
  deepStrictEqual(JSON.parse(stdout), ["b", "a", "x\ny"]);
});

Deno.test("keys refuses what has no keys", async () => {
  await using session = await create();
  const text = await session.run("keys", "s");
  strictEqual(text.code, 1);
  match(text.stderr, /keys of "s": it is a string/);
  const none = await session.run("keys", "mm");
  strictEqual(none.code, 3);
  match(none.stderr, /Did you mean "m"\?/);
});
