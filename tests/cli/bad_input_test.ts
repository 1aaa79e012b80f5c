import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { Workspace } from "../support/workspace.ts";

const CONFIG = `cicdstatemgr:
  datasources:
    sqlite: {path: store/state.db, isPrimary: true}
    jsonfile: {path: mirror/state.json}
    shellfile: {path: mirror/state.sh}
`;

const APP = `cicd-contexts:
  stage:
    pipelines: {build: {event-handlers: {}}}
    scalar: text
    list: [1]
`;

const INIT = ["--init-new", "run-1", "--init-app-config-file", "app.yaml"];

/** What a command line must say, and how it must end. */
interface Misuse {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly status: number;
  readonly says: RegExp;
}

const MISUSES: readonly Misuse[] = [
  {
    name: "a missing config",
    args: ["--config", "none.yaml", "--set", "state.a=1"],
    status: 1,
    says: /config file "none\.yaml": no such file\. .*--config/,
  },
  {
    name: "a config that is a folder",
    args: ["--config", "store", "--set", "state.a=1"],
    status: 1,
    says: /"store": it is a folder/,
  },
  {
    name: "a config that is not YAML",
    files: { "bad.yaml": "cicdstatemgr: {a: b: c}\n" },
    args: ["--config", "bad.yaml", "--set", "state.a=1"],
    status: 1,
    says:
      /Cannot parse config file "bad\.yaml" at line 1, column 20: expected ","/,
  },
  {
    name: "a misspelt datasource",
    files: { "bad.yaml": "cicdstatemgr: {datasources: {jsonfle: {path: x}}}" },
    args: ["--config", "bad.yaml", "--set", "state.a=1"],
    status: 1,
    says:
      /datasources\.jsonfle" is not a kind of datasource\. Did you mean "jsonfile"\?/,
  },
  {
    name: "a config without a primary",
    files: { "bad.yaml": "cicdstatemgr: {datasources: {idfile: {path: x}}}" },
    args: ["--config", "bad.yaml", "--set", "state.a=1"],
    status: 1,
    says: /datasources" has no primary\. Set isPrimary: true/,
  },
  {
    name: "missing secrets",
    args: ["--secrets", "none.yaml", "--set", "state.a=1"],
    status: 1,
    says: /secrets file "none\.yaml": no such file/,
  },
  {
    name: "a missing app config file",
    args: ["--init-new", "run-1", "--init-app-config-file", "none.yaml"],
    status: 1,
    says: /app config file "none\.yaml": no such file/,
  },
  {
    name: "a missing base",
    files: { "based.yaml": `bases: [none.yaml]\n${APP}` },
    args: [
      ...["--init-new", "run-1", "--init-app-config-file", "based.yaml"],
      ...["--init-bases-dir", "."],
    ],
    status: 1,
    says:
      /base file "\.\/none\.yaml": no such file\. .* base of app config file "based\.yaml"/,
  },
  {
    name: "bases without a folder",
    files: { "based.yaml": `bases: [none.yaml]\n${APP}` },
    args: ["--init-new", "run-1", "--init-app-config-file", "based.yaml"],
    status: 1,
    says: /"none\.yaml".*Pass --bases-dir DIR to cicdstatemgr init/,
  },
  {
    name: "a type clash in a merge",
    files: {
      "based.yaml": `bases: [base.yaml]\n${APP}`,
      "base.yaml": "cicd-contexts: {stage: {scalar: {a: 1}}}\n",
    },
    args: [
      ...["--init-new", "run-1", "--init-app-config-file", "based.yaml"],
      ...["--init-bases-dir", "."],
    ],
    status: 1,
    says:
      /"based\.yaml" at line 5, column 13: "cicd-contexts\.stage\.scalar" is a string here, but a mapping/,
  },
  {
    name: "an unknown context",
    args: [...INIT, "--init-cicd-context-name", "prod"],
    status: 3,
    says: /No context "prod".*Known contexts: stage/,
  },
  {
    name: "an unknown id",
    args: ["--id", "other", "--set", "state.a=1"],
    status: 3,
    says:
      /No document "other" in sqlite store\/state\.db.*cicdstatemgr init other/,
  },
  {
    name: "a missing file:// target",
    args: ["--set", "state.ok=1|state.a=file://none.json"],
    status: 1,
    says: /file "none\.json": no such file\. .*--set state\.a/,
  },
  {
    name: "a path through a string",
    args: ["--set", "state.ok=1|scalar.a.b=1"],
    status: 1,
    says: /"scalar\.a\.b".*"scalar" holds a string/,
  },
  {
    name: "a list operation on a string",
    args: ["--set", "scalar[]=1"],
    status: 1,
    says: /"scalar" holds a string, not a list/,
  },
  {
    name: "a path with an empty key",
    args: ["--set", "state..a=1"],
    status: 1,
    says: /"state\.\.a".*empty key/,
  },
  {
    name: "an event without its name",
    args: ["--handle-event", "build"],
    status: 2,
    says: /--handle-event "build"\. Write PIPELINE=EVENT/,
  },
  {
    name: "an event with two names",
    args: ["--handle-event", "build=a=b"],
    status: 2,
    says: /--handle-event "build=a=b"/,
  },
  {
    name: "an unknown pipeline",
    args: ["--handle-event", "biuld=started"],
    status: 3,
    says: /no pipeline "biuld".*Did you mean "build"\?/,
  },
  {
    name: "a JSONPath that does not parse",
    args: ["--get", "state.[["],
    status: 1,
    says: /Cannot parse JSONPath "state\.\[\["/,
  },
  {
    name: "generators that are not there",
    args: ["--generate", "none"],
    status: 3,
    says: /Nothing at "none" in document/,
  },
  {
    name: "no command",
    args: ["--id", "run-1"],
    status: 2,
    says: /No command is given\. Add one of --init-new/,
  },
  {
    name: "an unknown flag",
    args: ["--sett", "state.a=1"],
    status: 2,
    says: /Unknown flag --sett\. Did you mean --set\?/,
  },
  {
    name: "an unknown log level",
    args: ["--load", "--log-level", "LOUD"],
    status: 2,
    says: /Cannot use --log-level "LOUD"\. Write DEBUG, INFO/,
  },
  {
    name: "a mirror whose folder is a file",
    files: {
      "bad.yaml": CONFIG.replace("mirror/state.sh", "app.yaml/state.sh"),
    },
    args: ["--config", "bad.yaml", "--set", "state.a=1"],
    status: 1,
    says: /shellfile app\.yaml\/state\.sh.*a file, not a folder/,
  },
  {
    name: "a URL that is not for Redis",
    files: {
      "bad.yaml":
        "cicdstatemgr: {datasources: {redis: {url: 'http://127.0.0.1', isPrimary: true}}}",
    },
    args: ["--config", "bad.yaml", "--set", "state.a=1"],
    status: 1,
    says: /redis:\/\//,
  },
  {
    name: "an authority's certificate that is not there",
    files: {
      "bad.yaml":
        "cicdstatemgr: {datasources: {redis: {tls: {ca-file: none.crt}, isPrimary: true}}}",
    },
    args: ["--config", "bad.yaml", "--set", "state.a=1"],
    status: 1,
    says: /ca-file none\.crt: no such file/,
  },
  {
    name: "an encryption key of the wrong length",
    files: {
      "bad.yaml":
        "cicdstatemgr: {encryption: {keys: [c2hvcnQ=]}, datasources: {sqlite: {path: s.db, isPrimary: true}}}",
    },
    args: ["--config", "bad.yaml", "--set", "state.a=1"],
    status: 1,
    says: /key 1 is not 32 bytes.*openssl rand/,
  },
  {
    name: "a Redis that does not answer",
    files: {
      "bad.yaml":
        "cicdstatemgr: {datasources: {redis: {host: 127.0.0.1, port: 1, connect-timeout-ms: 300, isPrimary: true}}}",
    },
    args: ["--config", "bad.yaml", "--set", "state.a=1"],
    status: 1,
    says: /redis 127\.0\.0\.1:1\/0.*refused/,
  },
];

for (const { name, files = {}, args, status, says } of MISUSES) {
  Deno.test(`the CLI says in one line how to fix ${name}, and changes nothing`, async () => {
    await using workspace = await Workspace.create({
      "config.yaml": CONFIG,
      "app.yaml": APP,
      ...files,
    });
    const init = await workspace.run(...INIT);
    deepStrictEqual(init, { code: 0, stdout: "run-1\n", stderr: "" });
    const before = await mirrors(workspace);

    const { code, stdout, stderr } = await workspace.run(...args);

    match(stderr, /^cicdstatemgr: [^\n]+\n$/);
    match(stderr, says);
    strictEqual(stdout, "");
    strictEqual(code, status);
    deepStrictEqual(await mirrors(workspace), before);
    const reload = await workspace.run("--load");
    deepStrictEqual(reload, { code: 0, stdout: "", stderr: "" });
    deepStrictEqual(await mirrors(workspace), before);
  });
}

Deno.test("the CLI shows where a failure came from at the level DEBUG only", async () => {
  await using workspace = await Workspace.create({ "config.yaml": CONFIG });
  const { stderr } = await workspace.run("--load", "-l", "DEBUG");
  match(stderr, /No document "run-1"[^]*\n {4}at /);
});

Deno.test("the CLI names the flag that Deno lacks", async () => {
  await using workspace = await Workspace.create({
    "config.yaml": CONFIG,
    "app.yaml": APP,
  });
  workspace.permissions = ["--allow-env", "--allow-read"];
  const { code, stderr } = await workspace.run(...INIT);
  match(stderr, /^cicdstatemgr: [^\n]*--allow-write=mirror[^\n]*\n$/);
  strictEqual(code, 1);
  workspace.permissions = ["--allow-env"];
  match((await workspace.run(...INIT)).stderr, /--allow-read=config\.yaml/);
});

async function mirrors(workspace: Workspace): Promise<string[]> {
  return await Promise.all(
    ["state.json", "state.sh"].map((name) =>
      Deno.readTextFile(`${workspace.path}/mirror/${name}`)
    ),
  );
}
