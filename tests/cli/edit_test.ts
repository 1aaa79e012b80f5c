import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { programCommand } from "../support/program.ts";
import { startRedis } from "../support/redis_server.ts";
import { Workspace } from "../support/workspace.ts";

const CONTEXT = {
  git: { sha: "1f2e", branch: "main" },
  text: "two\nlines\n",
  list: [1, 1.5, "x"],
};

/** A document in a store, and a program that edits files. */
async function editable(
  editor: string,
  primary: object = { sqlite: { path: "state.db", isPrimary: true } },
): Promise<Workspace> {
  const workspace = await Workspace.create({
    "config.yaml": { cicdstatemgr: { datasources: primary } },
    "app.yaml": { "cicd-contexts": { stage: CONTEXT } },
    // The file that it edits is $1.
    "editor": `#!/bin/sh\n${editor}\n`,
  });
  await Deno.chmod(`${workspace.path}/editor`, 0o755);
  await workspace.run("init", "run-1", "--app-config", "app.yaml");
  workspace.env = {
    EDITOR: "./editor",
    TMPDIR: workspace.path,
    PROGRAM: programCommand(["--allow-all"]).join(" "),
  };
  return workspace;
}

/** Returns a value of the document. */
async function valueOf(workspace: Workspace, path: string): Promise<unknown> {
  const { stdout } = await workspace.run(
    ...["get", path, "--raw", "--fresh", "--output", "json"],
  );
  return JSON.parse(stdout);
}

/** Returns the files that edit has left. */
async function kept(workspace: Workspace): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(workspace.path)) {
    if (!name.startsWith("cicdstatemgr-edit-")) continue;
    const folder = `${workspace.path}/${name}`;
    for await (const file of Deno.readDir(folder)) {
      found.push(`${folder}/${file.name}`);
    }
  }
  return found;
}

const DONE = { code: 0, stdout: "", stderr: "" };

Deno.test("edit stores what the editor leaves, on every kind of store", async () => {
  await using redis = await startRedis();
  const { host, port } = redis.options;
  const primaries = [
    { sqlite: { path: "state.db", isPrimary: true } },
    { jsonfile: { path: "state.json", isPrimary: true } },
    { yamlfile: { path: "state.yaml", isPrimary: true } },
    { redis: { host, port, isPrimary: true } },
  ];
  for (const primary of primaries) {
    await using workspace = await editable(
      'sed -i "/sha/d; s/main/release/" "$1"; echo "tags: [v1, 1.0]" >> "$1"',
      primary,
    );
    deepStrictEqual(await workspace.run("edit", "git"), DONE);
    deepStrictEqual(await valueOf(workspace, "git"), {
      branch: "release",
      tags: ["v1", 1],
    });
    deepStrictEqual(await kept(workspace), []);
  }
});

Deno.test("edit gives the editor the value as YAML, in a private file", async () => {
  await using workspace = await editable('stat -c %a "$1"; cat "$1"');
  const text = await workspace.run("edit", "text");
  strictEqual(text.stdout, "600\n|\n  two\n  lines\n");
  const list = await workspace.run("edit", "list");
  strictEqual(list.stdout, "600\n- 1\n- 1.5\n- x\n");
  match(list.stderr, /^cicdstatemgr: Nothing has changed\n$/);
});

Deno.test("edit of the whole document stores what was changed, and nothing else", async () => {
  await using workspace = await editable(
    'sed -i "s/1f2e/abcd/" "$1"',
  );
  deepStrictEqual((await workspace.run("edit")).code, 0);
  strictEqual(await valueOf(workspace, "git.sha"), "abcd");
  const { stdout } = await workspace.run("history", "--limit", "1");
  match(
    stdout,
    / git\.sha="abcd", appPipelinesConfig\.cicd-contexts\.stage\.git\.sha="abcd"\n$/,
  );
});

Deno.test("edit stores nothing if nothing has changed", async () => {
  for (const editor of ["true", "touch $1", ": > $1", "echo '# x' >> $1"]) {
    await using workspace = await editable(editor);
    const before = (await workspace.run("history")).stdout;
    const { code, stderr } = await workspace.run("edit", "git");
    strictEqual(code, 0, editor);
    match(stderr, /Nothing has changed/);
    strictEqual((await workspace.run("history")).stdout, before);
    deepStrictEqual(await kept(workspace), []);
  }
});

/** What fails: the editor, the path, the status, the error, and the text that is kept. */
const FAILURES: readonly [
  string,
  string,
  number,
  RegExp,
  string | undefined,
][] = [
  ["exit 3", "git", 1, /exit status 3, and nothing is stored/, undefined],
  ["echo a: 1 > $1; exit 3", "git", 1, /exit status 3.*kept in /, "a: 1\n"],
  ["rm $1", "git", 1, /Cannot read edited file/, undefined],
  ["echo 'a: [' > $1", "git", 8, /invalid YAML at line 2.*kept in /, "a: [\n"],
  ["echo 1 > $1", "", 8, /Cannot store an integer as the document/, "1\n"],
  [
    "echo {cicdContextDataId: x} > $1",
    "state",
    1,
    /must stay its id.*kept in /,
    "{cicdContextDataId: x}\n",
  ],
  [
    "$PROGRAM set git.sha=other; echo a: 1 > $1",
    "git",
    4,
    /is at revision 2, not 1.*kept in .*Run edit again/,
    "a: 1\n",
  ],
  ["true", "gti", 3, /Nothing at "gti".*Did you mean "git"\?/, undefined],
];

for (const [editor, path, status, says, text] of FAILURES) {
  Deno.test(`edit ${path} with the editor "${editor}" exits with ${status} and stores nothing`, async () => {
    await using workspace = await editable(editor);
    const { code, stdout, stderr } = await workspace.run(
      ...["edit", path].filter((word) => word !== ""),
    );
    deepStrictEqual([code, stdout], [status, ""], stderr);
    match(stderr, says);
    match(stderr, /^cicdstatemgr: [^\n]+\n$/);
    const files = await kept(workspace);
    strictEqual(files.length, text === undefined ? 0 : 1);
    for (const file of files) {
      strictEqual(stderr.includes(file), true);
      strictEqual(await Deno.readTextFile(file), text);
    }
    strictEqual(await valueOf(workspace, "git.branch"), "main");
  });
}

Deno.test("edit without a terminal and without an editor says so", async () => {
  await using workspace = await editable("true");
  workspace.env = { ...workspace.env, EDITOR: "", VISUAL: "" };
  const { code, stderr } = await workspace.run("edit", "git");
  strictEqual(code, 2);
  match(
    stderr,
    /stdin is not a terminal\. Use cicdstatemgr set, or name an editor: set EDITOR/,
  );
});

/** Runs a shell command on a terminal on which somebody types. */
async function onTerminal(
  workspace: Workspace,
  typed: string,
  line: string,
): Promise<string> {
  const child = new Deno.Command("script", {
    args: ["-qec", line, "/dev/null"],
    cwd: workspace.path,
    env: {
      ...workspace.env,
      PATH: `${workspace.path}/bin:${Deno.env.get("PATH")}`,
      CICDSTATEMGR_CONFIG_PATH: "config.yaml",
      CICDSTATEMGR_CONTEXT_DATA_ID: "run-1",
    },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(typed));
  await writer.close();
  return new TextDecoder().decode((await child.output()).stdout);
}

Deno.test("edit on a terminal opens vi, and opens invalid YAML again", async () => {
  await using workspace = await editable(
    'if [ -f once ]; then echo "a: 2" > "$1"; else touch once; echo "[" > "$1"; fi',
  );
  await Deno.mkdir(`${workspace.path}/bin`);
  await Deno.rename(`${workspace.path}/editor`, `${workspace.path}/bin/vi`);
  workspace.env = { ...workspace.env, EDITOR: "", VISUAL: "" };
  const shown = await onTerminal(
    workspace,
    "y\n",
    '$PROGRAM edit git; echo "ended $?"',
  );
  match(shown, /invalid YAML at line 2, column 1: .*Edit it again\?/);
  match(shown, /ended 0/);
  deepStrictEqual(await valueOf(workspace, "git"), { a: 2 });
});
