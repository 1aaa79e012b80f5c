import {
  deepStrictEqual,
  match,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { CliSession } from "../../tests/support/cli_session.ts";
import { COMMAND_KEYS, OLD_FLAGS, type OldFlag } from "./compat_flags.ts";
import { readOldCommandLine } from "./compat.ts";
import { flagName } from "../commands/shared/command.ts";

function read(...argv: string[]) {
  return readOldCommandLine(argv, () => undefined);
}

async function isMisuse(
  argv: readonly string[],
  message: RegExp,
  hint: RegExp,
): Promise<void> {
  await rejects(
    read(...argv),
    (error: Error & { code: string; hint: string }) => {
      strictEqual(error.code, "USAGE");
      match(error.message, message);
      match(error.hint, hint);
      return true;
    },
  );
}

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

Deno.test("the old front door reads flags as argparse does", async () => {
  await using session = await CliSession.create({ a: "A", b: "{{ v }}" });
  const { path } = session;
  session.env = {};
  const cases: [readonly string[], string][] = [
    [["--config", `${path}/config.yaml`, "--id", "run-1", "--get", "a"], "A\n"],
    [[`--conf=${path}/config.yaml`, "--id=run-1", "--get=a"], "A\n"],
    [[
      "--id",
      "x",
      "--conf",
      `${path}/config.yaml`,
      "--id",
      "run-1",
      "--get",
      "b",
      "--tmpl",
      "v=1",
    ], "1\n"],
    [[
      "-l",
      "ERROR",
      "--conf",
      `${path}/config.yaml`,
      "--id",
      "run-1",
      "--get",
      "a",
    ], "A\n"],
    [[
      "-lERROR",
      "--conf",
      `${path}/config.yaml`,
      "--id",
      "run-1",
      "--get",
      "a",
    ], "A\n"],
  ];
  for (const [args, stdout] of cases) {
    deepStrictEqual(await session.run(...args), {
      code: 0,
      stdout,
      stderr: "",
    });
  }
});

const MISUSES: readonly [readonly string[], RegExp, RegExp][] = [
  [["--init", "x"], /--init is ambiguous/, /--init-new, .* or --init-cicd/],
  [["--lo"], /--lo is ambiguous/, /--load or --log-level/],
  [["--tt=7d"], /Unknown flag --tt/, /--ttl/],
  [["--hist"], /Unknown flag --hist/, /Did you mean --history\?/],
  [["--secret-file", "x"], /--secret-file/, /--secrets/],
  [["-x"], /Unknown flag -x/, /help compat/],
  [["--id", "--load"], /--id needs a value, found "--load"/, /--id=ID/],
  [["--id"], /--id needs a value$/, /--id ID/],
  [["--load=yes"], /--load takes no value/, /Write --load/],
  [["--get", "a", "stray"], /"stray": no flag takes it/, /quotes/],
  [["--id", "run-1"], /No command is given/, /--init-new, --load/],
  [["--get", "", "--id", "a"], /No command is given/, /empty value/],
  [["--set", "a=1", "--if-revision", ""], /--if-revision ""/, /revision/],
  [["--load", "--log-level", "LOUD"], /--log-level "LOUD"/, /DEBUG/],
  [["--history", "--limit", "0"], /--limit "0"/, /1 or more/],
  [["--diff", "1..2..3"], /--diff "1\.\.2\.\.3"/, /--diff 3\.\.5/],
];

for (const [argv, message, hint] of MISUSES) {
  Deno.test(`readOldCommandLine() refuses ${argv.join(" ")}`, () =>
    isMisuse(argv, message, hint));
}

/** A text that each flag with a value accepts. */
function sampleOf([key, flag]: [string, OldFlag]): string {
  const name = `--${flagName(key)}`;
  switch (flag.type) {
    case "switch":
      return name;
    case "integer":
      return `${name}=3`;
    case "duration":
      return `${name}=7d`;
    case "choice":
      return `${name}=${flag.choices[0]}`;
    default:
      return `${name}=${SAMPLES[key] ?? "a=b"}`;
  }
}

const SAMPLES: Readonly<Record<string, string>> = {
  diff: "3",
  ifRevision: "3",
  logLevel: "INFO",
  setJson: "a=1",
};

const ENTRIES: [string, OldFlag][] = Object.entries(OLD_FLAGS);

/** The flags that are not commands; the other forms of --set belong to a command. */
const MODIFIERS = ENTRIES.filter(([key]) =>
  !COMMAND_KEYS.includes(key) && !["help", "version"].includes(key)
);

for (const command of COMMAND_KEYS) {
  const commandText = sampleOf(
    ENTRIES.find(([key]) => key === command)!,
  );
  for (const entry of MODIFIERS) {
    const [key, flag] = entry;
    const argv = [commandText, sampleOf(entry)];
    // --set-string beside --rollback is a --set, which goes before --rollback.
    const isSet = key.startsWith("set") &&
      COMMAND_KEYS.indexOf("set") < COMMAND_KEYS.indexOf(command);
    if (flag.python || flag.with === undefined || flag.with.includes(command)) {
      Deno.test(`readOldCommandLine() accepts ${argv.join(" ")}`, async () => {
        await read(...argv);
      });
    } else {
      Deno.test(`readOldCommandLine() refuses ${argv.join(" ")}`, () =>
        isSet ? isMisuse(argv, /with --set$/, /one after the other/) : isMisuse(
          argv,
          new RegExp(
            `^Cannot use --${flagName(key)} with --${flagName(command)}$`,
          ),
          new RegExp(flag.with!.map((key) => `--${flagName(key)}`).join(".*")),
        ));
    }
  }
}

Deno.test("readOldCommandLine() refuses two commands that the Python tool does not have", async () => {
  await isMisuse(
    ["--set", "a=1", "--rollback", "3"],
    /Cannot use --rollback with --set/,
    /one after the other/,
  );
});

Deno.test("the old front door warns of what the command before it keeps from being done", async () => {
  await using session = await CliSession.create({ a: "A" });
  const got = await session.run("--get", "a", "--set", "a=B");
  strictEqual(got.stdout, "A\n");
  match(
    got.stderr,
    /^cicdstatemgr: warning: Ignored --set: only --get is run\n$/,
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
