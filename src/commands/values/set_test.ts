import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

async function documentOf(session: CliSession) {
  const { stdout } = await session.run("get", "$", "--output", "json");
  return JSON.parse(stdout);
}

const NASTY = [
  "",
  " leading and trailing ",
  "a|b=c|d",
  "file:///etc/hostname",
  "$(id) `id` \"'\\",
  "line\nline\r\nline",
  "[]",
  "é 日本 🎉",
  "\x07\x1b[2J",
  "{{ no template }}",
];

Deno.test("set stores strings exactly as they are written", async () => {
  await using session = await CliSession.create();
  const set = await session.run(
    "set",
    ...NASTY.map((text, index) => `state.v${index}=${text}`),
  );
  deepStrictEqual(set, { code: 0, stdout: "", stderr: "" });
  const { state } = await documentOf(session);
  for (const [index, text] of NASTY.entries()) {
    strictEqual(state[`v${index}`], text);
  }
});

Deno.test("set --json and --yaml parse values", async () => {
  await using session = await CliSession.create();
  await session.run("set", "--json", 'a=[1, {"b": null}]', 'c="x=y"');
  await session.run("set", "--yaml", "d=[x, yes]", "e= ");
  const { a, c, d, e } = await documentOf(session);
  deepStrictEqual([a, c, d, e], [[1, { b: null }], "x=y", ["x", true], null]);
});

Deno.test("set reads files and stdin byte for byte", async () => {
  const text = "\ufeffline\r\nline\n\n";
  await using session = await CliSession.create({}, {
    f: text,
    "f.json": "[1]",
  });
  const { path } = session;
  await session.call(["set", `a=@${path}/f`, "b=-"], { stdin: text });
  await session.run("set", "--json", `c=@${path}/f.json`);
  const { a, b, c } = await documentOf(session);
  deepStrictEqual([a, b, c], [text, text, [1]]);
});

Deno.test("set --literal takes @ and - as they are written", async () => {
  await using session = await CliSession.create();
  await session.run("set", "--literal", "a=@/etc/hostname", "b=-");
  const { a, b } = await documentOf(session);
  deepStrictEqual([a, b], ["@/etc/hostname", "-"]);
});

Deno.test("set changes list items", async () => {
  await using session = await CliSession.create({ l: [{ a: 1 }, 2] });
  await session.run("set", "l[0].a=x", "l[1]=y");
  deepStrictEqual((await documentOf(session)).l, [{ a: "x" }, "y"]);
});

const FAILURES: readonly [string, readonly string[], number, RegExp][] = [
  [
    "bad JSON",
    ["--json", "a={"],
    8,
    /Cannot set "a": invalid JSON at line 1.*Write JSON/,
  ],
  ["bad YAML", ["--yaml", "a=[x"], 8, /Cannot set "a": .*YAML/],
  ["both formats", ["--json", "--yaml", "a=1"], 2, /both --json and --yaml/],
  ["a missing file", ["a=@none"], 1, /"none": no such file/],
  ["a file without a name", ["a=@"], 2, /@ names no file\. Write a=@FILE/],
  ["stdin twice", ["a=-", "b=-"], 2, /Cannot set "b": stdin is already/],
  ["an empty key", ["a..b=1"], 1, /"a\.\.b" as a path: it has an empty key/],
  ["an old list mark", ["a[]=1"], 1, /"a\[\]" as a path: brackets hold/],
  ["a missing list item", ["l[5]=1"], 1, /"l\[5\]": "l" has 1 item/],
  [
    "what has a value",
    ["l=1", "--if-absent"],
    4,
    /"l": it already has a value/,
  ],
  [
    "another revision",
    ["a=1", "--if-revision", "9"],
    4,
    /at revision 1, not 9/,
  ],
];

for (const [name, args, status, says] of FAILURES) {
  Deno.test(`set refuses ${name}, and changes nothing`, async () => {
    await using session = await CliSession.create({ l: ["x"] });
    const { code, stdout, stderr } = await session.run("set", "ok=1", ...args);
    deepStrictEqual([code, stdout], [status, ""]);
    match(stderr, /^cicdstatemgr: [^\n]+\n$/);
    match(stderr, says);
    strictEqual((await documentOf(session)).ok, undefined);
  });
}

Deno.test("set refuses stdin that is not UTF-8", async () => {
  await using session = await CliSession.create();
  const { main } = await import("../../cli/main.ts");
  let stderr = "";
  const code = await main(["set", "a=-"], {
    out: () => {},
    err: (text) => void (stderr += text),
    readStdin: () => Promise.resolve(new Uint8Array([0xff])),
    env: (name) => session.env[name],
    confirm: () => undefined,
    isTerminal: () => false,
    user: () => "",
    exit: () => {},
  });
  strictEqual(code, 1);
  match(stderr, /Cannot read stdin: it is not UTF-8 text/);
});
