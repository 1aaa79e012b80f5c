import { deepStrictEqual, throws } from "node:assert/strict";
import { type Token, tokenize } from "./jsonpath_tokens.ts";

/** Writes a token as its kind and text: `key:state`. */
function shown({ kind, text }: Token): string {
  return `${kind}:${text}`;
}

const CASES: readonly [expression: string, tokens: string[]][] = [
  ["", []],
  ["a", ["key:a"]],
  ["a-b_c@1", ["key:a-b_c@1"]],
  ["@type", ["key:@type"]],
  ["你好.😀", ["key:你好", "symbol:.", "key:😀"]],
  ["'a b'", ["key:a b"]],
  [`'it\\'s'."\\"x\\""`, ["key:it's", "symbol:.", 'key:"x"']],
  ["''", ["key:"]],
  ["`this`", ["named:this"]],
  ["-12", ["number:-12"]],
  ["1a", ["number:1", "key:a"]],
  ["a..b", ["key:a", "symbol:..", "key:b"]],
  ["a...b", ["key:a", "symbol:..", "symbol:.", "key:b"]],
  ["where", ["symbol:where"]],
  ["wherenot", ["symbol:wherenot"]],
  ["'where'", ["key:where"]],
  ["whereas", ["key:whereas"]],
  ["$[*,0:1]", [
    "symbol:$",
    "symbol:[",
    "symbol:*",
    "symbol:,",
    "number:0",
    "symbol::",
    "number:1",
    "symbol:]",
  ]],
  [" a\t|\n(b) ", ["key:a", "symbol:|", "symbol:(", "key:b", "symbol:)"]],
];

Deno.test("tokenize() splits an expression into keys, numbers and symbols", () => {
  for (const [expression, tokens] of CASES) {
    deepStrictEqual(
      tokenize(expression).map(shown),
      [...tokens, "end:"],
      expression,
    );
  }
});

Deno.test("tokenize() tells where each token starts", () => {
  deepStrictEqual(
    tokenize(" ab . 'c d'").map(({ position }) => position),
    [1, 4, 6, 11],
  );
});

Deno.test("tokenize() refuses characters that start no token", () => {
  const cases: [string, RegExp][] = [
    ["a/b", /column 2: "\/" is not allowed here, quote the key$/],
    ["é", /column 1: "é" is not allowed/],
    ["a.\u{1f680}", /column 3: "\u{1f680}" is not allowed/u],
    ["a.\r", /column 3: "\r" is not allowed/],
    ["'a", /column 1: the closing ' is missing$/],
    ['a["b', /column 3: the closing " is missing$/],
    ["`this", /column 1: the closing ` is missing$/],
    ["'a\\\n'", /column 1: the closing ' is missing$/],
    ["-", /column 1: "-" is not allowed/],
  ];
  for (const [expression, message] of cases) {
    throws(() => tokenize(expression), { phase: "parse", message });
  }
});
