import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

const CONTEXT = { a: { b: 1, c: 2 }, l: ["x", { y: 1, z: 2 }, "w", "v"] };

async function create() {
  return await CliSession.create(CONTEXT);
}

async function read(session: CliSession) {
  const { stdout } = await session.run("get", "a", "l", "--output", "json");
  return JSON.parse(stdout);
}

Deno.test("delete removes keys and list items", async () => {
  await using session = await create();
  const ended = await session.run("delete", "a.b", "l[1].y");
  deepStrictEqual(ended, { code: 0, stdout: "", stderr: "" });
  deepStrictEqual(await read(session), {
    a: { c: 2 },
    l: ["x", { z: 2 }, "w", "v"],
  });
});

Deno.test("delete names the list items as they are before it, in any order", async () => {
  await using session = await create();
  await session.run("delete", "l[0]", "l[1]", "l[1].y", "l[3]", "l[0]");
  deepStrictEqual((await read(session)).l, ["w"]);
});

Deno.test("delete refuses a path that finds nothing, and deletes nothing", async () => {
  await using session = await create();
  const { code, stderr } = await session.run("delete", "a.b", "a.bb");
  strictEqual(code, 3);
  match(stderr, /Nothing at "a\.bb" .* Did you mean "a\.b"\?/);
  deepStrictEqual(await read(session), CONTEXT);
});

Deno.test("delete --if-present deletes what there is", async () => {
  await using session = await create();
  const { code } = await session.run("delete", "--if-present", "a.b", "a.d");
  strictEqual(code, 0);
  deepStrictEqual((await read(session)).a, { c: 2 });
});

Deno.test("delete keeps the id of the document", async () => {
  await using session = await create();
  const { code, stderr } = await session.run("delete", "state");
  strictEqual(code, 1);
  match(stderr, /must stay its id/);
});
