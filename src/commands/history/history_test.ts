import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

async function create(): Promise<CliSession> {
  const session = await CliSession.create({ l: [1] });
  await session.run("set", "state.a=1");
  await session.run("append", "l", "x");
  await session.run("append", "l", "--unique", "x");
  await session.run("increment", "l[0]");
  await session.run("delete", "state.a");
  return session;
}

Deno.test("history prints each kind of operation, newest first", async () => {
  await using session = await create();
  const { stdout } = await session.run("history");
  const rows = stdout.trimEnd().split("\n").map((row) => row.split(/ {2,}/));
  deepStrictEqual(rows.map(([revision, , , what]) => [revision, what]), [
    ["6", "delete state.a"],
    ["5", "increment l[0] 1"],
    ["4", 'l{}=["x"]'],
    ["3", 'l[]=["x"]'],
    ["2", 'state.a="1"'],
    ["1", "created"],
  ]);
});

Deno.test("history prints as many entries as --limit says, as JSON if asked to", async () => {
  await using session = await create();
  const { stdout } = await session.run(
    ...["history", "--limit", "2", "--output", "json"],
  );
  const entries = JSON.parse(stdout);
  deepStrictEqual(
    entries.map(({ revision }: { revision: number }) => revision),
    [6, 5],
  );
  deepStrictEqual(entries[1].operations, [
    { op: "increment", path: ["l", 0], value: "1" },
  ]);
});

Deno.test("history says how many more operations a change had", async () => {
  await using session = await CliSession.create();
  const texts = Array.from({ length: 60 }, (_, index) => `state.k${index}=v`);
  await session.run("set", ...texts);
  const { stdout } = await session.run("history", "--limit", "1");
  match(stdout, /, and \d+ more\n$/);
});

Deno.test("diff compares revisions, and without any shows the last change", async () => {
  await using session = await create();
  const last = await session.run("diff");
  strictEqual(last.stdout, '-  state.a  "1"  |\n');
  const between = await session.run("diff", "1", "3");
  strictEqual(
    between.stdout,
    '~  l        [1]  |  [1,"x"]\n+  state.a       |  "1"\n',
  );
  const since = await session.run("diff", "5", "--output", "json");
  deepStrictEqual(JSON.parse(since.stdout), [
    { path: ["state", "a"], before: "1" },
  ]);
  strictEqual((await session.run("diff", "99")).code, 3);
});

Deno.test("diff of a document's first revision prints nothing", async () => {
  await using session = await CliSession.create();
  deepStrictEqual(await session.run("diff"), {
    code: 0,
    stdout: "",
    stderr: "",
  });
});

Deno.test("diff reports a document that has no history yet", async () => {
  await using session = await CliSession.create();
  const config = await Deno.readTextFile(`${session.path}/config.yaml`);
  await session.write(
    "config.yaml",
    config.replace("sqlite: {", "sqlite: {history: {max-entries: 0}, "),
  );
  await session.run("init", "run-2");
  await session.write("config.yaml", config);
  deepStrictEqual(await session.run("diff", "--id", "run-2"), {
    code: 3,
    stdout: "",
    stderr: 'cicdstatemgr: Cannot compare revisions: document "run-2" has no ' +
      "history yet. Change the document; the history starts with the next change.\n",
  });
});

Deno.test("rollback restores a revision, as a new change", async () => {
  await using session = await create();
  const stale = await session.run("rollback", "2", "--if-revision", "5");
  strictEqual(stale.code, 4);
  const done = await session.run("rollback", "2", "--if-revision", "6");
  deepStrictEqual(done, { code: 0, stdout: "", stderr: "" });
  strictEqual((await session.run("get", "state.a", "l")).stdout, "1\n[1]\n");
  match(
    (await session.run("history", "--limit=1")).stdout,
    /^7 .* rollback to 2\n/,
  );
  const gone = await session.run("rollback", "99");
  strictEqual(gone.code, 3);
  match(gone.stderr, /No revision 99 of document "run-1"/);
});

Deno.test("rollback --output json prints the revision that it restored", async () => {
  await using session = await create();
  const { stdout } = await session.run("rollback", "2", "--output", "json");
  deepStrictEqual(JSON.parse(stdout), { id: "run-1", restored: 2 });
});

Deno.test("diff continues long values on the next line, side by side", async () => {
  const long = ["x".repeat(60), "é😀".repeat(30)];
  await using session = await CliSession.create({ a: long[0] });
  await session.run("set", `a=${long[1]}`, "b=1");
  const { stdout } = await session.run("diff");
  const [before = [], after = []] = long.map((text) => [...`"${text}"`]);
  strictEqual(
    stdout,
    `~  a  ${before.slice(0, 48).join("")}  |  ${
      after.slice(0, 48).join("")
    }\n` +
      `      ${before.slice(48).join("").padEnd(53)}${
        after.slice(48).join("")
      }\n` +
      `+  b  ${" ".repeat(48)}  |  "1"\n`,
  );
});
