// What happens to a command whose output nobody reads, or that cannot be written.
import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { programCommand } from "../support/program.ts";
import { type Ended, Workspace } from "../support/workspace.ts";

async function prepare(): Promise<Workspace> {
  const workspace = await Workspace.create({
    "config.yaml":
      "cicdstatemgr: {datasources: {sqlite: {path: s.db, isPrimary: true}}}\n",
    "app.yaml": "cicd-contexts: {stage: {n: 1}}\n",
  });
  const { code } = await workspace.run(
    ...["init", "run-1", "--app-config", "app.yaml"],
  );
  strictEqual(code, 0);
  return workspace;
}

/** Runs a line of bash, in which `cicdstatemgr` is the program. */
async function bash({ path }: Workspace, line: string): Promise<Ended> {
  const words = programCommand(["--allow-all"]).map((word) => `'${word}'`);
  const script = `cicdstatemgr() { ${words.join(" ")} "$@"; }\n${line}`;
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", script],
    cwd: path,
    env: {
      CICDSTATEMGR_CONFIG_PATH: "config.yaml",
      CICDSTATEMGR_CONTEXT_DATA_ID: "run-1",
      NO_COLOR: "1",
    },
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

Deno.test("a command ends quietly, as SIGPIPE would end it, if nobody reads its output", async () => {
  await using workspace = await prepare();
  await workspace.run(
    "set",
    "--json",
    `big=${JSON.stringify("x".repeat(1e5))}`,
  );
  const { stdout, stderr } = await bash(
    workspace,
    'cicdstatemgr get big | head -c1; echo " ${PIPESTATUS[0]}"',
  );
  deepStrictEqual([stdout, stderr], ["x 141\n", ""]);
});

Deno.test("a command whose output cannot be written fails with one line", async () => {
  await using workspace = await prepare();
  const { code, stderr } = await bash(
    workspace,
    "cicdstatemgr get n >/dev/full",
  );
  strictEqual(code, 1);
  match(
    stderr,
    /^cicdstatemgr: Cannot write to stdout: No space left[^\n]*\n$/,
  );
});

Deno.test("a command that changed something says so if it cannot print the outcome", async () => {
  await using workspace = await prepare();
  const added = await bash(workspace, "cicdstatemgr increment n >/dev/full");
  strictEqual(added.code, 1);
  match(added.stderr, /: "n" is 2 now\. Cannot write to stdout: No space/);
  strictEqual((await workspace.run("get", "n")).stdout, "2\n");
  const created = await bash(
    workspace,
    "cicdstatemgr init run-2 --app-config app.yaml >/dev/full",
  );
  strictEqual(created.code, 1);
  match(
    created.stderr,
    /: Document "run-2" is stored\. Cannot write to stdout/,
  );
});

Deno.test("a command keeps its exit status if its messages cannot be written", async () => {
  await using workspace = await prepare();
  const { stdout } = await bash(
    workspace,
    `for line in "get none" "get n --no" "get n" "init run-1 --app-config app.yaml"; do
      cicdstatemgr $line 2>/dev/full >/dev/null; echo $?
      cicdstatemgr $line 2>&1 >/dev/null | true; echo "\${PIPESTATUS[0]}"
    done`,
  );
  strictEqual(stdout, "3\n3\n2\n2\n0\n0\n4\n4\n");
});
