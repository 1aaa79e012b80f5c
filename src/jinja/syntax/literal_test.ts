import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { Float } from "../../values.ts";
import { SyntaxFailure } from "../error.ts";
import { decodeString, readFloat, readInteger } from "./literal.ts";

Deno.test("decodeString() decodes Python's escapes", () => {
  const cases: [body: string, value: string][] = [
    ["", ""],
    ["plain é", "plain é"],
    ["\\\\ \\' \\\"", "\\ ' \""],
    ["\\a\\b\\f\\n\\r\\t\\v", "\x07\b\f\n\r\t\v"],
    ["a\\\nb", "ab"],
    ["\\0\\7\\12\\101\\1011", "\0\x07\nAA1"],
    ["\\777", "\u01ff"],
    ["\\8\\9", "\\8\\9"],
    ["\\x41\\xe9\\xFF", "Aé\xff"],
    ["\\u00e9\\u4e2d", "é中"],
    ["\\U0001F600", "😀"],
    ["\\\\n\\\\x", "\\n\\x"],
    ["\\q\\.\\{", "\\q\\.\\{"],
    ["\\é", "\\xe9"],
    ["\\中", "\\u4e2d"],
    ["\\😀", "\\U0001f600"],
  ];
  for (const [body, value] of cases) {
    strictEqual(decodeString(body), value, body);
  }
});

Deno.test("decodeString() rejects escapes that are incomplete or not a character", () => {
  for (
    const body of [
      "\\x",
      "\\x4",
      "\\xg0",
      "\\u",
      "\\u12",
      "\\U0001",
      "\\U00110000",
      "\\N{DASH}",
    ]
  ) {
    throws(() => decodeString(body), (error) => {
      ok(error instanceof SyntaxFailure, body);
      strictEqual(error.hint, "Write a backslash as \\\\");
      return true;
    });
  }
});

Deno.test("readInteger() reads every base, and digits beyond 2^53", () => {
  const cases: [text: string, value: number | bigint][] = [
    ["0", 0],
    ["42", 42],
    ["1_000_000", 1_000_000],
    ["0x_ff", 255],
    ["0b1_01", 5],
    ["0o17", 15],
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["0xffffffffffffffff", 18446744073709551615n],
  ];
  for (const [text, value] of cases) {
    strictEqual(readInteger(text), value, text);
  }
});

Deno.test("readInteger() bounds the number of digits", () => {
  strictEqual(readInteger("9".repeat(4300)), 10n ** 4300n - 1n);
  throws(() => readInteger("9".repeat(4301)), SyntaxFailure);
});

Deno.test("readFloat() keeps whole floats apart from integers", () => {
  const cases: [text: string, value: number | Float][] = [
    ["1.5", 1.5],
    ["1_0.2_5", 10.25],
    ["1.0", new Float(1)],
    ["1e3", new Float(1000)],
    ["1.5e-1", 0.15],
    ["1e400", Infinity],
  ];
  for (const [text, value] of cases) {
    deepStrictEqual(readFloat(text), value, text);
  }
});
