import { strictEqual } from "node:assert/strict";
import { parseTemplate } from "../syntax/parse.ts";
import { reads } from "./special_names.ts";

Deno.test("reads() finds a name that anything inside reads", () => {
  const cases: [source: string, isRead: boolean][] = [
    ["", false],
    ["{{ loop }}", true],
    ["{{ loop.index + 1 }}", true],
    ["{{ a }}{{ [b, {c: loop}] }}", true],
    ["{{ a.loop }}", false],
    ["{{ 'loop' }}", false],
    ["{{ f(loop=1) }}", false],
    ["{{ f(a=loop) }}", true],
    ["{{ a | loop }}", false],
    ["{{ a | b(loop) }}", true],
    ["{% if loop %}{% endif %}", true],
    ["{% for a in loop %}{% endfor %}", true],
    ["{% for a in b %}{{ loop }}{% endfor %}", true],
    ["{% for a in b if loop %}{% endfor %}", true],
    ["{% macro m() %}{{ loop }}{% endmacro %}", true],
    ["{% macro m(a=loop) %}{% endmacro %}", true],
    ["{% call m(loop) %}{% endcall %}", true],
    ["{% call m() %}{{ loop }}{% endcall %}", true],
    ["{% with a = loop %}{% endwith %}", true],
    ["{% set a %}{{ loop }}{% endset %}", true],
    ["{% filter f(loop) %}{% endfilter %}", true],
    ["{% include loop %}", true],
  ];
  for (const [source, isRead] of cases) {
    strictEqual(reads(parseTemplate(source).root.body, "loop"), isRead, source);
  }
});

Deno.test("reads() does not look into blocks", () => {
  const { body } = parseTemplate("{% block b %}{{ self }}{% endblock %}").root;
  strictEqual(reads(body, "self"), false);
});

Deno.test("reads() stops where the name is assigned to", () => {
  const cases: [source: string, isRead: boolean][] = [
    ["{% set caller = 1 %}{{ caller }}", false],
    ["{{ caller }}{% set caller = 1 %}", true],
    ["{% set caller = caller %}", false],
    ["{% for caller in a %}{% endfor %}{{ caller }}", false],
    ["{% for a, caller in caller %}{% endfor %}", false],
    ["{% with caller = 1 %}{% endwith %}{{ caller }}", false],
    ["{% macro m(caller) %}{% endmacro %}{{ caller }}", false],
    ["{% macro m(a) %}{% endmacro %}{{ caller }}", true],
    ["{% call(caller) m() %}{% endcall %}{{ caller }}", false],
    ["{% call(caller) m(caller) %}{% endcall %}", true],
    ["{% set other = 1 %}{{ caller }}", true],
    ["{% macro caller() %}{% endmacro %}{{ caller }}", true],
  ];
  for (const [source, isRead] of cases) {
    strictEqual(
      reads(parseTemplate(source).root.body, "caller"),
      isRead,
      source,
    );
  }
});
