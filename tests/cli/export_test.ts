import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import dotenv from "npm:dotenv@18.0.10";
import { encodeVariables } from "../../src/formats/export/targets.ts";
import {
  nastyStrings,
  readGithubFile,
  readGitlabReport,
} from "../support/export_readers.ts";
import { startRedis } from "../support/redis_server.ts";
import { Workspace } from "../support/workspace.ts";

const VALUES = nastyStrings(10_000, 20);

/** Creates a document with these strings at `big.v0`, `big.v1`, … */
async function holding(
  strings: readonly string[],
  primary: Record<string, unknown> = { sqlite: { path: "state.db" } },
): Promise<Workspace> {
  const [[kind, options]] = Object.entries(primary) as [[string, object]];
  const workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: { [kind]: { ...options, isPrimary: true } },
      },
    },
    "app.yaml": "cicd-contexts: {stage: {git: {sha: 1f2e, branch: main}}}",
    "values.json": named(strings),
  });
  await workspace.run("init", "run-1", "--app-config", "app.yaml");
  await workspace.run("set", "--json", "big=@values.json");
  return workspace;
}

function named(strings: readonly string[]): Record<string, string> {
  return Object.fromEntries(strings.map((text, index) => [`v${index}`, text]));
}

/** Runs `export big` and returns the file that it writes. */
async function exported(
  workspace: Workspace,
  format: string,
  ...flags: string[]
): Promise<string> {
  const { code, stdout, stderr } = await workspace.run(
    ...["export", "big", "--format", format, "--out", "out", ...flags],
  );
  deepStrictEqual([code, stdout, stderr], [0, "", ""]);
  return await Deno.readTextFile(`${workspace.path}/out`);
}

const SHELLS: Readonly<Record<string, readonly string[]>> = {
  bash: ["bash", "--noprofile", "--norc"],
  dash: ["dash"],
  zsh: ["zsh", "-f"],
  "busybox sh": ["busybox", "sh"],
};

Deno.test("export writes 10,000 strings that every shell reads back and none runs", async () => {
  await using workspace = await holding(VALUES);
  await exported(workspace, "shell");
  const prints = VALUES.map((_, index) => `printf '%s\\0' "$v${index}"\n`);
  await Deno.writeTextFile(
    `${workspace.path}/print`,
    `set -eu\n. ./out\n${prints.join("")}`,
  );
  for (const [shell, [program, ...args]] of Object.entries(SHELLS)) {
    const { stdout, stderr } = await new Deno.Command(program!, {
      args: [...args, "./print"],
      cwd: workspace.path,
      env: { LC_ALL: "C.UTF-8" },
    }).output();
    strictEqual(new TextDecoder().decode(stderr), "", shell);
    const read = new TextDecoder("utf-8", { ignoreBOM: true }).decode(stdout)
      .split("\0").slice(0, -1);
    deepStrictEqual(read, VALUES, shell);
  }
  const names = await Array.fromAsync(Deno.readDir(workspace.path));
  strictEqual(names.some(({ name }) => name === "PWNED"), false);
});

/** Reports whether the quotes of dotenv can hold a string. */
function dotenvHolds(text: string): boolean {
  const variable = { name: "A", path: "a", value: text, text };
  try {
    encodeVariables([variable], { target: "dotenv", exported: false });
    return true;
  } catch (error) {
    match(String(error), /Cannot export "a": a dotenv file has no quotes/);
    return false;
  }
}

Deno.test("export writes what npm:dotenv reads back", async () => {
  const held = VALUES.filter(dotenvHolds);
  // Few strings have a quote of each kind.
  ok(held.length > 9000, `${held.length}`);
  await using workspace = await holding(held);
  deepStrictEqual(
    { ...dotenv.parse(await exported(workspace, "dotenv")) },
    named(held),
  );
});

for (const format of ["github-output", "github-env"]) {
  Deno.test(`export appends to a file of ${format} what its rules read back`, async () => {
    // A job has 1 MB for its outputs.
    const strings = VALUES.filter((_, index) => index < 5000);
    await using workspace = await holding(strings);
    await Deno.writeTextFile(`${workspace.path}/out`, "before=1");
    const text = await exported(workspace, format);
    deepStrictEqual(
      Object.fromEntries(readGithubFile(text)),
      { before: "1", ...named(strings) },
    );
  });
}

Deno.test("export writes what a dotenv report of GitLab and the results of Tekton hold", async () => {
  const strings = VALUES.slice(2).filter((text) =>
    text.length < 20 && !/[ \t-\r$]/.test(text)
  ).slice(0, 100);
  await using workspace = await holding(strings);
  const report = await exported(workspace, "gitlab-dotenv");
  deepStrictEqual(Object.fromEntries(readGitlabReport(report)), named(strings));

  const few = VALUES.slice(2, 40);
  await workspace.run("set", "--json", `big=${JSON.stringify(named(few))}`);
  const { stderr } = await workspace.run(
    ...["export", "big", "--format", "tekton-results", "--out", "results"],
  );
  strictEqual(stderr, "");
  for (const [name, text] of Object.entries(named(few))) {
    const bytes = await Deno.readFile(`${workspace.path}/results/${name}`);
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    strictEqual(decoder.decode(bytes), text);
  }
});

Deno.test("export works on every kind of store", async () => {
  await using redis = await startRedis();
  const { host, port } = redis.options;
  const primaries = [
    { sqlite: { path: "state.db" } },
    { jsonfile: { path: "state.json" } },
    { yamlfile: { path: "state.yaml" } },
    { redis: { host, port } },
  ];
  for (const primary of primaries) {
    await using workspace = await holding(["a'b"], primary);
    const shell = await workspace.run("export", "big", "--format", "shell");
    deepStrictEqual(shell, { code: 0, stdout: "v0='a'\\''b'\n", stderr: "" });
    const near = await workspace.run("export", "gti", "--format", "shell");
    strictEqual(near.code, 3);
    match(near.stderr, /Nothing at "gti".*Did you mean "git"\?/);
  }
});
