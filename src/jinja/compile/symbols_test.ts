import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { parseTemplate } from "../syntax/parse.ts";
import { Frame, reads } from "./symbols.ts";

function frameOf(source: string, parent?: Frame, front?: Frame): Frame {
  return new Frame({ nodes: parseTemplate(source).root.body }, parent, front);
}

function describe(frame: Frame): string {
  return (["context", "unset", "outer", "parameter"] as const).flatMap(
    (origin) => {
      const names = frame.namesFrom(origin);
      return names.length === 0 ? [] : [`${origin}: ${names.join(" ")}`];
    },
  ).join(", ");
}

Deno.test("Frame.namesFrom() distinguishes names that are read first from those that are set first", () => {
  const cases: [source: string, names: string][] = [
    ["", ""],
    ["{{ a }}", "context: a"],
    ["{{ a.b[c](d, e=f) | g(h) }}", "context: a c d f h"],
    ["{{ a is b(c) }}", "context: a c"],
    ["{% set a = 1 %}", "unset: a"],
    ["{% set a = 1 %}{{ a }}", "unset: a"],
    ["{{ a }}{% set a = 1 %}", "context: a"],
    ["{% set a = a %}", "context: a"],
    ["{% set a = b %}", "context: b, unset: a"],
    ["{% set a, (b, c) = d %}", "context: d, unset: a b c"],
    ["{% set ns.a = b %}", "context: b ns"],
    ["{% set a | f(b) %}{{ c }}{% endset %}", "unset: a"],
    ["{% macro m(a, b=c) %}{{ d }}{% endmacro %}", "unset: m"],
    ["{{ m() }}{% macro m() %}{% endmacro %}", "context: m"],
    ["{% call(a) m(b) %}{{ c }}{% endcall %}", "context: m b"],
    ["{% for a in b if c %}{{ d }}{% else %}{{ e }}{% endfor %}", "context: b"],
    ["{% with a = b %}{{ c }}{% endwith %}", "context: b"],
    ["{% filter f(a) %}{{ b }}{% endfilter %}", "context: a"],
    ["{% autoescape a %}{{ b }}{% endautoescape %}", ""],
    ["{% block a %}{{ b }}{% endblock %}", ""],
    ["{% include a %}{% extends b %}", "context: a b"],
    ["{% import a as b %}", "context: a, unset: b"],
    ["{% from a import b, c as d %}", "context: a, unset: b d"],
  ];
  for (const [source, names] of cases) {
    strictEqual(describe(frameOf(source)), names, source);
  }
});

Deno.test("Frame.namesFrom() counts a name as unset only if every branch sets it", () => {
  const cases: [source: string, names: string][] = [
    ["{% if a %}{% set b = 1 %}{% endif %}", "context: a b"],
    [
      "{% if a %}{% set b = 1 %}{% else %}{% set b = 2 %}{% endif %}",
      "context: a b",
    ],
    [
      "{% if a %}{% set b = 1 %}{% elif c %}{% set b = 2 %}{% else %}{% set b = 3 %}{% endif %}",
      "context: a c, unset: b",
    ],
    [
      "{% if a %}{% set b = 1 %}{% elif a %}{% set b = 2 %}{% else %}{{ b }}{% endif %}",
      "context: a b",
    ],
    [
      "{% set b = 0 %}{% if a %}{% set b = 1 %}{% endif %}",
      "context: a, unset: b",
    ],
    ["{{ b }}{% if a %}{% set b = 1 %}{% endif %}", "context: b a"],
    ["{% if a %}{{ b }}{% endif %}{% set b = 1 %}", "context: a b"],
    [
      "{% if a %}{% if c %}{% set b = 1 %}{% endif %}{% endif %}",
      "context: a c b",
    ],
  ];
  for (const [source, names] of cases) {
    deepStrictEqual(
      describe(frameOf(source)).split(/[ ,:]+/).sort(),
      names.split(/[ ,:]+/).sort(),
      source,
    );
  }
});

Deno.test("Frame.namesFrom() leaves names of frames around to them", () => {
  const root = frameOf("{{ a }}{% set b = 1 %}");
  strictEqual(describe(frameOf("{{ a }}{{ b }}{{ c }}", root)), "context: c");
  strictEqual(
    describe(frameOf("{% set a = 1 %}{% set b = 2 %}{% set c = 3 %}", root)),
    "unset: c, outer: a b",
  );
  const middle = frameOf("{% set d = 1 %}", root);
  strictEqual(
    describe(frameOf("{{ a }}{% set d = 1 %}", middle)),
    "outer: d",
  );
});

Deno.test("Frame takes parameters for set", () => {
  const frame = new Frame({
    parameters: ["a", "b"],
    nodes: parseTemplate("{{ a }}{% set b = 1 %}{{ c }}").root.body,
  });
  strictEqual(describe(frame), "context: c, parameter: a b");
});

Deno.test("Frame continues the frame in front", () => {
  const front = frameOf("{{ a }}{% set b = 1 %}");
  const frame = frameOf(
    "{{ b }}{% set a = 1 %}{% set c = 2 %}",
    undefined,
    front,
  );
  strictEqual(describe(frame), "context: a, unset: b c");
  strictEqual(describe(front), "context: a, unset: b");
});

Deno.test("Frame.unset() returns undefined where nothing is set", () => {
  strictEqual(
    frameOf("{{ a }}{% for b in c %}{% set d = 1 %}{% endfor %}").unset(),
    undefined,
  );
  strictEqual(frameOf("{{ a }}{% set a = 1 %}").unset(), undefined);
  deepStrictEqual(frameOf("{% set a = 1 %}").unset(), ["a"]);
  deepStrictEqual(
    frameOf(
      "{% if a %}{% macro b() %}{% endmacro %}{% endif %}{% import 'x' as c %}",
    ).unset(),
    ["c"],
  );
});

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
