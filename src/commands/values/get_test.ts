import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

const CONTEXT = {
  text: "hello {{ name | default('you') }}",
  number: 3,
  yes: true,
  none: null,
  empty: "",
  list: ["a", true],
  map: { b: { c: 1 } },
  one: [1],
  hollow: {},
};

const CASES: readonly [string, readonly string[], string][] = [
  ["a string as a template", ["text"], "hello you\n"],
  [
    "a template with a variable",
    ["text", "--var", "name=map.b.c"],
    "hello 1\n",
  ],
  ["numbers and booleans as templates do", ["number", "yes"], "3\nTrue\n"],
  ["a list as JSON", ["list"], '["a", true]\n'],
  ["a mapping as JSON", ["map"], '{"b": {"c": 1}}\n'],
  ["several matches as a list", ["list[*]"], '["a", true]\n'],
  ["nothing for an empty value", ["empty"], ""],
  ["nothing for null", ["none"], ""],
  ["a line for each of several paths", ["empty", "number"], "\n3\n"],
  ["the default", ["map.x", "--default", "v"], "v\n"],
  ["an empty default", ["map.x", "--default="], ""],
  ["JSON", ["list", "--output", "json"], '[\n  "a",\n  true\n]\n'],
  ["null as JSON", ["none", "--output", "json"], "null\n"],
  ["YAML", ["map", "--output", "yaml"], "b:\n  c: 1\n"],
  [
    "several paths as one mapping",
    ["number", "map.b.c", "--output", "yaml"],
    "number: 3\nmap.b.c: 1\n",
  ],
];

for (const [name, args, stdout] of CASES) {
  Deno.test(`get prints ${name}`, async () => {
    await using session = await CliSession.create(CONTEXT);
    deepStrictEqual(await session.run("get", ...args), {
      code: 0,
      stdout,
      stderr: "",
    });
  });
}

const MISSES: readonly [string, RegExp][] = [
  [
    "map.b.d",
    /Nothing at "map\.b\.d" in document "run-1"\. Did you mean "map\.b\.c"\?/,
  ],
  ["map.zzzzzz", /"map" has b\./],
  ["lits", /Did you mean "list"\?/],
  ["list[7]", /"list" is a list of 2 items\./],
  ["one[1]", /"one" is a list of 1 item\./],
  ["hollow.x", /"hollow" is empty\./],
  ["list[0].x", /"list\[0\]" is not a mapping\./],
  ["number.x", /"number" is not a mapping\./],
  ["zzzzzz", /The document has .*text, number/],
  ["$.map[?]", /Cannot parse JSONPath/],
];

for (const [path, says] of MISSES) {
  Deno.test(`get says what is near ${path}`, async () => {
    await using session = await CliSession.create(CONTEXT);
    const { code, stdout, stderr } = await session.run("get", path);
    match(stderr, /^cicdstatemgr: [^\n]+\n$/);
    match(stderr, says);
    deepStrictEqual([code, stdout], [path.includes("?") ? 1 : 3, ""]);
  });
}

Deno.test("get prints nothing if one of several paths finds nothing", async () => {
  await using session = await CliSession.create(CONTEXT);
  const { code, stdout } = await session.run("get", "number", "zzz");
  deepStrictEqual([code, stdout], [3, ""]);
});

Deno.test("get of a document that does not exist exits with 3", async () => {
  await using session = await CliSession.create();
  const { code, stderr } = await session.run("get", "a", "--id", "other");
  strictEqual(code, 3);
  match(stderr, /No document "other"/);
});

Deno.test("get fails if a template does, or prints an error text with --lenient", async () => {
  await using session = await CliSession.create({ bad: "{{ 1 / 0 }}" });
  const strict = await session.run("get", "bad");
  deepStrictEqual([strict.code, strict.stdout], [7, ""]);
  match(strict.stderr, /^cicdstatemgr: [^\n]*bad[^\n]*division[^\n]*\n$/);
  const lenient = await session.run("get", "bad", "--lenient");
  strictEqual(lenient.code, 0);
  strictEqual(lenient.stdout, "<jinja2 parse error> {{ 1 / 0 }}\n");
  match(lenient.stderr, /division/);
});

Deno.test("get --raw prints a string as it is stored", async () => {
  await using session = await CliSession.create({ a: "{{ 1 / 0 }}" });
  const { code, stdout } = await session.run("get", "a", "--raw");
  deepStrictEqual([code, stdout], [0, "{{ 1 / 0 }}\n"]);
});

Deno.test("get --fresh reads the primary, not an older mirror", async () => {
  await using session = await CliSession.create({ a: "new" });
  const mirror = await Deno.readTextFile(`${session.path}/state.json`);
  await session.write("state.json", mirror.replace('"new"', '"old"'));
  strictEqual((await session.run("get", "a")).stdout, "old\n");
  strictEqual((await session.run("get", "a", "--fresh")).stdout, "new\n");
});
