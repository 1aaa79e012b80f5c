import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { onEachStore, onRedis } from "../support/each_store.ts";
import { RunningCommand } from "../support/running_command.ts";

onEachStore("once runs a command for one of 10 callers", async (workspace) => {
  const script = 'echo "$CICDSTATEMGR_LOCK_TOKEN" >> runs; sleep 0.2; echo ran';
  const ended = await Promise.all(
    Array.from(
      { length: 10 },
      () => workspace.run("once", "build", "--", "sh", "-c", script),
    ),
  );
  strictEqual(await Deno.readTextFile(`${workspace.path}/runs`), "1\n");
  deepStrictEqual(ended.map(({ code }) => code), Array(10).fill(0));
  strictEqual(ended.map(({ stdout }) => stdout).join(""), "ran\n");
  const told = ended.filter(({ stderr }) =>
    /^cicdstatemgr: once build is done: 2\S+Z to 2\S+Z by \S+\n$/.test(stderr)
  );
  strictEqual(told.length, 9);
});

onEachStore(
  "once runs again what failed, and shows what is recorded",
  async (workspace) => {
    const show = ["once", "deploy", "--key", "a:b", "--show"];
    const none = await workspace.run(...show);
    strictEqual(none.code, 3);
    match(none.stderr, /^cicdstatemgr: "once deploy --key a:b" never began/);
    const run = (script: string) =>
      workspace.run("once", "deploy", "--key", "a:b", "--", "sh", "-c", script);
    strictEqual((await run("exit 42")).code, 42);
    match(
      (await workspace.run(...show)).stdout,
      /^failed with exit status 42: 2\S+Z to 2\S+Z by \S+\n$/,
    );
    strictEqual((await run("kill -9 $$")).code, 137);
    deepStrictEqual(await run("echo ok"), {
      code: 0,
      stdout: "ok\n",
      stderr: "",
    });
    const skipped = await run("echo again");
    deepStrictEqual([skipped.code, skipped.stdout], [0, ""]);
    const { stdout } = await workspace.run(...show, "--output", "json");
    const { start, end, actor, ...rest } = JSON.parse(stdout);
    deepStrictEqual(rest, { exitStatus: 0, token: 3 });
    match(`${start} ${end} ${actor}`, /^2\S+Z 2\S+Z \S+$/);
    const other = await workspace.run("once", "deploy", "--", "echo", "other");
    strictEqual(other.stdout, "other\n");
    const app = ["--app-config", "app.yaml", "--replace"];
    await workspace.run("init", "run-1", ...app);
    strictEqual((await run("echo fresh")).stdout, "fresh\n");
  },
);

onEachStore(
  "once takes over from a process that was killed",
  async (workspace) => {
    // The command ends after the program that runs it has died.
    const script =
      "echo in; while kill -0 $PPID 2>/dev/null; do sleep 0.05; done";
    const first = new RunningCommand(
      workspace.start("once", "build", "--ttl=300ms", "--", "sh", "-c", script),
    );
    strictEqual(await first.line(), "in");
    match(
      (await workspace.run("once", "build", "--show")).stdout,
      /^begun and not ended: 2\S+Z by \S+\n$/,
    );
    const late = await workspace.run("once", "build", "--wait=0", "--", "true");
    strictEqual(late.code, 5);
    match(late.stderr, /for "once build" of document "run-1": \S+ holds it/);
    const next = workspace.run("once", "build", "--", "echo", "mine");
    first.kill("SIGKILL");
    deepStrictEqual(await next, { code: 0, stdout: "mine\n", stderr: "" });
    strictEqual((await first.end()).code, 137);
  },
);

onRedis("once refuses what it cannot do", async (workspace) => {
  const cases: [args: string[], code: number, says: RegExp][] = [
    [
      ["build"],
      2,
      /CMD is missing\. Write cicdstatemgr once NAME -- CMD\.\.\., or add --show/,
    ],
    [["build", "--show", "--", "true"], 2, /Cannot use --show with a command/],
    [
      ["a:b", "--", "true"],
      2,
      /Cannot use NAME "a:b"\. Write a name without a colon/,
    ],
    [["build", "--output", "json", "--", "true"], 2, /--output needs --show/],
    [
      ["build", "--ttl", "10ms", "--", "true"],
      2,
      /Cannot use --ttl 10ms\. Use 100ms to 24d/,
    ],
    [["build", "--id", "none", "--", "true"], 3, /No document "none"/],
    [["build", "--id", "none", "--show"], 3, /No document "none"/],
    [["build", "--", "no-such-program"], 127, /Cannot run "no-such-program"/],
  ];
  for (const [args, code, says] of cases) {
    const ended = await workspace.run("once", ...args);
    deepStrictEqual([ended.code, ended.stdout], [code, ""], args.join(" "));
    match(ended.stderr, says);
  }
  await workspace.run("set", "cicdOnce=x");
  const foreign = await workspace.run("once", "build", "--", "true");
  strictEqual(foreign.code, 1);
  match(foreign.stderr, /"cicdOnce" of .* is a string\. Delete it: [^\n]+\n$/);
  workspace.permissions = ["--allow-read", "--allow-env", "--allow-net"];
  const denied = await workspace.run("once", "build", "--", "make");
  strictEqual(denied.code, 1);
  strictEqual(
    denied.stderr,
    'cicdstatemgr: Cannot run "make": Deno may not run it. Run deno with --allow-run=make.\n',
  );
});
