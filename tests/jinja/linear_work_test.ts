import { ok } from "node:assert/strict";
import { Environment } from "../../src/jinja/mod.ts";
import { countWork } from "../support/counted_work.ts";

const DOUBLINGS = 5;

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
    const inputs = Array.from(
      { length: DOUBLINGS + 1 },
      (_, doublings) => source(100 * 2 ** doublings),
    );
    const work: number[] = [];
    for (const input of inputs) {
      work.push(
        await countWork(() => {
          try {
            new Environment().compile(input).variables();
          } catch {
            // Refused input must not take more work either.
          }
        }),
      );
    }
    const [first, last] = [inputs[0]!.length, inputs.at(-1)!.length];
    const growth = (last * Math.log2(last)) / (first * Math.log2(first));
    ok(work.at(-1)! <= work[0]! * growth, `${name}: ${work.join(", ")}`);
  });
}
