import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { onEachStore } from "../support/each_store.ts";
import { Workspace } from "../support/workspace.ts";

onEachStore(
  "exec runs a command with values in its environment",
  async (workspace) => {
    await workspace.run(
      ...["set", "state.git.sha=1f2e", "state.git.note=a 'b' $(c)\nd\n"],
    );
    await workspace.run("set", "--json", "state.git.list=[1,true,null]");
    const script =
      'printf "%s|" "$sha" "$note" "$list__0" "$list__1" "$list__2" "$@"';
    const own = await workspace.run(
      ...[
        "exec",
        "state.git",
        "--",
        "sh",
        "-c",
        script,
        "-",
        "--id",
        "",
        "a b",
      ],
    );
    deepStrictEqual(own, {
      code: 0,
      stdout: "1f2e|a 'b' $(c)\nd\n|1|True||--id||a b|",
      stderr: "",
    });
    const whole = await workspace.run(
      ...["exec", "--prefix", "X_", "--upper", "--", "printenv"],
      ...["X_STATE__GIT__SHA", "CICDSTATEMGR_CONTEXT_DATA_ID"],
    );
    strictEqual(whole.stdout, "1f2e\nrun-1\n");
  },
);

/** A workspace with a document on SQLite. */
async function createWorkspace(): Promise<Workspace> {
  const workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: { sqlite: { path: "state.db", isPrimary: true } },
      },
    },
    "app.yaml": { "cicd-contexts": { stage: { a: 1 } } },
    "no-program": "",
  });
  await workspace.run("init", "run-1", "--app-config", "app.yaml");
  return workspace;
}

Deno.test("exec inherits the streams and ends as the command does", async () => {
  await using workspace = await createWorkspace();
  const script = "cat; echo err >&2; exit 42";
  deepStrictEqual(
    await workspace.pipe("in", "exec", "--", "sh", "-c", script),
    { code: 42, stdout: "in", stderr: "err\n" },
  );
  const killed = await workspace.run("exec", "--", "sh", "-c", "kill -9 $$");
  deepStrictEqual([killed.code, killed.stderr], [137, ""]);
});

Deno.test("exec says why it runs nothing", async () => {
  await using workspace = await createWorkspace();
  const cases: [args: string, code: number, says: RegExp][] = [
    [
      "exec -- no-such-program",
      127,
      /Cannot run "no-such-program": there is no/,
    ],
    [
      "exec -- ./no-program",
      126,
      /^cicdstatemgr: Cannot run "\.\/no-program": it is not executable\. Name/,
    ],
    ["exec -- ", 127, /Cannot run "": there is no/],
    ["exec gone -- true", 3, /Nothing at "gone"/],
    ["exec --id none -- true", 3, /No document "none"/],
    [
      "exec state",
      2,
      /Argument CMD is missing\. Write -- before the command: cicdstatemgr exec \[PATH\] -- CMD\.\.\. \[FLAGS\]/,
    ],
    ["exec state sh -c echo", 2, /Unknown flag -c\. Write -- before the comm/],
    ["exec state --uper make", 2, /Unknown flag --uper\. Did you mean --upper/],
    ["exec true true -- true", 2, /Cannot use argument "true"/],
    ["exec --", 2, /Argument CMD is missing/],
    ["exec --prefix 1 -- true", 2, /Cannot use --prefix "1"/],
  ];
  for (const [args, code, says] of cases) {
    const ended = await workspace.run(...args.split(" "));
    deepStrictEqual([ended.code, ended.stdout], [code, ""], args);
    match(ended.stderr, /^cicdstatemgr: [^\n]+\n$/);
    match(ended.stderr, says);
  }
  const json = ["--log-format", "json", "--", "no-such-program"];
  for (const command of ["exec", "lock deploy", "once build"]) {
    const ended = await workspace.run(...command.split(" "), ...json);
    const { code, message, hint } = JSON.parse(ended.stderr);
    deepStrictEqual([ended.code, code, hint], [
      127,
      "NOT_FOUND",
      "Check its name, and $PATH",
    ]);
    match(message, /^Cannot run "no-such-program": there is no such program$/);
  }
  const shown = await workspace.run("once", "build", "--show");
  match(shown.stdout, /^failed with exit status 127/);
  await workspace.run("set", "state.PATH=/tmp");
  const steered = await workspace.run("exec", "state", "--", "true");
  strictEqual(steered.code, 1);
  match(steered.stderr, /"state\.PATH": shells and programs act on/);
});

Deno.test("exec names the permission that it lacks", async () => {
  await using workspace = await createWorkspace();
  workspace.permissions = ["--allow-read", "--allow-write", "--allow-env"];
  const { code, stderr } = await workspace.run("exec", "--", "true");
  strictEqual(code, 1);
  strictEqual(
    stderr,
    'cicdstatemgr: Cannot run "true": Deno may not run it. Run deno with --allow-run=true.\n',
  );
});

for (
  const signal of [
    "SIGHUP",
    "SIGINT",
    "SIGQUIT",
    "SIGTERM",
    "SIGUSR1",
    "SIGUSR2",
  ] as const
) {
  Deno.test(`exec passes ${signal} on`, async () => {
    await using workspace = await createWorkspace();
    // A shell handles a signal after the program that it waits for.
    const script = `trap 'echo got; exit 7' ${signal.slice(3)}; echo ready
      while :; do sleep 0.05; done`;
    const child = workspace.start("exec", "--", "sh", "-c", script);
    const reader = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    strictEqual((await reader.read()).value, "ready\n");
    child.kill(signal);
    strictEqual((await reader.read()).value, "got\n");
    strictEqual((await child.status).code, 7);
    await reader.cancel();
    await child.stderr.cancel();
  });
}

Deno.test("exec ends with 128+N if the signal ends the command", async () => {
  await using workspace = await createWorkspace();
  const child = workspace.start(
    "exec",
    "--",
    "sh",
    "-c",
    "echo ready; exec sleep 60",
  );
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  strictEqual((await reader.read()).value, "ready\n");
  child.kill("SIGTERM");
  strictEqual((await child.status).code, 143);
  await reader.cancel();
  await child.stderr.cancel();
});
