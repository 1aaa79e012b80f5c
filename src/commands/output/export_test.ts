import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

const CONTEXT = {
  git: { sha: "1f2e", branch: "main" },
  scalars: {
    text: "it's",
    number: 3,
    float: 1.5,
    yes: true,
    none: null,
    empty: "",
    template: "{{ 1 / 0 }}",
  },
  list: ["a", { b: "c" }],
  hollow: { list: [], mapping: {} },
  odd: { "a-b": 1, "c d": 2, é: 3 },
};

const CASES: readonly [string, readonly string[], string][] = [
  [
    "keys below the path",
    ["git", "--format", "shell"],
    "sha='1f2e'\nbranch='main'\n",
  ],
  [
    "values as templates print them, and templates as they are stored",
    ["scalars", "--format", "shell"],
    "text='it'\\''s'\nnumber='3'\nfloat='1.5'\nyes='True'\nnone=''\nempty=''\n" +
    "template='{{ 1 / 0 }}'\n",
  ],
  [
    "the last key for a value at the path",
    ["git.sha", "--format", "shell"],
    "sha='1f2e'\n",
  ],
  [
    "an index after the last key",
    ["list[0]", "--format", "shell", "--upper"],
    "LIST__0='a'\n",
  ],
  [
    "indexes below a list",
    ["list", "--format", "dotenv", "--prefix", "n_"],
    "n_0=a\nn_1__b=c\n",
  ],
  ["nothing for what is empty", ["hollow", "--format", "shell"], ""],
  [
    "_ for other characters",
    ["odd", "--format", "dotenv"],
    "a_b=1\nc_d=2\n_=3\n",
  ],
  [
    "a prefix as it is written, and capitals",
    ["git", "--format", "shell", "--prefix", "git_", "--upper", "--export"],
    "export git_SHA='1f2e'\nexport git_BRANCH='main'\n",
  ],
  [
    "JSON with the types of the values",
    ["scalars.number", "--format", "json"],
    '{\n  "number": 3\n}\n',
  ],
  [
    "YAML",
    ["list", "--format", "yaml", "--prefix", "n_"],
    "n_0: a\nn_1__b: c\n",
  ],
  [
    "a report for GitLab",
    ["git", "--format", "gitlab-dotenv", "--out", "-"],
    "sha=1f2e\nbranch=main\n",
  ],
];

for (const [name, args, stdout] of CASES) {
  Deno.test(`export writes ${name}`, async () => {
    await using session = await CliSession.create(CONTEXT);
    deepStrictEqual(await session.run("export", ...args), {
      code: 0,
      stdout,
      stderr: "",
    });
  });
}

Deno.test("export without a path names the whole document", async () => {
  await using session = await CliSession.create(CONTEXT);
  const { stdout } = await session.run("export", "--format", "json");
  const variables = JSON.parse(stdout);
  strictEqual(variables.git__sha, "1f2e");
  strictEqual(variables.list__1__b, "c");
  strictEqual(variables.state__cicdContextDataId, "run-1");
});

/** What is stored at `v`, the format, and what the error says. */
const REFUSED: readonly [unknown, string, RegExp][] = [
  [
    { "a-b": 1, "a.b": 2 },
    "shell",
    /Cannot export "v\.a-b" and "v\.a\.b": both would be named a_b\./,
  ],
  [
    { a: { b: 1 }, "a__b": 2 },
    "json",
    /"v\.a\.b" and "v\.a__b": both would be named a__b/,
  ],
  [
    { Tag: 1, tag: 2 },
    "github-output",
    /names differ only in case, Tag and tag/,
  ],
  [["x"], "shell", /"v\[0\]": 0 begins with a digit\. Add --prefix/],
  [{ PATH: "/tmp" }, "shell", /act on the variable PATH\. Add --prefix/],
  [{ LD_PRELOAD: "x.so" }, "github-env", /variable LD_PRELOAD/],
  [{ path: "/tmp" }, "dotenv", /variable path/],
  [{ GITHUB_SHA: "x" }, "github-env", /"v\.GITHUB_SHA": GitHub does not let/],
  [{ a: "x\0" }, "shell", /"v\.a": it contains NUL/],
  [{ a: "x\0" }, "tekton-results", /"v\.a": it contains NUL/],
  [{ a: "\ud800" }, "github-output", /half of a surrogate pair/],
  [{ a: "'\"`" + "\n" }, "dotenv", /has no quotes that can hold/],
  [{ a: "two words" }, "gitlab-dotenv", /cannot hold blanks/],
  [{ a: "x\ny" }, "gitlab-dotenv", /cannot hold line breaks/],
  [{ a: "$CI_JOB_TOKEN" }, "gitlab-dotenv", /GitLab replaces \$/],
  [
    { a: "x", b: "y".repeat(5119) },
    "gitlab-dotenv",
    /"v\.b": it takes 5122 of 5126 bytes, and .* may take 5119\./,
  ],
  [
    Object.fromEntries(Array.from({ length: 151 }, (_, i) => [`v${i}`, i])),
    "gitlab-dotenv",
    /there are 151 variables, and GitLab allows 150/,
  ],
  [
    { a: "x".repeat(600_000) },
    "github-output",
    /"v\.a": it takes 1200002 of 1200002 bytes, and .* may take 1048576\./,
  ],
  [
    { a: "x".repeat(131_070) },
    "github-env",
    /"v\.a": .* takes 131073 bytes, and Linux allows 131072\./,
  ],
  [
    { a: "x".repeat(3000), b: "<".repeat(300) },
    "tekton-results",
    /"v\.a": it takes 3032 of \d+ bytes, and the results of a Tekton task/,
  ],
  [{ _a: 1 }, "tekton-results", /"v\._a": _a does not begin and end with/],
];

for (const [value, format, says] of REFUSED) {
  const shown = JSON.stringify(value).slice(0, 40);
  Deno.test(`export as ${format} refuses ${shown} and writes nothing`, async () => {
    await using session = await CliSession.create({}, {
      "v.json": JSON.stringify(value),
    });
    await session.run("set", "--json", `v=@${session.path}/v.json`);
    const out = `${session.path}/out`;
    const { code, stdout, stderr } = await session.run(
      ...["export", "v", "--format", format, "--out", out],
    );
    deepStrictEqual([code, stdout], [1, ""]);
    match(stderr, says);
    match(stderr, /^cicdstatemgr: [^\n]+\n$/);
    strictEqual(await Deno.stat(out).catch(() => "none"), "none");
  });
}

Deno.test("export --export checks what Linux can pass to a program", async () => {
  await using session = await CliSession.create({ a: "x".repeat(131_070) });
  const args = ["export", "a", "--format", "shell"];
  strictEqual((await session.run(...args)).code, 0);
  const { code, stderr } = await session.run(...args, "--export");
  strictEqual(code, 1);
  match(stderr, /takes 131073 bytes/);
});

Deno.test("export --out appends whole lines for GitHub, and replaces other files", async () => {
  await using session = await CliSession.create(CONTEXT);
  const out = `${session.path}/out`;
  await Deno.writeTextFile(out, "old=1");
  const args = ["export", "git.sha", "--out", out, "--format"];
  await session.run(...args, "github-output");
  await session.run(...args, "github-output");
  match(
    await Deno.readTextFile(out),
    /^old=1\n(?:sha<<(end_[-\da-f]{36})\n1f2e\n\1\n){1}sha<<(end_[-\da-f]{36})\n1f2e\n\2\n$/,
  );
  await session.run(...args, "shell");
  strictEqual(await Deno.readTextFile(out), "sha='1f2e'\n");
});

Deno.test("export writes a file for each result of Tekton, without a line break", async () => {
  await using session = await CliSession.create(CONTEXT);
  const args = ["export", "git", "--format", "tekton-results"];
  const { code } = await session.run(...args, "--out", `${session.path}/r`);
  strictEqual(code, 0);
  strictEqual(await Deno.readTextFile(`${session.path}/r/sha`), "1f2e");
  strictEqual(await Deno.readTextFile(`${session.path}/r/branch`), "main");
});

const MISUSE: readonly [readonly string[], number, RegExp][] = [
  [["git"], 2, /Flag --format is missing\. Pass --format FORMAT/],
  [["git", "--format", "bash"], 2, /Write shell, dotenv, .* or yaml/],
  [["git", "--format", "dotenv", "--export"], 2, /--export with dotenv/],
  [["git", "--format", "shell", "--prefix", "1"], 2, /letters, digits and _/],
  [["git", "--format", "tekton-results", "--out", "-"], 2, /is a file\./],
  [["gti", "--format", "shell"], 3, /Did you mean "git"\?/],
  [["git", "--format", "shell", "--id", "x"], 3, /No document "x"/],
  [["git[", "--format", "shell"], 1, /brackets hold the index/],
  [["git", "--format", "shell", "--out", "/"], 1, /it is a folder/],
  [["git", "--format", "github-env", "--out", "/"], 1, /it is a folder/],
];

for (const [args, status, says] of MISUSE) {
  Deno.test(`export ${args.join(" ")} exits with ${status}`, async () => {
    await using session = await CliSession.create(CONTEXT);
    const { code, stdout, stderr } = await session.run("export", ...args);
    deepStrictEqual([code, stdout], [status, ""]);
    match(stderr, says);
    match(stderr, /^cicdstatemgr: [^\n]+\n$/);
  });
}
