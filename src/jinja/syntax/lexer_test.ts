import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { Float } from "../../values.ts";
import { SyntaxFailure } from "../error.ts";
import { Lexer, type LexerOptions } from "./lexer.ts";
import type { Token } from "./token.ts";

function tokensOf(text: string, options?: LexerOptions): Token[] {
  const lexer = new Lexer({ name: undefined, text }, options);
  const tokens: Token[] = [];
  for (;;) {
    const token = lexer.next();
    if (token.kind === "end") return tokens;
    tokens.push(token);
  }
}

/** Prints tokens as `kind:value`, or only the value of delimiters, operators and names. */
function summary(text: string, options?: LexerOptions): string {
  return tokensOf(text, options).map(({ kind, value }) => {
    switch (kind) {
      case "text":
      case "string":
        return `${kind}:${JSON.stringify(value)}`;
      case "integer":
      case "float":
        return `${kind}:${value}`;
      default:
        return value;
    }
  }).join(" ");
}

/** Reads the tokens of one tag, without its delimiters. */
function inTag(code: string): string {
  return summary(`{{ ${code} }}`).replace(/^\{\{ ?/, "").replace(/ ?\}\}$/, "");
}

function failure(text: string, options?: LexerOptions): SyntaxFailure {
  try {
    tokensOf(text, options);
  } catch (error) {
    if (error instanceof SyntaxFailure) return error;
    throw error;
  }
  throw new Error(`${text} has tokens`);
}

Deno.test("Lexer reads text, output and statements", () => {
  const cases: [source: string, tokens: string][] = [
    ["", ""],
    ["plain", 'text:"plain"'],
    ["a {{ b }} c", 'text:"a " {{ b }} text:" c"'],
    ["{{a}}{{b}}", "{{ a }} {{ b }}"],
    ["{% if a %}b{% endif %}", '{% if a %} text:"b" {% endif %}'],
    ["{{ a }}{% b %}", "{{ a }} {% b %}"],
    ["{ {a} }", 'text:"{ {a} }"'],
    ["a }} b %} c #}", 'text:"a }} b %} c #}"'],
    ["{{ '}}' }}", '{{ string:"}}" }}'],
    ["{{ '{{ x }}' }}", '{{ string:"{{ x }}" }}'],
    ["{{ {'a': {}} }}", '{{ { string:"a" : { } } }}'],
    ["{{{}}}", "{{ { } }}"],
    ["{{\n a\n}}", "{{ a }}"],
  ];
  for (const [source, tokens] of cases) {
    strictEqual(summary(source), tokens, source);
  }
});

Deno.test("Lexer drops one newline at the end", () => {
  strictEqual(summary("a\n"), 'text:"a"');
  strictEqual(summary("a\n\n"), 'text:"a\\n"');
  strictEqual(summary("\n"), "");
  strictEqual(summary("{{ a }}\n"), "{{ a }}");
  strictEqual(summary("a\n", { isContinued: true }), 'text:"a\\n"');
});

Deno.test("Lexer strips white space next to a minus", () => {
  const cases: [source: string, tokens: string][] = [
    ["a  {{- b }}  c", 'text:"a" {{ b }} text:"  c"'],
    ["a  {{ b -}}  c", 'text:"a  " {{ b }} text:"c"'],
    ["a \n\t {%- b -%} \n c", 'text:"a" {% b %} text:"c"'],
    [" {{- b -}} ", "{{ b }}"],
    ["a  {{+ b }}  c", 'text:"a  " {{ b }} text:"  c"'],
    ["a  {%+ b +%}  c", 'text:"a  " {% b %} text:"  c"'],
    ["a {#- b -#} c", 'text:"a" text:"c"'],
    ["a {#+ b +#} c", 'text:"a " text:" c"'],
    ["a\u00a0\u3000{{- b }}", 'text:"a" {{ b }}'],
    ["a\x1c\x85{{- b }}", 'text:"a" {{ b }}'],
    ["a\ufeff{{- b }}", 'text:"a\ufeff" {{ b }}'],
    ["{{ -1 }}", "{{ - integer:1 }}"],
    ["{{- -1 }}", "{{ - integer:1 }}"],
    ["{{ a - }}", "{{ a - }}"],
  ];
  for (const [source, tokens] of cases) {
    strictEqual(summary(source), tokens, source);
  }
});

Deno.test("Lexer strips what a tag in front strips", () => {
  strictEqual(summary("  \n a", { stripsStart: true }), 'text:"a"');
  strictEqual(summary("  {{ a }}", { stripsStart: true }), "{{ a }}");
  strictEqual(summary(" ", { stripsStart: true }), "");
});

Deno.test("Lexer.stripsNext reports whether the last tag strips what follows", () => {
  const cases: [source: string, stripsNext: boolean][] = [
    ["", false],
    ["{{ a }}", false],
    ["{{ a -}}", true],
    ["{% a -%}", true],
    ["{% a +%}", false],
    ["{# a -#}", true],
    ["{# a #}", false],
    ["{% raw %}{% endraw -%}", true],
    ["{% raw -%}{% endraw %}", false],
    ["{{ a -}} ", true],
    ["{{ a -}} b", false],
    ["{{ a -}}{{ b }}", false],
  ];
  for (const [source, stripsNext] of cases) {
    const lexer = new Lexer({ name: undefined, text: source }, {
      isContinued: true,
    });
    while (lexer.next().kind !== "end");
    strictEqual(lexer.stripsNext, stripsNext, source);
  }
});

Deno.test("Lexer leaves out comments", () => {
  const cases: [source: string, tokens: string][] = [
    ["a{# b #}c", 'text:"a" text:"c"'],
    ["{# {{ a }} {% b %} #}", ""],
    ["{# a\nb #}c", 'text:"c"'],
    ["{##}a", 'text:"a"'],
    ["{#-#}a", 'text:"a"'],
    ["{# a #}{# b #}", ""],
    ["{{ a }}{# b #}{{ c }}", "{{ a }} {{ c }}"],
    ["a{#", 'text:"a"'],
    ["a{#-", 'text:"a"'],
  ];
  for (const [source, tokens] of cases) {
    strictEqual(summary(source), tokens, source);
  }
});

Deno.test("Lexer reads a raw block as text", () => {
  const cases: [source: string, tokens: string][] = [
    ["{% raw %}{{ a }}{% endraw %}", 'text:"{{ a }}"'],
    [
      "{% raw %}{% if %}{# b #}{% endraw %}c",
      'text:"{% if %}{# b #}" text:"c"',
    ],
    ["{%raw%}a{%endraw%}", 'text:"a"'],
    ["{%- raw -%} a {%- endraw -%} b", 'text:"a" text:"b"'],
    ["{% raw %} a {% endraw %}", 'text:" a "'],
    ["{% raw %}\na{%+ endraw +%}\n", 'text:"\\na"'],
    ["{% raw %}{% endraw %}", ""],
    ["{% raw %} {%- endraw %}", ""],
    ["{% raw %}a{% raw %}b{% endraw %}", 'text:"a{% raw %}b"'],
    ["{% rawx %}", "{% rawx %}"],
    ["{% raw a %}", "{% raw a %}"],
    ["a{% raw %}", 'text:"a"'],
  ];
  for (const [source, tokens] of cases) {
    strictEqual(summary(source), tokens, source);
  }
});

Deno.test("Lexer reads names", () => {
  const cases: [code: string, tokens: string][] = [
    ["a", "a"],
    ["_a1 A_b __c__", "_a1 A_b __c__"],
    ["not none True", "not none True"],
    ["é ß variable名 _µ", "é ß variable名 _µ"],
    ["aé éa", "aé éa"],
    ["𝒳", "𝒳"],
    ["a.b", "a . b"],
    ["1a", "integer:1 a"],
  ];
  for (const [code, tokens] of cases) strictEqual(inTag(code), tokens, code);
});

Deno.test("Lexer reads numbers as Python writes them", () => {
  const cases: [code: string, tokens: string][] = [
    ["0 7 42", "integer:0 integer:7 integer:42"],
    ["1_000", "integer:1000"],
    ["00 0_0", "integer:0 integer:0"],
    [
      "0x1F 0Xa_b 0b101 0B1 0o17 0O7",
      "integer:31 integer:171 integer:5 integer:1 integer:15 integer:7",
    ],
    ["9007199254740993", "integer:9007199254740993"],
    ["1.0 1.5 10.25", "float:1.0 float:1.5 float:10.25"],
    ["1e3 1E-2 1.5e+2", "float:1000.0 float:0.01 float:150.0"],
    ["1_0.2_5", "float:10.25"],
    ["1.a", "integer:1 . a"],
    ["1.", "integer:1 ."],
    [".5", ". integer:5"],
    ["a.0.1", "a . integer:0 . integer:1"],
    ["a.1e3", "a . integer:1 e3"],
    ["01", "integer:0 integer:1"],
    ["1__0", "integer:1 __0"],
    ["-1", "- integer:1"],
  ];
  for (const [code, tokens] of cases) strictEqual(inTag(code), tokens, code);
  const [, large] = tokensOf("{{ 9007199254740993 }}");
  strictEqual(large?.value, 9007199254740993n);
  const [, whole] = tokensOf("{{ 1.0 }}");
  deepStrictEqual(whole?.value, new Float(1));
});

Deno.test("Lexer reads strings", () => {
  const cases: [code: string, tokens: string][] = [
    ["'a'", 'string:"a"'],
    ['"a"', 'string:"a"'],
    ["''", 'string:""'],
    [`'a"b'`, 'string:"a\\"b"'],
    [`"a'b"`, 'string:"a\'b"'],
    ["'a\\'b'", 'string:"a\'b"'],
    ["'a\\\\'", 'string:"a\\\\"'],
    ["'a\nb'", 'string:"a\\nb"'],
    ["'%} }} #}'", 'string:"%} }} #}"'],
    ["'é😀'", 'string:"é😀"'],
    ["'a' 'b'", 'string:"a" string:"b"'],
    ["'a''b'", 'string:"a" string:"b"'],
  ];
  for (const [code, tokens] of cases) strictEqual(inTag(code), tokens, code);
});

Deno.test("Lexer reads the longest operator", () => {
  const cases: [code: string, tokens: string][] = [
    ["a//b/c", "a // b / c"],
    ["a**b*c", "a ** b * c"],
    ["a==b=c", "a == b = c"],
    ["a!=b", "a != b"],
    ["a>=b<=c>d<e", "a >= b <= c > d < e"],
    ["a|b~c%d+e-f", "a | b ~ c % d + e - f"],
    ["(a)[b]{c}", "( a ) [ b ] { c }"],
    ["a.b,c:d;", "a . b , c : d ;"],
    ["***", "** *"],
  ];
  for (const [code, tokens] of cases) strictEqual(inTag(code), tokens, code);
});

Deno.test("Lexer reports where tokens start", () => {
  const source = "ab\n  {{ c }}\n\n{% d %}{{\n'e\nf' g}}";
  const positions = tokensOf(source).map(({ value, position }) =>
    `${JSON.stringify(value)} ${position.line}:${position.column}`
  );
  deepStrictEqual(positions, [
    '"ab\\n  " 1:1',
    '"{{" 2:3',
    '"c" 2:6',
    '"}}" 2:8',
    '"\\n\\n" 2:10',
    '"{%" 4:1',
    '"d" 4:4',
    '"%}" 4:6',
    '"{{" 4:8',
    '"e\\nf" 5:1',
    '"g" 6:4',
    '"}}" 6:5',
  ]);
});

Deno.test("Lexer reports where the source ends", () => {
  const lexer = new Lexer({ name: undefined, text: "a\n{{ b" });
  const kinds: string[] = [];
  for (let index = 0; index < 5; index++) {
    const { kind, position } = lexer.next();
    kinds.push(`${kind} ${position.line}:${position.column}`);
  }
  deepStrictEqual(kinds, [
    "text 1:1",
    "variableStart 2:1",
    "name 2:4",
    "end 2:5",
    "end 2:5",
  ]);
});

Deno.test("Lexer rejects what is not a token", () => {
  const cases: [source: string, message: string, expected?: string[]][] = [
    ["{{ $ }}", "unexpected character '$'"],
    ["{{ a ? b }}", "unexpected character '?'"],
    ["{{ a ! b }}", "unexpected character '!'"],
    ["{{ a & b }}", "unexpected character '&'"],
    ["{{ 😀 }}", "unexpected character '😀'"],
    ["{{ 'a }}", "unexpected character '''"],
    ['{{ "a }}', "unexpected character '\"'"],
    ["{{ ٣ }}", "'٣' is not a valid name"],
    ["{{ ²a }}", "'²a' is not a valid name"],
    ["{{ a) }}", "unexpected ')'"],
    ["{{ (a] }}", "unexpected ']', expected ')'", ["')'"]],
    ["{{ {a) }}", "unexpected ')', expected '}'", ["'}'"]],
    ["{{ [a} }}", "unexpected '}', expected ']'", ["']'"]],
    ["{# a", "the comment is not closed", ["'#}'"]],
    ["{#- a", "the comment is not closed", ["'#}'"]],
    ["{% raw %}a", "the raw block is not closed", ["'{% endraw %}'"]],
    ["{{ '\\x1' }}", "the escape \\x in a string is incomplete"],
  ];
  for (const [source, message, expected = []] of cases) {
    const error = failure(source);
    ok(error.message.startsWith(message), `${source}: ${error.message}`);
    deepStrictEqual(error.expected, expected, source);
  }
});

Deno.test("Lexer says how to fix a string, a comment and a raw block", () => {
  strictEqual(
    failure("{{ 'a }}").hint,
    "Close the string with the quote that opens it",
  );
  strictEqual(failure("{{ a $ }}").hint, undefined);
  strictEqual(failure("{# a").hint, "Close it with #}");
  strictEqual(failure("{% raw %} ").hint, "Close it with {% endraw %}");
});

Deno.test("Lexer requires the end of a comment or raw block if more follows", () => {
  for (const source of ["a{#", "a{% raw %}"]) {
    throws(() => tokensOf(source, { isContinued: true }), SyntaxFailure);
  }
});

Deno.test("Lexer reports where a token cannot be read", () => {
  const cases: [source: string, line: number, column: number][] = [
    ["{{ a\n $ }}", 2, 2],
    ["a\n{# b", 2, 1],
    ["a\n {% raw %}b", 2, 2],
    ["{{ (\na] }}", 2, 2],
    ["{{ a + '\\x1' }}", 1, 8],
    ["{{ ²a }}", 1, 4],
  ];
  for (const [text, line, column] of cases) {
    const lexer = new Lexer({ name: undefined, text });
    throws(() => {
      while (lexer.next().kind !== "end");
    }, SyntaxFailure);
    deepStrictEqual(lexer.position, { line, column }, text);
  }
});

Deno.test("Lexer reads tokens one by one", () => {
  // What comes before a broken token can still be parsed, and fails first.
  const lexer = new Lexer({ name: undefined, text: "{% nope %}{{ $ }}" });
  const values = Array.from({ length: 4 }, () => lexer.next().value);
  deepStrictEqual(values, ["{%", "nope", "%}", "{{"]);
  throws(() => lexer.next(), SyntaxFailure);
});
