import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";
import { createMatcher, MAX_MATCHED } from "./matcher.ts";

const CONTEXT = {
  s: "v1.2",
  quoted: '"v1"',
  empty: "",
  t: true,
  yes: "True",
  n: 1,
  none: null,
  list: ["a", 1],
  template: "{{ s }}",
  text: "a\nb",
};

Deno.test("wait prints what is there", async () => {
  await using session = await CliSession.create(CONTEXT);
  const cases: [args: string, stdout: string][] = [
    ["s", "v1.2\n"],
    ["empty", ""],
    ["none", ""],
    ["t", "True\n"],
    ["list", '["a", 1]\n'],
    ["list[1] --timeout 0", "1\n"],
    ["template", "{{ s }}\n"],
    ["list --output json", '[\n  "a",\n  1\n]\n'],
    ["list --output yaml", "- a\n- 1\n"],
    ["s --equals v1.2", "v1.2\n"],
    ["empty --equals=", ""],
    ["t --equals true", "True\n"],
    ["t --equals True", "True\n"],
    ["yes --equals True", "True\n"],
    ["n --equals 1", "1\n"],
    ["none --equals null", ""],
    ['list --equals ["a",1]', '["a", 1]\n'],
    ["s --matches ^v[0-9]", "v1.2\n"],
    ["text --matches ^b$ --timeout 0", ""],
  ];
  for (const [args, stdout] of cases) {
    const ended = await session.run("wait", ...args.split(" "));
    if (args.startsWith("text")) strictEqual(ended.code, 5);
    else deepStrictEqual(ended, { code: 0, stdout, stderr: "" }, args);
  }
});

Deno.test("wait ends with 5 if the value is another one", async () => {
  await using session = await CliSession.create(CONTEXT);
  const cases: [args: string, says: RegExp][] = [
    [
      "gone",
      /^cicdstatemgr: Waited 0ms for "gone" in document "run-1": nothing is there\. Check what sets it, or wait longer\.\n$/,
    ],
    ["s --equals v1", /it is "v1\.2"/],
    ["yes --equals true", /it is "True"/],
    ["quoted --equals v1", /it is "\\"v1\\""/],
    ["s --matches ^2", /it is "v1\.2"/],
    ["list[2]", /nothing is there/],
  ];
  for (const [args, says] of cases) {
    const line = [...args.split(" "), "--timeout", "0"];
    const { code, stdout, stderr } = await session.run("wait", ...line);
    deepStrictEqual([code, stdout], [5, ""], args);
    match(stderr, says);
  }
});

Deno.test("wait refuses what it cannot wait for", async () => {
  await using session = await CliSession.create();
  const cases: [args: string, code: number, says: RegExp][] = [
    ["s --equals a --matches b", 2, /both --equals and --matches/],
    ["s --matches (", 2, /Cannot use --matches "\("\. Write a regular expr/],
    ["s --timeout 10", 2, /Cannot use --timeout "10"/],
    ["a..b", 1, /Cannot use "a\.\.b" as a path/],
    ["s --id none", 3, /No document "none"/],
    ["", 2, /Cannot use PATH ""/],
  ];
  for (const [args, code, says] of cases) {
    const ended = await session.run("wait", ...args.split(" "));
    deepStrictEqual([ended.code, ended.stdout], [code, ""], args);
    match(ended.stderr, says);
  }
});

Deno.test("wait leaves what it saw in the mirrors", async () => {
  await using session = await CliSession.create(CONTEXT);
  await Deno.remove(`${session.path}/state.json`);
  await session.run("wait", "s");
  match(await Deno.readTextFile(`${session.path}/state.json`), /v1\.2/);
});

Deno.test("createMatcher() does not block the thread that waits", async () => {
  const matches = createMatcher(/^(a+)+$/);
  strictEqual(await matches("aaa"), true);
  strictEqual(await matches("b"), false);
  strictEqual(await matches("a".repeat(MAX_MATCHED + 1)), false);
});
