import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

const GOOD_CONFIG = `cicdstatemgr:
  datasources:
    sqlite: {path: "@DIR@/state.db", isPrimary: true}
`;

/** A config with what handlers need. */
const EVENTS_CONFIG = `${GOOD_CONFIG}  slack: {url: "http://127.0.0.1:9/chat"}
  trigger: {url: "http://127.0.0.1:9/trigger"}
  templates: {notify: x, manual-choice: x, respond: x}
`;

/** Files, and the lines that report what is wrong with them. */
interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** `FILE:LINE:COLUMN: SEVERITY:`, and a part of the message. */
  readonly lines: readonly (readonly [string, RegExp])[];
}

const CASES: readonly Case[] = [
  {
    name: "all mistakes of a config at once",
    files: {
      "config.yaml": `cicdstatemgr:
  datasources:
    sqlite: {path: s.db, isPrimray: true}
  slack: {url: 3}
  http: {retries: many}
  templates:
    notify: |
      {"text": {{ notify.message }},
       "x": {{ notify.x | json_dmps }}}
  trigger:
    headers:
    - {name: A, value: "a {{ secretData.x | base65 }}"}
`,
    },
    lines: [
      ["config.yaml:3:26: error:", /sqlite\.isPrimray.*Did you mean/],
      ["config.yaml:4:16: error:", /slack\.url" is an integer/],
      ["config.yaml:5:19: error:", /http\.retries" is "many"/],
      ["config.yaml:9:27: error:", /filter "json_dmps".*json_dumps/],
      ["config.yaml:12:45: error:", /filter "base65"/],
    ],
  },
  {
    name: "the config although the secrets are wrong, and no secret value",
    files: {
      "config.yaml": `${GOOD_CONFIG}  slack: {url: 3}\n`,
      "secrets.yaml":
        "cicdstatemgr:\n  datasources: hunter-two\n  slack: {token: [hunter-two]}\n",
    },
    args: ["--secrets", "@DIR@/secrets.yaml"],
    lines: [
      ["config.yaml:4:16: error:", /slack\.url/],
      ["secrets.yaml:2:16: error:", /datasources" is a string/],
      ["secrets.yaml:3:18: error:", /slack\.token" is a list/],
    ],
  },
  {
    name: "files that cannot be read or parsed",
    files: { "config.yaml": "cicdstatemgr: [\n" },
    args: ["@DIR@/none.yaml"],
    lines: [
      ["config.yaml:2:1: error:", /Cannot parse config file/],
      ["none.yaml: error:", /Cannot read app config file.*none\.yaml/],
    ],
  },
  {
    name: "templates, JSONPaths, handlers and generators of all contexts",
    files: {
      "config.yaml": EVENTS_CONFIG,
      "app.yaml": `bases: [base.yaml]
variables:
  a: "{{ tga('x') }}"
  b: "{{ tag('x') }}"
cicd-contexts:
  stage:
    note: "{{ .Values.x }}"
    generators:
      image:
        name:
          sets: [{key: a, value: b}]
        other:
          set: [{keyy: a, value: b}]
    pipelines:
      build:
        event-handlers:
          go:
            notfy: {message: x}
            notify: {mesage: "hello"}
            manual-choice:
              title: x
              choice-generators:
                g: {foreach: "a.[[", iterator: b, template: "{% if x %}"}
            set-values:
              set:
              - from: |-
                  first
                    {{ 1 is evn }}
                to: x
            own: {}
  prod: {pipelines: {build: {event-handlers: 3}}}
`,
      "base.yaml": `jinja2-macros:
  tag: "{% macro tag(n) %}{{ n | uper }}{% endmacro %}"
`,
    },
    args: ["@DIR@/app.yaml", "--bases-dir", "@DIR@"],
    lines: [
      ["app.yaml:3:10: error:", /macro "tga".*Did you mean "tag"/],
      ["app.yaml:7:15: warning:", /stage\.note" cannot be parsed/],
      ["app.yaml:11:11: error:", /name\.sets" is not.*Did you mean "set"/],
      ["app.yaml:13:18: error:", /keyy" is not.*Did you mean "key"/],
      ["app.yaml:18:13: error:", /go\.notfy".*Did you mean "notify"/],
      ["app.yaml:19:22: error:", /mesage" is not.*Did you mean "message"/],
      ["app.yaml:23:30: error:", /foreach" is not a JSONPath\. .*column 4/],
      ["app.yaml:23:72: error:", /template" cannot be parsed: .*'if'/],
      ["app.yaml:28:29: error:", /test "evn".*Did you mean "even"/],
      ["app.yaml:30:13: warning:", /own" is not a kind of handler/],
      ["app.yaml:31:46: error:", /event-handlers" is 3/],
      ["base.yaml:2:34: error:", /filter "uper"/],
    ],
  },
  {
    name: "a key that only a base spells right",
    files: {
      "app.yaml": "bases: [base.yaml]\ncicd-context: {stage: {}}\n",
      "base.yaml": "cicd-contexts: {stage: {}}\n",
    },
    args: ["@DIR@/app.yaml", "--bases-dir", "@DIR@"],
    lines: [
      ["app.yaml:2:1: error:", /cicd-context".*Did you mean "cicd-contexts"/],
    ],
  },
  {
    name: "a misspelled title once, and paths that cannot be set",
    files: {
      "config.yaml": `${EVENTS_CONFIG}  notify:
    auto-capture-response-data: [{from: a, to: "b..c"}]
`,
      "app.yaml": `cicd-contexts:
  stage:
    pipelines:
      build:
        event-handlers:
          go:
            manual-choice:
              titel: x
              choices: {a: {header: h}}
              choice-generators: {}
            set-values:
              set:
              - {from: a, to: "state..x"}
              - {from: a, to: "state.x[]"}
              - {from: a, to: "state.{{ b }}"}
            notify:
              message: x
              to: "not..a path"
              capture-response-data: [{from: a, to: "state.x."}]
`,
    },
    args: ["@DIR@/app.yaml"],
    lines: [
      ["app.yaml:8:15: error:", /titel" is not.*Did you mean "title"/],
      ["app.yaml:13:31: error:", /set\[0\]\.to" is not a path\. .*empty key/],
      ["app.yaml:19:53: error:", /data\[0\]\.to" is not a path/],
      ["config.yaml:8:48: error:", /data\[0\]\.to" is not a path/],
    ],
  },
  {
    name: "one context only",
    files: {
      "app.yaml":
        "cicd-contexts: {stage: {pipelines: 3}, prod: {pipelines: 4}}\n",
    },
    args: ["@DIR@/app.yaml", "--context", "prod"],
    lines: [["app.yaml:1:58: error:", /prod\.pipelines" is 4/]],
  },
  {
    name: "an unknown context",
    files: { "app.yaml": "cicd-contexts: {stage: {}}\n" },
    args: ["@DIR@/app.yaml", "--context", "stgae"],
    lines: [["app.yaml: error:", /No context "stgae".*"stage"/]],
  },
  {
    name: "what YAML aliases repeat once, and other files without a base",
    files: {
      "config.yaml": EVENTS_CONFIG,
      "app.yaml": `bases: [none.yaml]
cicd-contexts:
  stage: &stage
    pipelines: {b: {event-handlers: {go: {respond: {url: "{{ a | x1 }}"}}}}}
  prod: *stage
`,
    },
    args: ["@DIR@/app.yaml", "--bases-dir", "@DIR@"],
    lines: [
      ["app.yaml:4:66: error:", /filter "x1"/],
      ["none.yaml: error:", /Cannot read base file/],
    ],
  },
];

for (const { name, files, args = [], lines } of CASES) {
  Deno.test(`validate reports ${name}`, async () => {
    await using session = await CliSession.create();
    for (const [file, text] of Object.entries(files)) {
      await session.write(file, text);
    }
    const { code, stdout, stderr } = await session.run(
      "validate",
      ...args.map((arg) => arg.replace("@DIR@", session.path)),
    );
    const found = stdout.trimEnd().replaceAll(`${session.path}/`, "")
      .split("\n");
    deepStrictEqual(
      found.map((line) => /^.*?: (?:error|warning):/.exec(line)?.[0]),
      lines.map(([place]) => place),
    );
    lines.forEach(([, message], index) => match(found[index]!, message));
    deepStrictEqual([code, stderr], [8, ""]);
    strictEqual(stdout.includes("hunter"), false);
  });
}

Deno.test("validate says that nothing is wrong", async () => {
  await using session = await CliSession.create({ a: "{{ b | upper }}" });
  const { code, stdout, stderr } = await session.run(
    "validate",
    `${session.path}/app.yaml`,
  );
  deepStrictEqual([code, stdout], [0, ""]);
  match(stderr, /Found nothing wrong with .*config\.yaml, .*app\.yaml\.\n$/);
});

Deno.test("validate succeeds with warnings", async () => {
  await using session = await CliSession.create({ a: "{{ .Values }}" });
  const { code, stdout } = await session.run(
    ...["validate", `${session.path}/app.yaml`, "--quiet"],
  );
  strictEqual(code, 0);
  match(stdout, /^\S+:1:\d+: warning: "cicd-contexts\.stage\.a" cannot/);
});

Deno.test("validate needs a file, and takes an app config alone", async () => {
  await using session = await CliSession.create();
  const env = { CICDSTATEMGR_CONFIG_PATH: "" };
  const none = await session.call(["validate"], { env });
  strictEqual(none.code, 2);
  match(none.stderr, /No file is named\. Write cicdstatemgr validate APP_FILE/);
  const alone = await session.call(
    ["validate", `${session.path}/app.yaml`, "--output", "json"],
    { env },
  );
  strictEqual(alone.stdout, "[]\n");
});

Deno.test("validate --output json prints each finding with its place", async () => {
  await using session = await CliSession.create();
  const file = `${session.path}/app.yaml`;
  await session.write("app.yaml", "variables: {a: '{{ b | uper }}'}\n");
  const { code, stdout } = await session.run(
    "validate",
    file,
    "--output",
    "json",
  );
  strictEqual(code, 8);
  deepStrictEqual(JSON.parse(stdout), [{
    severity: "error",
    file,
    line: 1,
    column: 24,
    path: "variables.a",
    message: '"variables.a" uses filter "uper", which does not exist',
    hint: 'Did you mean "upper"?',
  }]);
});

Deno.test("validate --output github escapes what GitHub would act on", async () => {
  await using session = await CliSession.create();
  await session.write(
    "a,b:c%.yaml",
    'variables: {"x%\\n::y": "{{ a | uper }}"}\n',
  );
  const { stdout } = await session.run(
    ...["validate", `${session.path}/a,b:c%.yaml`, "--output", "github"],
  );
  strictEqual(
    stdout.replace(session.path, ""),
    "::error file=/a%2Cb%3Ac%25.yaml,line=1,col=32::" +
      '"variables.x%25%0A::y" uses filter "uper", which does not exist. ' +
      'Did you mean "upper"?\n',
  );
});
