import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../tests/support/cli_session.ts";

/** What sets a value, and what it must then be; `undefined`: not set. */
const SETS: readonly [string, readonly string[], unknown][] = [
  ["two forms of one flag", ["--set", "a=1", "--set=b=x=y"], {
    a: "1",
    b: "x=y",
  }],
  ["pairs split by |", ["--set", "a=1 | b= two "], { a: "1", b: "two" }],
  ["list marks", ["--set", "l[]=a,b|l{}=b,c", "--set", "m[]=[]"], {
    l: ["a", "b", "c"],
    m: [],
  }],
  ["a value that begins with a dash", ["--set=a=-x"], { a: "-x" }],
  ["literal values", ["--set-string", "a= x|b=file://y ", "--set-string=b="], {
    a: " x|b=file://y ",
    b: "",
  }],
  ["JSON", ["--set-json", 'a={"b": [1.0, null]}'], { a: { b: [1, null] } }],
  ["all three, --set first", [
    ...["--set-json", "a=[1]", "--set", "a=x", "--set-string", "a=y"],
    ...["--set", "b=1"],
  ], { a: [1], b: "1" }],
];

for (const [name, args, expected] of SETS) {
  Deno.test(`the old front door sets ${name}`, async () => {
    await using session = await CliSession.create();
    const set = await session.run(...args);
    deepStrictEqual(set, { code: 0, stdout: "", stderr: "" });
    const { stdout } = await session.run("get", "$", "--output", "json");
    const document = JSON.parse(stdout);
    for (const [key, value] of Object.entries(expected as object)) {
      deepStrictEqual(document[key], value, key);
    }
  });
}

Deno.test("the old front door loads what file:// names, in --set alone", async () => {
  await using session = await CliSession.create({}, { "v.json": "[1, 2]" });
  await session.run("--set", `a=file://${session.path}/v.json`);
  strictEqual((await session.run("--get", "a")).stdout, "[1, 2]\n");
});

Deno.test("the old front door warns of what the command before it keeps from being done", async () => {
  await using session = await CliSession.create({ a: "A" });
  const got = await session.run("--get", "a", "--set", "a=B");
  strictEqual(got.stdout, "A\n");
  match(
    got.stderr,
    /^cicdstatemgr: warning: Ignored --set: only --get is run\.\n$/,
  );
  const loaded = await session.run("--load", "--set", "a=B", "--get", "a");
  strictEqual(loaded.stdout, "");
  match(loaded.stderr, /Ignored --get: only --load is run/);
  strictEqual((await session.run("--get", "a")).stdout, "B\n");
});

Deno.test("the old front door ignores flags of the Python tool that do not apply", async () => {
  await using session = await CliSession.create({ a: "A" });
  deepStrictEqual(
    await session.run(
      ...["--get", "a", "--pre-set-force-reload", "--init-bases-dir", "x"],
      ...["--init-app-config-file", "none", "--init-cicd-context-name", "n"],
    ),
    { code: 0, stdout: "A\n", stderr: "" },
  );
});

Deno.test("--if-absent and --if-revision guard --init-new", async () => {
  await using session = await CliSession.create();
  await session.run("--set", "state.a=1");
  const kept = await session.run("--init-new", "run-1", "--if-absent");
  deepStrictEqual(kept, { code: 0, stdout: "run-1\n", stderr: "" });
  strictEqual((await session.run("--get", "state.a")).stdout, "1\n");
  const stale = await session.run("--init-new", "run-1", "--if-revision", "1");
  strictEqual(stale.code, 4);
  const replaced = await session.run(
    "--init-new",
    "run-1",
    "--if-revision",
    "2",
  );
  strictEqual(replaced.code, 0);
  strictEqual((await session.run("--get", "state.a")).stdout, "");
});

Deno.test("--if-absent needs something to set", async () => {
  await using session = await CliSession.create();
  const { code, stderr } = await session.run("--load", "--if-absent");
  strictEqual(code, 2);
  match(stderr, /--if-absent needs --set/);
});

Deno.test("--help and --version win over what else an old command line says", async () => {
  await using session = await CliSession.create();
  match((await session.run("--get", "a", "--help")).stdout, /--init-new ID/);
  match((await session.run("--version")).stdout, /^cicdstatemgr \d+\.\d+/);
});

/** A document with something for every old command. */
async function createFull(): Promise<CliSession> {
  const session = await CliSession.create({
    generators: { g: { set: [{ key: "state.g", value: "{{ v }}" }] } },
    pipelines: {
      build: {
        "event-handlers": {
          go: { "set-values": { set: [{ from: "{{ v }}", to: "state.by" }] } },
        },
      },
    },
  });
  await session.run("set", "state.a=1");
  return session;
}

/** What each old command prints, and how `state` differs afterwards. */
const TRANSLATED: readonly [string, string | RegExp, string][] = [
  ["--load --set state.x=1", "", '+  state.x    |  "1"\n'],
  ["--generate generators --tmpl-ctx-var v=w", "", '+  state.g    |  "w"\n'],
  ["--handle-event build=go --tmpl-ctx-var v=w", "", '+  state.by    |  "w"\n'],
];

for (const [line, stdout, change] of TRANSLATED) {
  Deno.test(`the old front door translates ${line}`, async () => {
    await using session = await createFull();
    const ended = await session.run(...line.split(" "));
    deepStrictEqual([ended.code, ended.stderr], [0, ""]);
    if (typeof stdout === "string") strictEqual(ended.stdout, stdout);
    else match(ended.stdout, stdout);
    strictEqual((await session.run("diff", "2")).stdout, change);
  });
}

Deno.test("the old front door translates --init-new", async () => {
  await using session = await createFull();
  const init = await session.run(
    ...["--init-new", "run-2", "--handle-event", "build=go"],
    ...["--tmpl-ctx-var", "v=w", "--ttl", "7d"],
  );
  deepStrictEqual(init, { code: 0, stdout: "run-2\n", stderr: "" });
  const got = await session.run("--id", "run-2", "--get", "state.by");
  strictEqual(got.stdout, "w\n");
});

Deno.test("the old front door warns that --init-new ignores another --id", async () => {
  await using session = await CliSession.create();
  const other = await session.run("--init-new", "run-2", "--id", "run-3");
  deepStrictEqual(other, {
    code: 0,
    stdout: "run-2\n",
    stderr:
      "cicdstatemgr: warning: Ignored --id: --init-new names the document.\n",
  });
  const same = await session.run("--init-new", "run-4", "--id", "run-4");
  strictEqual(same.stderr, "");
});

Deno.test("the old front door says which flag a command lacks", async () => {
  await using session = await CliSession.create();
  const env = { CICDSTATEMGR_CONTEXT_DATA_ID: "" };
  const { code, stderr } = await session.call(["--get", "a"], { env });
  strictEqual(code, 2);
  match(
    stderr,
    /--id is missing\. Pass --id ID or set CICDSTATEMGR_CONTEXT_DATA_ID/,
  );
});

Deno.test("the old front door refuses a literal that is not PATH=VALUE", async () => {
  await using session = await CliSession.create();
  const text = await session.run("--set-string", "a");
  strictEqual(text.code, 2);
  match(text.stderr, /Cannot use --set-string "a"\. Write PATH=VALUE/);
  const json = await session.run("--set-json", "a=x");
  strictEqual(json.code, 8);
  match(json.stderr, /Cannot set "a": .*JSON/);
});
