import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { Float } from "../../values.ts";
import { SyntaxFailure } from "../error.ts";
import { Lexer } from "./lexer.ts";
import { describeKind, describeToken, TokenStream } from "./token_stream.ts";

/** Streams the tokens of a tag, of which `{{` is the first. */
function streamOf(code: string): TokenStream {
  const source = { name: "page", text: `{{ ${code} }}` };
  return new TokenStream(new Lexer(source), source);
}

function failure(run: () => unknown): SyntaxFailure {
  try {
    run();
  } catch (error) {
    if (error instanceof SyntaxFailure) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

Deno.test("TokenStream.next() takes tokens in order and stays at the end", () => {
  const tokens = streamOf("a + 1");
  const values = Array.from({ length: 7 }, () => tokens.next().value);
  deepStrictEqual(values, ["{{", "a", "+", 1, "}}", "", ""]);
});

Deno.test("TokenStream.following looks one token ahead without taking any", () => {
  const tokens = streamOf("a + 1");
  strictEqual(tokens.current.value, "{{");
  strictEqual(tokens.following.value, "a");
  strictEqual(tokens.following.value, "a");
  tokens.next();
  strictEqual(tokens.current.value, "a");
  strictEqual(tokens.following.value, "+");
});

Deno.test("TokenStream distinguishes operators from strings, and keywords from operators", () => {
  const tokens = streamOf("'+' if");
  tokens.next();
  ok(!tokens.atOperator("+"));
  ok(tokens.at("string"));
  tokens.next();
  ok(tokens.atKeyword("if"));
  ok(!tokens.atOperator("if"));
});

Deno.test("TokenStream.acceptOperator() and acceptKeyword() take what comes next, and nothing else", () => {
  const tokens = streamOf("a + b");
  ok(!tokens.acceptOperator("+"));
  tokens.next();
  ok(!tokens.acceptKeyword("b"));
  ok(tokens.acceptKeyword("a"));
  ok(tokens.acceptOperator("+"));
  ok(!tokens.acceptOperator("+"));
  strictEqual(tokens.current.value, "b");
});

Deno.test("TokenStream.expectName() returns the name and its position", () => {
  const tokens = streamOf("abc");
  tokens.next();
  deepStrictEqual(tokens.expectName(), {
    name: "abc",
    position: { line: 1, column: 4 },
  });
});

Deno.test("TokenStream fails with what it expects and finds", () => {
  const cases: [
    expect: (tokens: TokenStream) => unknown,
    message: string,
    expected: string,
  ][] = [
    [(tokens) => tokens.expect("name"), "expected a name, got '+'", "a name"],
    [
      (tokens) => tokens.expect("blockEnd"),
      "expected the end of the tag, got '+'",
      "the end of the tag",
    ],
    [(tokens) => tokens.expectOperator(")"), "expected ')', got '+'", "')'"],
    [(tokens) => tokens.expectKeyword("in"), "expected 'in', got '+'", "'in'"],
    [(tokens) => tokens.expectName(), "expected a name, got '+'", "a name"],
  ];
  for (const [expect, message, expected] of cases) {
    const tokens = streamOf("+");
    tokens.next();
    const error = failure(() => expect(tokens));
    strictEqual(error.message, message);
    deepStrictEqual(error.expected, [expected]);
    deepStrictEqual(error.place, { line: 1, column: 4 });
    strictEqual(error.source?.name, "page");
  }
});

Deno.test("TokenStream.failExpected() lists several tokens", () => {
  const tokens = streamOf("+");
  const error = failure(() => tokens.failExpected("a name", "an integer"));
  strictEqual(error.message, "expected a name or an integer, got '{{'");
  deepStrictEqual(error.expected, ["a name", "an integer"]);
});

Deno.test("TokenStream.fail() takes a position, expected tokens and a hint", () => {
  const error = failure(() =>
    streamOf("a").fail("no", {
      position: { line: 3, column: 2 },
      expected: ["yes"],
      hint: "Say yes",
    })
  );
  deepStrictEqual(error.place, { line: 3, column: 2 });
  deepStrictEqual(error.expected, ["yes"]);
  strictEqual(error.hint, "Say yes");
});

Deno.test("TokenStream locates what the lexer rejects", () => {
  const tokens = streamOf("a $");
  tokens.next();
  const error = failure(() => tokens.next());
  deepStrictEqual(error.place, { line: 1, column: 6 });
  strictEqual(error.source?.name, "page");
});

Deno.test("TokenStream.nested() bounds how deep the grammar goes", () => {
  const tokens = streamOf("a");
  function nest(depth: number): number {
    return depth === 0 ? 0 : tokens.nested(() => nest(depth - 1) + 1);
  }
  strictEqual(nest(200), 200);
  strictEqual(nest(200), 200);
  throws(() => nest(201), /nested too deeply/);
});

const POSITION = { line: 1, column: 1 };

Deno.test("describeToken() quotes a token, and names the ends", () => {
  const cases = [
    [{ kind: "name", value: "if" }, "'if'"],
    [{ kind: "operator", value: "**" }, "'**'"],
    [{ kind: "string", value: "a b" }, "'a b'"],
    [{ kind: "integer", value: 12n }, "'12'"],
    [{ kind: "float", value: new Float(1) }, "'1.0'"],
    [{ kind: "blockStart", value: "{%" }, "'{%'"],
    [{ kind: "blockEnd", value: "%}" }, "the end of the tag"],
    [{ kind: "variableEnd", value: "}}" }, "the end of the tag"],
    [{ kind: "end", value: "" }, "the end of the template"],
  ] as const;
  for (const [token, description] of cases) {
    strictEqual(describeToken({ ...token, position: POSITION }), description);
  }
});

Deno.test("describeKind() names what is expected", () => {
  strictEqual(describeKind("name"), "a name");
  strictEqual(describeKind("variableStart"), "'{{'");
  strictEqual(describeKind("blockEnd"), "the end of the tag");
});
