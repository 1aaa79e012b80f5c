import { rejects, strictEqual } from "node:assert/strict";
import { TemplateError } from "./error.ts";
import { renderLazily } from "./lazy_render.ts";

const CONTEXT = { a: { b: "x" }, list: [1] };

Deno.test("renderLazily() renders alike before and after the built-ins are loaded", async () => {
  const cases: [string, string][] = [
    ["{{ a.b }}{% if a.b == 'x' %}!{% endif %}", "x!"],
    ["[{{ nosuch }}{{ a.nosuch }}]", "[]"],
    ["{{ list.append(2) }}{{ list }}", "None[1, 2]"],
    ["{{ a.b | upper }}{{ '%d' % 3 }}{{ range(2) | list }}", "X3[0, 1]"],
    ["{{ a | json_dumps }}", '{"b": "x"}'],
    ["{{ m('y') }}", "<Y>"],
    ["{{ a.b }}", "x"],
  ];
  const macros = "{% macro m(x) %}<{{ x | upper }}>{% endmacro %}";
  for (const [source, text] of cases) {
    strictEqual(await renderLazily(source, CONTEXT, { macros }), text, source);
  }
});

Deno.test("renderLazily() throws what renderTemplate() throws", async () => {
  const cases: [string, RegExp][] = [
    ["{{ a.b", /^Cannot render the template: expected .*\(line 1, column 7/],
    ["{{ 1 / 0 }}", /division by zero \(line 1/],
    ["{{ a | nosuch }}", /no filter named 'nosuch'/],
    ["{% include 'x' %}", /is not offered/],
  ];
  for (const [source, message] of cases) {
    await rejects(
      renderLazily(source, CONTEXT, {}),
      (error) => error instanceof TemplateError && message.test(error.message),
      source,
    );
  }
  await rejects(
    renderLazily("{{ nosuch }}", {}, { strict: true }),
    /'nosuch' is undefined/,
  );
  await rejects(
    renderLazily("{{ a }}{{ a }}", CONTEXT, { limits: { maxLength: 12 } }),
    /exceeds 12 characters/,
  );
});
