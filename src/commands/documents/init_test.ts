import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

Deno.test("init --output json prints the id", async () => {
  await using session = await CliSession.create();
  const { stdout } = await session.run("init", 'a"b', "--output", "json");
  deepStrictEqual(JSON.parse(stdout), { id: 'a"b' });
});

Deno.test("init --dry-run lists --set, and checks what init would check", async () => {
  const handler = { set: [{ from: "x", to: "state.by" }] };
  await using session = await CliSession.create({
    pipelines: {
      build: { "event-handlers": { go: { "set-values": handler } } },
    },
  });
  const args = ["--event", "build=go", "--dry-run", "--set", "state.a=1"];
  const plan = await session.run("init", "run-2", ...args);
  strictEqual(
    plan.stdout,
    'Would set state.a to "1"\n\nWould set state.by to "x"\n',
  );
  const json = await session.run("init", "run-2", ...args, "--output=json");
  deepStrictEqual(JSON.parse(json.stdout), {
    requests: [],
    operations: [
      { op: "set", path: ["state", "a"], value: "1" },
      { op: "set", path: ["state", "by"], value: "x" },
    ],
  });
  const exists = await session.run("init", "run-1", ...args);
  deepStrictEqual([exists.code, exists.stdout], [4, ""]);
  const kept = await session.run("init", "run-1", "--if-absent", ...args);
  deepStrictEqual(kept, {
    code: 0,
    stdout: "Nothing would be sent or set.\n",
    stderr: "",
  });
  const stale = await session.run("init", "run-1", "--if-revision=7", ...args);
  strictEqual(stale.code, 4);
});

Deno.test("init refuses a document that exists, and leaves it as it is", async () => {
  await using session = await CliSession.create();
  await session.run("set", "a=1");
  const { code, stdout, stderr } = await session.run("init", "run-1");
  deepStrictEqual([code, stdout], [4, ""]);
  match(
    stderr,
    /^cicdstatemgr: Document "run-1" already exists, at revision 2\. Use another id, or add --replace or --if-absent\.\n$/,
  );
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

const ONE_FILE = `cicdstatemgr:
  datasources:
    jsonfile: {path: "@DIR@/one.json", isPrimary: true}
    shellfile: {path: "@DIR@/state.sh"}
    idfile: {path: "@DIR@/state.id"}
`;

Deno.test("init refuses a file that holds another document, unless with --replace", async () => {
  await using session = await CliSession.create();
  await session.write("config.yaml", ONE_FILE);
  await session.run("init", "x");
  for (const condition of [[], ["--if-absent"]]) {
    const { code, stderr } = await session.run("init", "y", ...condition);
    strictEqual(code, 4);
    match(
      stderr,
      /^cicdstatemgr: Cannot create document "y": jsonfile \S+ holds "x"\. Use another path, or add --replace\.\n$/,
    );
  }
  const { code, stderr } = await session.run("init", "y", "--replace");
  strictEqual(code, 0);
  match(
    stderr,
    /^cicdstatemgr: Replaced document "x" in jsonfile \S+one\.json\n$/,
  );
});

Deno.test("init shortens the revision of a file", async () => {
  await using session = await CliSession.create();
  await session.write("config.yaml", ONE_FILE);
  await session.run("init", "x");
  const { stderr } = await session.run("init", "x");
  match(stderr, /already exists, at revision [\da-f]{12}…\. /);
});

Deno.test("remove deletes the mirrors that hold the document, and no others", async () => {
  await using session = await CliSession.create();
  await session.write("config.yaml", ONE_FILE);
  await session.run("init", "x");
  await session.write("state.id", "other");
  strictEqual((await session.run("remove", "x", "--yes")).code, 0);
  const left = await Array.fromAsync(Deno.readDir(session.path));
  const names = left.map(({ name }) => name);
  strictEqual(names.includes("state.sh"), false);
  strictEqual(names.includes("state.id"), true);
});

Deno.test("init refuses a datasource that would overwrite the app config", async () => {
  await using session = await CliSession.create();
  const path = `${session.path}/app.yaml`;
  const before = await Deno.readTextFile(path);
  const config = await Deno.readTextFile(`${session.path}/config.yaml`);
  await session.write("config.yaml", config.replace("state.json", "app.yaml"));
  const { code, stderr } = await session.run("init", "run-2");
  strictEqual(code, 1);
  match(stderr, /path of datasource "jsonfile" is the app config/);
  strictEqual(await Deno.readTextFile(path), before);
});
