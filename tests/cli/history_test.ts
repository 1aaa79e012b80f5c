import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { Workspace } from "../support/workspace.ts";

async function prepare(options = ""): Promise<Workspace> {
  const workspace = await Workspace.create({
    "config.yaml": `cicdstatemgr:
  datasources:
    sqlite: {path: state.db, isPrimary: true${options}}
    jsonfile: {path: state.json}
`,
    "app.yaml": "cicd-contexts: {stage: {}}\n",
    "secrets.yaml": "cicdstatemgr: {token: hunter-two}\n",
  });
  workspace.env = {
    CICDSTATEMGR_ACTOR: "ci@build-7",
    CICDSTATEMGR_SECRETS_PATH: "secrets.yaml",
    CICDSTATEMGR_INIT_APP_CONFIG_PATH: "app.yaml",
  };
  await workspace.run("--init-new", "run-1");
  return workspace;
}

Deno.test("history tells who changed what, newest first, and hides secrets", async () => {
  await using workspace = await prepare();
  await workspace.run("--set", "state.tag=v1|state.list[]=a,b");
  await workspace.run("--set", "state.token=hunter-two");
  const { stdout, code } = await workspace.run("history");
  strictEqual(code, 0);
  const rows = stdout.trimEnd().split("\n").map((row) => row.split(/ {2,}/));
  deepStrictEqual(rows.map(([revision, , ...rest]) => [revision, ...rest]), [
    ["3", "ci@build-7", 'state.token="***"'],
    ["2", "ci@build-7", 'state.tag="v1", state.list[]=["a","b"]'],
    ["1", "ci@build-7", "created"],
  ]);
  for (const [, time] of rows) match(time!, /^\d{4}-\d\d-\d\dT[\d:]{8}Z$/);
  const json = await workspace.run(
    "history",
    "--limit",
    "1",
    "--output",
    "json",
  );
  strictEqual(JSON.parse(json.stdout)[0].revision, 3);
  strictEqual(JSON.parse(json.stdout).length, 1);
});

Deno.test("diff and rollback compare and restore revisions", async () => {
  await using workspace = await prepare();
  await workspace.run("--set", "state.tag=v1");
  await workspace.run("--set", "state.tag=v2|state.new=1");
  const since = await workspace.run("diff", "2");
  strictEqual(
    since.stdout,
    '~  state.tag  "v1"  |  "v2"\n+  state.new        |  "1"\n',
  );
  const between = await workspace.run("diff", "1", "2");
  strictEqual(between.stdout, '+  state.tag    |  "v1"\n');

  strictEqual((await workspace.run("rollback", "2")).code, 0);
  strictEqual((await workspace.run("--get", "state.tag")).stdout, "v1\n");
  strictEqual((await workspace.run("--get", "state.new")).stdout, "");
  match((await workspace.run("history")).stdout, /^4 .* rollback to 2\n3 /);
  const gone = await workspace.run("rollback", "99");
  strictEqual(gone.code, 3);
  match(
    gone.stderr,
    /No revision 99 of document "run-1".*cicdstatemgr history/,
  );
});

Deno.test("--if-revision and --if-absent are conflicts if they do not hold", async () => {
  await using workspace = await prepare();
  const first = await workspace.run("--set", "state.lock=a", "--if-absent");
  strictEqual(first.code, 0);
  const second = await workspace.run("--set", "state.lock=b", "--if-absent");
  strictEqual(second.code, 4);
  match(second.stderr, /"state\.lock": it already has a value/);
  const stale = await workspace.run("--set", "state.x=1", "--if-revision", "1");
  strictEqual(stale.code, 4);
  match(stale.stderr, /is at revision 2, not 1/);
  const odd = await workspace.run("--set", "state.x=1", "--if-revision", "two");
  strictEqual(odd.code, 2);
  match(odd.stderr, /Cannot use --if-revision "two"/);
  const fresh = await workspace.run("--set", "state.x=1", "--if-revision", "2");
  strictEqual(fresh.code, 0);
  strictEqual((await workspace.run("--get", "state.lock")).stdout, "a\n");
});

Deno.test("--set without a complete pair makes no revision", async () => {
  await using workspace = await prepare();
  const { code, stderr } = await workspace.run("--set", "nothing|=x");
  strictEqual(code, 0);
  match(stderr, /Skipped "nothing"[^]*Skipped "=x"/);
  strictEqual((await workspace.run("history")).stdout.split("\n").length, 2);
});

Deno.test("list shows documents, by prefix", async () => {
  await using workspace = await prepare();
  await workspace.run("--init-new", "other-1");
  const all = await workspace.run("list", "--output", "json");
  const ids = JSON.parse(all.stdout).map(({ id }: { id: string }) => id);
  deepStrictEqual(ids.toSorted(), ["other-1", "run-1"]);
  const some = await workspace.run("list", "--prefix", "run");
  match(some.stdout, /^run-1 {2}stage {2}1 {2}\d{4}-[^\n]+ {2}\d+\n$/);
});

Deno.test("remove removes a document once it is confirmed", async () => {
  await using workspace = await prepare();
  const asked = await workspace.run("remove", "run-1");
  strictEqual(asked.code, 2);
  match(asked.stderr, /stdin is not a terminal\. Add --yes/);
  strictEqual((await workspace.run("--get", "state")).code, 0);
  const removed = await workspace.run("remove", "run-1", "--yes");
  deepStrictEqual(removed, { code: 0, stdout: "", stderr: "" });
  strictEqual((await workspace.run("--get", "state")).code, 3);
});

Deno.test("a document is gone when its ttl has passed without a write", async () => {
  await using workspace = await prepare(", ttl: 1s");
  await Deno.remove(`${workspace.path}/state.json`);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  strictEqual((await workspace.run("--load")).code, 3);
  await workspace.run("--init-new", "run-1", "--ttl", "0");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  strictEqual((await workspace.run("--load")).code, 0);
});

Deno.test("--ttl on a primary without expiry is an error", async () => {
  await using workspace = await prepare();
  await Deno.writeTextFile(
    `${workspace.path}/config.yaml`,
    "cicdstatemgr: {datasources: {jsonfile: {path: p.json, isPrimary: true}}}",
  );
  const { code, stderr } = await workspace.run(
    "--init-new",
    "a",
    "--ttl",
    "7d",
  );
  strictEqual(code, 1);
  match(stderr, /the primary is a jsonfile\. Make redis or sqlite the primary/);
});
