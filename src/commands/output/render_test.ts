import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

const CONTEXT = { tag: "v1", list: ["a", "b"] };

const MACROS = "{% macro shout(x) %}{{ x | upper }}!{% endmacro %}" +
  "{% macro bad() %}{{ 1 / 0 }}{% endmacro %}";

/** Creates a document with macros, and a template `t`. */
async function create(template = ""): Promise<CliSession> {
  const session = await CliSession.create(CONTEXT, { t: template });
  await session.run("set", `jinja2Macros.all=${MACROS}`);
  return session;
}

const CASES: readonly [string, string, readonly string[], string][] = [
  ["values of the document", "image: app:{{ tag }}\n", [], "image: app:v1\n"],
  [
    "statements, and macros of the document",
    "{% for x in list %}{{ shout(x) }} {% endfor %}",
    [],
    "A! B! ",
  ],
  [
    "variables",
    "{{ who }} {{ what }}",
    ["--var", "who=list[0]", "--var", "what=a word"],
    "a a word",
  ],
  ["nothing for what is undefined", "<{{ gone }}>\n", [], "<>\n"],
  ["a file without tags as it is", "a\n\nb\n\n", [], "a\n\nb\n\n"],
  ["an empty file", "", [], ""],
];

for (const [name, template, flags, stdout] of CASES) {
  Deno.test(`render writes ${name}`, async () => {
    await using session = await create(template);
    const expected = { code: 0, stdout, stderr: "" };
    const file = `${session.path}/t`;
    deepStrictEqual(await session.run("render", file, ...flags), expected);
    deepStrictEqual(
      await session.call(["render", "-", ...flags], { stdin: template }),
      expected,
    );
  });
}

Deno.test("render --out replaces a file, and leaves it if the template fails", async () => {
  await using session = await create();
  const out = `${session.path}/out.txt`;
  const args = ["render", "-", "--out", out];
  const done = await session.call(args, { stdin: "{{ tag }}\n" });
  deepStrictEqual(done, { code: 0, stdout: "", stderr: "" });
  strictEqual(await Deno.readTextFile(out), "v1\n");
  const failed = await session.call(args, { stdin: "{{ 1 / 0 }}" });
  strictEqual(failed.code, 7);
  strictEqual(await Deno.readTextFile(out), "v1\n");
});

const FAILURES: readonly [string, RegExp][] = [
  [
    "a\nb: {{ 1 / 0 }}\n",
    /Cannot render stdin:2:9: division by zero \(b: \{\{ 1 \/ 0 \}\}\)\.\n/,
  ],
  ["{% if %}", /Cannot render stdin:1:\d+: /],
  ["{{ nope.a.b }}", /Cannot render stdin:1:\d+: 'nope' is undefined/],
  ["{{ bad() }}", /Cannot render stdin: division .*of the macros/],
  ["{% include 'x' %}", /Cannot render stdin:1:\d+: /],
];

for (const [template, says] of FAILURES) {
  Deno.test(`render exits with 7 for ${JSON.stringify(template)}`, async () => {
    await using session = await create();
    const { code, stdout, stderr } = await session.call(["render", "-"], {
      stdin: template,
    });
    deepStrictEqual([code, stdout], [7, ""]);
    match(stderr, says);
    match(stderr, /^cicdstatemgr: [^\n]+\n$/);
  });
}

Deno.test("render --strict-undefined refuses what is undefined", async () => {
  await using session = await create();
  const { code, stdout, stderr } = await session.call(
    ["render", "-", "--strict-undefined"],
    { stdin: "{{ tag }}\n{{ gone }}\n" },
  );
  deepStrictEqual([code, stdout], [7, ""]);
  match(stderr, /Cannot render stdin:2:4: 'gone' is undefined/);
});

Deno.test("render --lenient writes an error text in place of the template", async () => {
  await using session = await create();
  const { code, stdout, stderr } = await session.call(
    ["render", "-", "--lenient"],
    { stdin: "{{ 1 / 0 }}\n" },
  );
  strictEqual(code, 0);
  strictEqual(stdout, "<jinja2 parse error> {{ 1 / 0 }}\n\n");
  match(stderr, /division by zero/);
});

Deno.test("render of what does not exist says so", async () => {
  await using session = await create("x");
  const file = await session.run("render", `${session.path}/nope`);
  strictEqual(file.code, 1);
  match(file.stderr, /Cannot read template ".*nope": no such file/);
  const id = await session.run("render", `${session.path}/t`, "--id", "other");
  strictEqual(id.code, 3);
  const none = await session.run("render");
  strictEqual(none.code, 2);
});
