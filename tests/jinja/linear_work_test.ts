import { Environment } from "../../src/jinja/mod.ts";
import { checkLinear } from "../support/counted_work.ts";

/** Sources that grow with a size. */
const SOURCES: Readonly<Record<string, (size: number) => string>> = {
  "one long line of tags": (size) => "{{ a }}".repeat(size),
  "many lines": (size) => "a\n{{ b }}\n".repeat(size),
  "braces that open no tag": (size) => "{ a }".repeat(size),
  "white space between tags": (size) => `{{ a }}${" ".repeat(size)}{{- b }}`,
  "a comment without an end": (size) => `${"{# a #}".repeat(size)}{#`,
  "a string without an end": (size) => `{{ '${"\\'".repeat(size)}`,
  "tags that are not closed": (size) => "{% if a ".repeat(size),
  "a long string": (size) => `{{ '${"a\\n".repeat(size)}' }}`,
  "many strings side by side": (size) => `{{ ${"'a' ".repeat(size)} }}`,
  "many digits": (size) => `{{ ${"1".repeat(size)} }}`,
  "many digits with underscores": (size) => `{{ ${"1_".repeat(size)}1 }}`,
  "a long list": (size) => `{{ [${"a, ".repeat(size)}] }}`,
  "a long dict": (size) => `{{ {${"a: b, ".repeat(size)}} }}`,
  "many arguments": (size) =>
    `{{ a(${Array.from({ length: size }, (_, i) => `b${i}=c`).join(", ")}) }}`,
  "many statements": (size) => "{% set a = b %}".repeat(size),
  "many names": (size) =>
    Array.from({ length: size }, (_, i) => `{% set a${i} = b${i} %}`).join(""),
  "many names among conditions": (size) =>
    Array.from(
      { length: size },
      (_, i) => `{% if a${i} %}{% set b${i} = c %}{% endif %}`,
    ).join(""),
  "many branches": (size) =>
    `{% if a %}${
      Array.from({ length: size }, (_, i) => `{% elif b${i} %}{{ c${i} }}`)
        .join("")
    }{% endif %}`,
  "many blocks": (size) =>
    Array.from({ length: size }, (_, i) => `{% block b${i} %}{% endblock %}`)
      .join(""),
  "many macros": (size) =>
    Array.from(
      { length: size },
      (_, i) => `{% macro m${i}(a) %}{{ a }}{% endmacro %}`,
    )
      .join(""),
  "much inside nested loops": (size) =>
    `${"{% for a in b %}".repeat(50)}${"{{ c }}".repeat(10 * size)}${
      "{% endfor %}".repeat(50)
    }`,
  "much inside nested macros": (size) =>
    `${"{% macro m() %}".repeat(50)}${"{{ c }}".repeat(10 * size)}${
      "{% endmacro %}".repeat(50)
    }`,
  "raw blocks": (size) => "{% raw %}{{ a }}{% endraw %}".repeat(size),
};

for (const [name, source] of Object.entries(SOURCES)) {
  Deno.test(`Environment.compile() of ${name} takes work in proportion to its length`, async () => {
    await checkLinear(
      100,
      source,
      (input) => new Environment().compile(input).variables(),
    );
  });
}
