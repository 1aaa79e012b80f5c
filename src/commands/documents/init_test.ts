import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

Deno.test("init refuses a document that exists, and leaves it as it is", async () => {
  await using session = await CliSession.create();
  await session.run("set", "a=1");
  const { code, stdout, stderr } = await session.run("init", "run-1");
  deepStrictEqual([code, stdout], [4, ""]);
  match(stderr, /^cicdstatemgr: Document "run-1" already exists[^\n]*\n$/);
  strictEqual((await session.run("get", "a")).stdout, "1\n");
});

Deno.test("init --if-absent keeps a document that exists, and prints its id", async () => {
  await using session = await CliSession.create();
  await session.run("set", "a=1");
  const again = await session.run("init", "run-1", "--if-absent");
  deepStrictEqual(again, { code: 0, stdout: "run-1\n", stderr: "" });
  strictEqual((await session.run("get", "a")).stdout, "1\n");
  const other = await session.run("init", "run-2", "--if-absent");
  strictEqual(other.stdout, "run-2\n");
  strictEqual((await session.run("exists", "state", "--id", "run-2")).code, 0);
});

Deno.test("init --replace and --if-revision replace a document", async () => {
  await using session = await CliSession.create();
  await session.run("set", "a=1");
  const stale = await session.run("init", "run-1", "--if-revision", "1");
  strictEqual(stale.code, 4);
  strictEqual((await session.run("init", "run-1", "--if-revision=2")).code, 0);
  strictEqual((await session.run("exists", "a")).code, 3);
  await session.run("set", "a=1");
  strictEqual((await session.run("init", "run-1", "--replace")).code, 0);
  strictEqual((await session.run("exists", "a")).code, 3);
});

Deno.test("init refuses --replace beside --if-absent", async () => {
  await using session = await CliSession.create();
  const { code, stderr } = await session.run(
    ...["init", "run-1", "--replace", "--if-absent"],
  );
  strictEqual(code, 2);
  match(stderr, /Cannot use both --replace and --if-absent/);
});

Deno.test("init builds the document from its flags", async () => {
  await using session = await CliSession.create({}, {
    "based.yaml": `bases: [base.yaml]
cicd-contexts: {prod: {region: north}}
variables: {title: "{{ state.tag }} in {{ region }} by {{ who }}"}
`,
    "base.yaml": "cicd-contexts: {prod: {replicas: 2}}",
  });
  const { path } = session;
  const init = await session.run(
    ...["init", "run-2", "--app-config", `${path}/based.yaml`],
    ...["--bases-dir", path, "--context", "prod", "--var", "who=ci"],
    ...["--set", "state.tag=v|1", "--set-json", "state.n=[1]"],
  );
  deepStrictEqual(init, { code: 0, stdout: "run-2\n", stderr: "" });
  const got = await session.run(
    ...["get", "region", "replicas", "state.tag", "state.n", "variables.title"],
    ...["--id", "run-2"],
  );
  strictEqual(got.stdout, "north\n2\nv|1\n[1]\nv|1 in north by ci\n");
});

Deno.test("init says what is missing", async () => {
  await using session = await CliSession.create();
  const { code, stderr } = await session.call(["init", "a"], {
    env: { CICDSTATEMGR_INIT_APP_CONFIG_PATH: "" },
  });
  strictEqual(code, 2);
  match(stderr, /--app-config is missing\. Pass --app-config FILE or set CICD/);
});
