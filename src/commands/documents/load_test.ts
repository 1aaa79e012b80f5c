import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

const CONTEXT = {
  pipelines: {
    build: {
      "event-handlers": {
        go: { "set-values": { set: [{ from: "{{ who }}", to: "state.by" }] } },
      },
    },
  },
};

Deno.test("load fills the mirrors", async () => {
  await using session = await CliSession.create();
  await Deno.remove(`${session.path}/state.json`);
  deepStrictEqual(await session.run("load"), {
    code: 0,
    stdout: "",
    stderr: "",
  });
  match(await Deno.readTextFile(`${session.path}/state.json`), /run-1/);
});

Deno.test("load changes the document and runs an event in one write", async () => {
  await using session = await CliSession.create(CONTEXT);
  await session.run(
    ...["load", "--set", "state.a=1", "--set-json", "state.b=[2]"],
    ...["--event", "build=go", "--var", "who=ci"],
  );
  const got = await session.run("get", "state.a", "state.b", "state.by");
  strictEqual(got.stdout, "1\n[2]\nci\n");
  match((await session.run("history", "--limit", "1")).stdout, /^2 /);
});

Deno.test("load changes and runs nothing if a condition does not hold", async () => {
  await using session = await CliSession.create(CONTEXT);
  for (const condition of [["--if-revision", "9"], ["--if-absent"]]) {
    const { code } = await session.run(
      ...["load", "--set", "state.cicdContextName=x", "--event", "build=go"],
      ...condition,
    );
    strictEqual(code, 4);
  }
  strictEqual((await session.run("exists", "state.by", "--fresh")).code, 3);
});

Deno.test("load --dry-run prints what the event would do, and stores nothing", async () => {
  await using session = await CliSession.create(CONTEXT);
  const plan = await session.run(
    ...["load", "--event", "build=go", "--dry-run", "--var", "who=ci"],
  );
  strictEqual(plan.stdout, 'Would set state.by to "ci"\n');
  strictEqual((await session.run("exists", "state.by", "--fresh")).code, 3);
});

for (const flag of ["--dry-run", "--if-present", "--lenient", "--var=a=b"]) {
  Deno.test(`load refuses ${flag} without --event`, async () => {
    await using session = await CliSession.create();
    const { code, stderr } = await session.run("load", flag);
    strictEqual(code, 2);
    match(stderr, /Flag --[a-z-]+ needs --event\. Add --event, or leave --/);
  });
}

Deno.test("load --dry-run lists --set, and checks what load would check", async () => {
  await using session = await CliSession.create(CONTEXT);
  const args = ["load", "--event", "build=go", "--dry-run", "--var", "who=ci"];
  const plan = await session.run(...args, "--set", "state.a=1");
  strictEqual(
    plan.stdout,
    'Would set state.a to "1"\n\nWould set state.by to "ci"\n',
  );
  const misuses: readonly [readonly string[], number, RegExp][] = [
    [["--if-revision", "7"], 4, /is at revision 1, not 7/],
    [["--if-absent", "--set", "state.cicdContextName=x"], 4, /has a value/],
    [["--set", "state=x"], 1, /must stay its id/],
  ];
  for (const [more, status, message] of misuses) {
    const { code, stdout, stderr } = await session.run(...args, ...more);
    deepStrictEqual([code, stdout], [status, ""]);
    match(stderr, message);
  }
});

Deno.test("load --if-absent needs a change", async () => {
  await using session = await CliSession.create();
  const { code, stderr } = await session.run("load", "--if-absent");
  strictEqual(code, 2);
  match(stderr, /--if-absent needs --set/);
});
