import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { parseTemplate } from "./parse.ts";

Deno.test("parseTemplate() reads every line end as a newline", () => {
  const { source, root } = parseTemplate("a\r\nb\rc\n\r\nd", "page");
  deepStrictEqual(source, { name: "page", text: "a\nb\nc\n\nd" });
  const [text] = root.body;
  strictEqual(text?.kind === "text" && text.text, "a\nb\nc\n\nd");
});

Deno.test("parseTemplate() reports whether the source strips what follows it", () => {
  strictEqual(parseTemplate("{% set a = 1 -%}").stripsNext, true);
  strictEqual(parseTemplate("{% set a = 1 %}").stripsNext, false);
});

Deno.test("parseTemplate() continues a source that strips it", () => {
  const { root } = parseTemplate(" a\n", undefined, {
    stripsStart: true,
    isContinued: true,
  });
  const [text] = root.body;
  strictEqual(text?.kind === "text" && text.text, "a\n");
});

Deno.test("parseTemplate() knows these statements", () => {
  const kinds = [
    "{% autoescape true %}{% endautoescape %}",
    "{% block b %}{% endblock %}",
    "{% break %}",
    "{% call m() %}{% endcall %}",
    "{% continue %}",
    "{% extends a %}",
    "{% filter f %}{% endfilter %}",
    "{% for a in b %}{% endfor %}",
    "{% from a import b %}",
    "{% if a %}{% endif %}",
    "{% import a as b %}",
    "{% include a %}",
    "{% macro m() %}{% endmacro %}",
    "{% print a %}",
    "{% set a = 1 %}",
    "{% set a %}{% endset %}",
    "{% with %}{% endwith %}",
  ].flatMap((source) =>
    parseTemplate(source).root.body.map(({ kind }) => kind)
  );
  deepStrictEqual(kinds, [
    "autoescape",
    "block",
    "break",
    "callBlock",
    "continue",
    "extends",
    "filterBlock",
    "for",
    "fromImport",
    "if",
    "import",
    "include",
    "macro",
    "output",
    "set",
    "setBlock",
    "with",
  ]);
});

Deno.test("parseTemplate() reports where statements start: at the names of their tags", () => {
  const { root } = parseTemplate(
    "a\n{% set b = 1 %}\n  {{ c }}{%- if d %}{% endif %}",
  );
  deepStrictEqual(
    root.body.map(({ kind, position }) =>
      `${kind} ${position.line}:${position.column}`
    ),
    ["text 1:1", "set 2:4", "text 2:16", "output 3:3", "if 3:14"],
  );
});
