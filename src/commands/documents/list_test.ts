import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

async function create(): Promise<CliSession> {
  const session = await CliSession.create();
  for (const id of ["pr-1", "pr-2", "pr-3"]) await session.run("init", id);
  return session;
}

async function ids(session: CliSession): Promise<string[]> {
  const { stdout } = await session.run("list", "--output", "json");
  return JSON.parse(stdout).map(({ id }: { id: string }) => id).toSorted();
}

Deno.test("list prints id, context, revision, time and size", async () => {
  await using session = await CliSession.create();
  await session.run("set", "a=1");
  const { stdout } = await session.run("list");
  match(stdout, /^run-1 {2}stage {2}2 {2}\d{4}-\d\d-\d\dT[\d:]{8}Z {2}\d+\n$/);
});

Deno.test("list prints no time that cannot be a date", async () => {
  await using session = await CliSession.create();
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(`${session.path}/state.db`);
  database.exec("UPDATE documents SET updated_at = 9000000000000000");
  database.close();
  const { code, stdout } = await session.run("list");
  strictEqual(code, 0);
  match(stdout, /^run-1 {2}stage {2}1 {2}- {2}\d+\n$/);
});

Deno.test("list takes a prefix and a limit", async () => {
  await using session = await create();
  deepStrictEqual(await ids(session), ["pr-1", "pr-2", "pr-3", "run-1"]);
  const some = await session.run("list", "--prefix", "pr-", "--limit", "2");
  strictEqual(some.stdout.match(/^pr-\d /gm)?.length, 2);
  strictEqual((await session.run("list", "--prefix", "x")).stdout, "");
});

Deno.test("remove asks first, and needs --yes if nobody can answer", async () => {
  await using session = await create();
  const asked = await session.run("remove", "pr-1");
  strictEqual(asked.code, 2);
  match(asked.stderr, /stdin is not a terminal\. Add --yes/);
  const no = await session.call(["remove", "pr-1"], { answer: false });
  strictEqual(no.code, 1);
  match(no.stderr, /warning: Did not remove document "pr-1"/);
  const yes = await session.call(["remove", "pr-1"], { answer: true });
  deepStrictEqual(yes, { code: 0, stdout: "", stderr: "" });
  deepStrictEqual(await ids(session), ["pr-2", "pr-3", "run-1"]);
});

Deno.test("remove takes several ids and a prefix", async () => {
  await using session = await create();
  const many = await session.run(
    ...["remove", "pr-1", "run-1", "--prefix", "pr-", "--yes"],
  );
  deepStrictEqual(many, { code: 0, stdout: "", stderr: "" });
  deepStrictEqual(await ids(session), []);
});

Deno.test("remove --output json prints the ids of what is gone", async () => {
  await using session = await create();
  const args = [
    "remove",
    "pr-1",
    "none",
    "--prefix",
    "pr-",
    "--output",
    "json",
  ];
  const half = await session.run(...args, "--yes");
  deepStrictEqual([half.code, half.stdout], [3, '["pr-1"]\n']);
  const rest = await session.run(
    ...["remove", "--prefix", "pr-", "--yes", "--output", "json"],
  );
  deepStrictEqual(JSON.parse(rest.stdout).toSorted(), ["pr-2", "pr-3"]);
  const none = await session.run(
    ...["remove", "--prefix", "pr-", "--yes", "--output", "json"],
  );
  deepStrictEqual(none, { code: 0, stdout: "[]\n", stderr: "" });
});

Deno.test("remove refuses to guess, and says which document does not exist", async () => {
  await using session = await create();
  const none = await session.run("remove", "--yes");
  strictEqual(none.code, 2);
  match(none.stderr, /No document is named/);
  const empty = await session.run("remove", "--prefix", "", "--yes");
  strictEqual(empty.code, 2);
  match(empty.stderr, /Cannot use --prefix ""/);
  const unknown = await session.run("remove", "pr-9", "--yes");
  strictEqual(unknown.code, 3);
  match(unknown.stderr, /No document "pr-9"/);
  strictEqual((await ids(session)).length, 4);
});
