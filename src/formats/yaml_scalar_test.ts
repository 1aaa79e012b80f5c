import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { parseYaml } from "./yaml.ts";
import { keepsBreaks, writeKey, writeString } from "./yaml_scalar.ts";

const IN_MAPPING = { indent: 2, isRoot: false };

Deno.test("writeString() leaves strings plain that every reader reads as strings", () => {
  const strings = [
    ...["a", "two words", "a-b_c.d/e", "v1.2.3", "http://x:80/?a=b#c", "a:b"],
    ...["-a", "--a", "?a", ":a", "a#b", "a, b", "a]", "it's", 'say "x"', "a%"],
    ...[
      "1.2.3",
      "1a",
      "0xg",
      "1e",
      "2021-1-1",
      "yes!",
      "nullable",
      "y1",
      "é😀",
    ],
    ...["{{", "---a"].slice(1),
  ];
  for (const string of strings) {
    strictEqual(writeString(string, IN_MAPPING), string);
  }
});

Deno.test("writeString() quotes what any reader may take for another value", () => {
  const strings = [
    ...[
      "yes",
      "y",
      "N",
      "on",
      "True",
      "null",
      "~",
      "",
      "<<",
      "=",
      "010",
      "0o17",
    ],
    ...[
      "1",
      "-1",
      "+1",
      "1_000",
      "0b1",
      "0x1F",
      "12:30",
      "1:2:3.5",
      "1e3",
      "1E+3",
    ],
    ...[
      "1.",
      ".5",
      "+.5",
      "1.5e3",
      "-.inf",
      ".nan",
      "2001-12-14",
      "2021-13-45",
    ],
    ...["2001-12-14 21:59:43", "- a", "-", "? a", ": a", "a: b", "a:", "a #b"],
    ...[
      "#a",
      "&a",
      "*a",
      "!a",
      "|",
      ">",
      "'a",
      '"a',
      "%a",
      "@a",
      "`a",
      "[a",
      "{a",
    ],
    ...[",a", "]", " a", "a ", "it's: x"],
  ];
  for (const string of strings) {
    const quoted = `'${string.replaceAll("'", "''")}'`;
    strictEqual(writeString(string, IN_MAPPING), quoted);
    strictEqual(writeKey(string), quoted);
    deepStrictEqual(parseYaml(`v: ${quoted}`, { strict: true }), { v: string });
  }
});

Deno.test("writeString() escapes what cannot be seen", () => {
  const cases: [string, string][] = [
    ["a\tb", '"a\\tb"'],
    ["\0\x07\b\v\f\r\x1b", '"\\0\\a\\b\\v\\f\\r\\e"'],
    ["\x01\x7f\x9f", '"\\x01\\x7F\\x9F"'],
    ["\x85\xa0\u2028\u2029", '"\\N\\_\\L\\P"'],
    ["\ufeff\ufffe\ud800", '"\\uFEFF\\uFFFE\\uD800"'],
    ["\t'\"\\", '"\\t\'\\"\\\\"'],
    [" ", '" "'],
    ["\n", '"\\n"'],
    [" \n ", '" \\n "'],
    ["a\r\nb", '"a\\r\\nb"'],
    ["a\n\tb", '"a\\n\\tb"'],
  ];
  for (const [string, text] of cases) {
    strictEqual(writeString(string, IN_MAPPING), text);
    deepStrictEqual(parseYaml(`v: ${text}`, { strict: true }), { v: string });
  }
});

Deno.test("writeString() writes several lines as a literal block", () => {
  const cases: [string, string][] = [
    ["a\nb", "|-\n    a\n    b"],
    ["a\nb\n", "|\n    a\n    b"],
    ["a\n\nb\n\n\n", "|+\n    a\n\n    b\n\n"],
    ["\na", "|-\n\n    a"],
    ["  a\n b", "|2-\n      a\n     b"],
    ["\n  a\n", "|2\n\n      a"],
    ["a: b\n# c\n---\n", "|\n    a: b\n    # c\n    ---"],
  ];
  for (const [string, text] of cases) {
    strictEqual(writeString(string, { indent: 4, isRoot: false }), text);
    const yaml = `k:\n  v: ${text}\n`;
    deepStrictEqual(parseYaml(yaml, { strict: true }), { k: { v: string } });
  }
});

Deno.test("writeString() writes no indented block at the top of a document", () => {
  const root = { indent: 2, isRoot: true };
  strictEqual(writeString(" a\nb", root), '" a\\nb"');
  strictEqual(writeString("a\n b", root), "|-\n  a\n   b");
  strictEqual(writeString("...", root), "'...'");
  strictEqual(writeString("--- a", root), "'--- a'");
  strictEqual(writeString("...", IN_MAPPING), "...");
});

Deno.test("writeKey() writes a key on one line", () => {
  const cases: [string, string][] = [
    ["a b", "a b"],
    ["a\nb", '"a\\nb"'],
    ["---", "---"],
    ["--- a", "'--- a'"],
    ["... a", "'... a'"],
  ];
  for (const [key, text] of cases) {
    strictEqual(writeKey(key), text);
    const yaml = key.includes("\n") ? `? ${text}\n: 1\n` : `${text}: 1\n`;
    deepStrictEqual(parseYaml(yaml, { strict: true }), { [key]: 1 });
  }
});

Deno.test("keepsBreaks() is true for blocks that end with an empty line", () => {
  for (const string of ["a\n\n", "a\nb\n\n\n"]) {
    strictEqual(keepsBreaks(string), true);
  }
  for (const string of ["", "a", "a\n", "\n\n", "a\t\n\n"]) {
    strictEqual(keepsBreaks(string), false);
  }
});
