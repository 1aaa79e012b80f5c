import { ok, strictEqual } from "node:assert/strict";
import { createLogger } from "../util/log.ts";
import { createMask } from "../util/mask/mask.ts";
import { renderTemplate } from "./render.ts";
import { createRenderer } from "./renderer.ts";

const SECRET = "correct-horse-battery-staple";

Deno.test("createRenderer() logs what fails without any part of a secret", async () => {
  const lines: string[] = [];
  const log = createLogger({
    level: "DEBUG",
    write: (line) => lines.push(line),
    mask: createMask([SECRET]),
  });
  const renderer = createRenderer("", log);
  for (let before = 0; before < 120; before += 5) {
    const source = `${"x".repeat(before)}${SECRET} {{ nothing.at_all }}`;
    const failed = await renderer.render(source, {});
    strictEqual(failed, `<jinja2 parse error> ${source}`);
    strictEqual(await renderer.renderOptional(source, {}), "");
  }
  strictEqual(lines.length, 48);
  for (const line of lines) {
    ok(line.includes("'nothing' is undefined"), line);
    ok(line.includes("***") && !line.includes("correct"), line);
  }
});

for (
  const [what, macros] of [
    ["none", ""],
    ["one that strips", "{%- macro hi(x) -%} hi {{ x }} {%- endmacro -%}\n"],
    ["one that keeps", "{% macro hi(x) %}hi {{ x }}{% endmacro %}"],
    ["one with a line break behind", "{% macro hi() %}hi{% endmacro %}\n"],
    [
      "two, of which one calls the other",
      "{%- macro ho() -%} ho {%- endmacro -%}\n" +
      "{%- macro hi(x) -%} {{ ho() }} {{ x }} {%- endmacro -%}\n",
    ],
    [
      "one with a block",
      "{% macro hi() %}{% block b %}B{% endblock %}{% endmacro %}",
    ],
    [
      "more than macros",
      "{% set x = 'shadow' %}{% macro hi() %}hi{% endmacro %}",
    ],
    ["an end tag in a string", "{% macro hi() %}{{ '{% endmacro %}"],
    ["other white space", "{% macro hi() %}H{%\x1fendmacro -%}"],
    ["a comment", "{# hi #}{% macro hi() %}hi{% endmacro %}"],
  ] as const
) {
  Deno.test(`createRenderer() renders as if macros were always read: ${what}`, async () => {
    const renderer = createRenderer(macros, {
      info() {},
      warn() {},
      error() {},
    });
    for (
      const source of [
        "",
        "plain",
        "  plain\n",
        "{{ x }}",
        " {{ x }} ",
        "\n{{ x }}\n",
        "{{ hi(x) }}",
        " {%- if x %} {{ hi(1) }}{% endif -%} ",
        "{{ ho is defined }} {{ self.b is defined }}",
        "{{ self.b() if self.b is defined }}",
        "{% set hi = 1 %}{{ hi }}",
        "{#- hi #} {{ x|upper }}",
        "\x1f{{ x }}",
        "\x85plain",
        "\ufeffplain",
        "' }}{% endmacro %}",
      ]
    ) {
      strictEqual(
        await renderer.render(source, { x: "X" }),
        rendered(source, macros),
        JSON.stringify(source),
      );
    }
  });
}

Deno.test("createRenderer() fails for a broken macro only what names it", async () => {
  const lines: string[] = [];
  const renderer = createRenderer(
    "{% macro hi() %}{{ 1 + }}{% endmacro %}",
    createLogger({
      level: "DEBUG",
      write: (line) => lines.push(line),
      mask: (text) => text,
    }),
  );
  strictEqual(await renderer.render("{{ x }}", { x: "X" }), "X");
  strictEqual(await renderer.allows("{{ x }}", { x: "X" }), true);
  strictEqual(lines.length, 0);
  strictEqual(await renderer.allows("{{ hi() }}", {}), false);
  strictEqual(lines.length, 1);
});

function rendered(source: string, macros: string): string {
  try {
    return renderTemplate(source, { x: "X" }, { macros });
  } catch {
    return `<jinja2 parse error> ${source}`;
  }
}
