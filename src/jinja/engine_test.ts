import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { createBuiltins } from "./builtins.ts";
import { CORE_BUILTINS } from "./core_builtins.ts";
import { Engine } from "./engine.ts";
import { BuiltinsNeeded, TemplateRuntimeError } from "./error.ts";
import type { Loader } from "./loader.ts";

function createEngine(loader?: Loader): Engine {
  return new Engine(createBuiltins(), { loader });
}

Deno.test("Engine.run() starts over with a copy when a template changes its context", () => {
  const engine = createEngine();
  const program = engine.compile("a{{ b.append(2) }}{{ b }}");
  const context = { b: [1] };
  strictEqual(engine.run(program, context), "aNone[1, 2]");
  strictEqual(engine.run(program, context), "aNone[1, 2]");
  deepStrictEqual(context, { b: [1] });
});

Deno.test("Engine.run() counts only the second start against the limits", () => {
  const engine = createEngine();
  const program = engine.compile("{{ 'x' * 30 }}{{ b.append(2) }}");
  const options = { limits: { maxLength: 40 } };
  strictEqual(engine.run(program, { b: [] }, options).length, 34);
});

Deno.test("Engine.run() prefers its own options to those of the engine", () => {
  const engine = new Engine(createBuiltins(), {
    limits: { maxLength: 2 },
    undefined: "strict",
  });
  const program = engine.compile("{{ a }}bc");
  throws(() => engine.run(program, {}), /'a' is undefined/);
  strictEqual(engine.run(program, {}, { undefined: "lenient" }), "bc");
  throws(() => engine.run(program, { a: 1 }), /exceeds 2 characters/);
  strictEqual(
    engine.run(program, { a: 1 }, { limits: { maxLength: 3 } }),
    "1bc",
  );
});

Deno.test("Engine.load() compiles a source once, until it changes", () => {
  let source = "a";
  const engine = createEngine((name) => name === "a" ? source : undefined);
  const program = engine.load("a");
  strictEqual(engine.load("a"), program);
  source = "b";
  strictEqual(engine.load("a") === program, false);
  strictEqual(engine.load("b"), undefined);
  strictEqual(createEngine().load("a"), undefined);
});

Deno.test("Engine.compile() lets templates load others only with a loader", () => {
  throws(() => createEngine().compile("{% include 'a' %}"), /is not offered/);
  const engine = createEngine(() => "A");
  strictEqual(engine.run(engine.compile("{% include 'a' %}"), {}), "A");
});

Deno.test("Engine.render() renders without the built-ins what needs none", () => {
  const engine = new Engine(CORE_BUILTINS);
  const context = { a: { b: ["x", 1], c: "x" }, n: 3 };
  const cases: [string, string][] = [
    ["{{ a.b }} {{ a['c'] }}", "['x', 1] x"],
    ["{{ a.get('c') }} {{ a.b[0] }} {{ a.c[:1] }}", "x x x"],
    ["{% if a.c == 'x' and n > 2 %}yes{% endif %}", "yes"],
    [
      "{% for key, value in a.items() %}{{ loop.index }}{{ key }}{% endfor %}",
      "1b2c",
    ],
    ["{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(n + 1) }}", "<4>"],
    ["{% set n = n % 2 %}{{ n ~ 'a' }}", "1a"],
  ];
  for (const [source, text] of cases) {
    strictEqual(engine.render(source, context), text, source);
  }
});

Deno.test("Engine.render() asks for built-ins that are not loaded", () => {
  const engine = new Engine(CORE_BUILTINS);
  for (
    const source of [
      "{{ a | upper }}",
      "{{ a is defined }}",
      "{{ range(2) }}",
      "{{ nosuch }}",
      "{{ 'a'.upper() }}",
      "{{ [].append(1) }}",
      "{{ '%d' % 1 }}",
      "{{ 1.real }}",
    ]
  ) {
    throws(() => engine.render(source, { a: 1 }), BuiltinsNeeded, source);
  }
  throws(() => engine.render("{{ 1 / 0 }}", {}), TemplateRuntimeError);
});
