import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

Deno.test("increment prints the new value", async () => {
  await using session = await CliSession.create({ n: 41, f: 0.5, l: [7] });
  const cases: [readonly string[], string][] = [
    [["n"], "42\n"],
    [["n", "--by", "8"], "50\n"],
    [["n", "--by", "-1"], "49\n"],
    [["state.new"], "1\n"],
    [["f", "--by=2"], "2.5\n"],
    [["l[0]"], "8\n"],
  ];
  for (const [args, stdout] of cases) {
    const ended = await session.run("increment", ...args);
    deepStrictEqual(ended, { code: 0, stdout, stderr: "" });
  }
});

Deno.test("increment --output json prints a number as JSON has it", async () => {
  await using session = await CliSession.create({ f: 1.5 });
  const args = ["increment", "f", "--output", "json"];
  strictEqual((await session.run(...args, "--by", "1")).stdout, "2.5\n");
});

Deno.test("increment refuses what is not a number", async () => {
  await using session = await CliSession.create({ s: "1" });
  const text = await session.run("increment", "s");
  strictEqual(text.code, 1);
  match(text.stderr, /"s" holds a string, not a number/);
  const by = await session.run("increment", "n", "--by", "0.5");
  strictEqual(by.code, 2);
  match(by.stderr, /Cannot use --by "0\.5"\. Write a whole number/);
});

Deno.test("increment gives each of many callers a number of its own", async () => {
  await using session = await CliSession.create();
  const ended = await Promise.all(
    Array.from({ length: 20 }, () => session.run("increment", "state.n")),
  );
  const numbers = ended.map(({ stdout }) => Number(stdout));
  deepStrictEqual(
    numbers.toSorted((a, b) => a - b),
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
});
