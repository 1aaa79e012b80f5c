import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../tests/support/cli_session.ts";

Deno.test("main() without arguments prints the help to stderr and exits with 2", async () => {
  await using session = await CliSession.create();
  const { code, stdout, stderr } = await session.run();
  deepStrictEqual([code, stdout], [2, ""]);
  match(stderr, /Usage: cicdstatemgr COMMAND/);
});

Deno.test("main() prints the help to stdout if it is asked for", async () => {
  await using session = await CliSession.create();
  for (
    const args of [["help"], ["--help"], ["-h"], ["--help", "get"], [
      "help",
      "compat",
    ]]
  ) {
    const { code, stdout, stderr } = await session.run(...args);
    deepStrictEqual([code, stderr], [0, ""]);
    match(stdout, /Usage:/);
  }
});

Deno.test("main() reports a missing config before it runs a command", async () => {
  await using session = await CliSession.create();
  const { code, stderr } = await session.call(["get", "a"], {
    env: { CICDSTATEMGR_CONFIG_PATH: "" },
  });
  strictEqual(code, 2);
  match(
    stderr,
    /Flag --config is missing\. Pass --config FILE or set CICDSTATEMGR_CONFIG_PATH/,
  );
});

Deno.test("main() records who makes a change", async () => {
  await using session = await CliSession.create();
  await session.call(["set", "a=1"], { env: { CICDSTATEMGR_ACTOR: "ci@7" } });
  match(
    (await session.run("history")).stdout,
    /^2 .* ci@7 .*\n1 .* tester@host /,
  );
});

Deno.test("main() masks secrets in what it reports", async () => {
  await using session = await CliSession.create({}, {
    "secrets.yaml": "cicdstatemgr: {slack: {token: hunter-two}}",
  });
  const { stderr } = await session.run(
    ...["get", "hunter-two.[[", "--secrets", `${session.path}/secrets.yaml`],
  );
  match(stderr, /Cannot parse JSONPath "\*\*\*\.\[\["/);
});

Deno.test("main() shows the stack of a failure at the level DEBUG", async () => {
  await using session = await CliSession.create();
  const { stderr } = await session.run("get", "a", "-l", "debug");
  match(stderr, /Nothing at "a"[^]*\n {4}at /);
});

Deno.test("main() reports failures as JSON if that is the output", async () => {
  await using session = await CliSession.create({ bad: "a\n{{ 1 / 0 }}" });
  const cases: [readonly string[], string, number][] = [
    [["get", "zz", "--output", "json"], "NOT_FOUND", 3],
    [["get", "bad", "--output=json"], "TEMPLATE", 7],
    [["get", "--output", "json"], "USAGE", 2],
    [["history", "--limit=x", "--output=json"], "USAGE", 2],
  ];
  for (const [args, code, status] of cases) {
    const { code: exit, stdout, stderr } = await session.run(...args);
    strictEqual(JSON.parse(stderr).code, code);
    deepStrictEqual([exit, stdout], [status, ""]);
  }
  const { stderr } = await session.run("get", "bad", "--output=json");
  const { path, position } = JSON.parse(stderr);
  deepStrictEqual([path, position], ["bad", { line: 2, column: 6 }]);
  for (
    const args of [
      ["get", "zz"],
      ["json"],
      ["json", "--output", "text"],
      ["get", "--", "--output", "json"],
      ["get", "--", "--output=json"],
    ]
  ) {
    match((await session.run(...args)).stderr, /^cicdstatemgr: /);
  }
});

Deno.test("main() writes errors and logs as JSON with --log-format json", async () => {
  await using session = await CliSession.create();
  const args = ["set", "a=1", "--if-revision", "9"];
  const failed = await session.run(...args, "--log-format", "json");
  strictEqual(JSON.parse(failed.stderr).code, "CONFLICT");
  const misuse = await session.run("set", "--log-format=json");
  strictEqual(JSON.parse(misuse.stderr).code, "USAGE");
  const remove = ["remove", "run-1", "--output", "json"];
  const declined = await session.call(remove, { answer: false });
  const { level, message, time } = JSON.parse(declined.stderr);
  deepStrictEqual([level, message], [
    "WARNING",
    'Did not remove document "run-1"',
  ]);
  strictEqual(declined.code, 1);
  match(time, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const text = await session.call([...remove, "--log-format", "text"], {
    answer: false,
  });
  match(text.stderr, /^cicdstatemgr: warning: Did not remove/);
  const asText = await session.run("get", "--output=json", "--log-format=text");
  match(asText.stderr, /^cicdstatemgr: Argument PATH is missing/);
});

Deno.test("main() --quiet drops what is neither a warning nor an error", async () => {
  await using session = await CliSession.create();
  const args = ["init", "run-1", "--replace"];
  match((await session.run(...args)).stderr, /Replaced document "run-1"/);
  for (const level of ["INFO", "DEBUG"]) {
    const quiet = await session.run(...args, "--quiet", "--log-level", level);
    deepStrictEqual([quiet.code, quiet.stderr], [0, ""]);
  }
  match((await session.run("get", "zz", "--quiet")).stderr, /Nothing at "zz"/);
});

Deno.test("main() says in JSON where in a file a failure is", async () => {
  await using session = await CliSession.create({}, {
    "bad.yaml": "cicdstatemgr:\n  slack: {url: 3}\n  datasources: {sqlite: x}",
    "odd.yaml": "cicdstatemgr:\n\tx: 1\n",
  });
  const cases: [string, string | undefined, number, number][] = [
    ["bad.yaml", "cicdstatemgr.slack.url", 2, 16],
    ["odd.yaml", undefined, 2, 1],
  ];
  for (const [name, path, line, column] of cases) {
    const file = `${session.path}/${name}`;
    const { stderr } = await session.run(
      ...["keys", "--config", file, "--output", "json"],
    );
    const report = JSON.parse(stderr);
    deepStrictEqual([report.code, report.file], ["CONFIG", file]);
    strictEqual(report.path, path);
    deepStrictEqual(report.position, { line, column });
  }
});

Deno.test({
  name: "main() names the permission to read the variable of a missing flag",
  permissions: { env: ["CICDSTATEMGR_CONFIG_PATH"], read: true, write: true },
  async fn() {
    await using session = await CliSession.create();
    const env = { CICDSTATEMGR_CONTEXT_DATA_ID: "" };
    const { stderr } = await session.call(["get", "a"], { env });
    match(
      stderr,
      /--id ID or set CICDSTATEMGR_CONTEXT_DATA_ID; under deno run, add --allow-env=CICDSTATEMGR_CONTEXT_DATA_ID\.\n$/,
    );
    const noConfig = await session.call(["get", "a"], {
      env: { CICDSTATEMGR_CONFIG_PATH: "" },
    });
    match(noConfig.stderr, /or set CICDSTATEMGR_CONFIG_PATH\.\n$/);
  },
});

Deno.test({
  name: "main() says that it may not read the variable of the config",
  permissions: { env: ["HOME"], read: true, write: true },
  async fn() {
    await using session = await CliSession.create();
    const { code, stderr } = await session.call(["get", "a"], {
      env: { CICDSTATEMGR_CONFIG_PATH: "" },
    });
    strictEqual(code, 2);
    match(
      stderr,
      /--config is missing, and Deno may not read CICDSTATEMGR_CONFIG_PATH\. Pass --config FILE or set .*--allow-env=CICDSTATEMGR_CONFIG_PATH\.\n$/,
    );
  },
});
