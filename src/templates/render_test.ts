import { ok, strictEqual, throws } from "node:assert/strict";
import { CicdStateError } from "../errors.ts";
import { Float, type Mapping } from "../values.ts";
import { renderTemplate, TemplateError } from "./render.ts";

function failure(source: string, context: Mapping = {}, macros = "") {
  try {
    renderTemplate(source, context, { macros });
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error(`${source} rendered`);
}

Deno.test("renderTemplate() reports where a template fails", () => {
  const error = failure("a\n  {{ state.build.tag }}\n", { state: {} });
  ok(error instanceof CicdStateError);
  strictEqual(error.code, "TEMPLATE");
  strictEqual(error.line, 2);
  strictEqual(error.column, 6);
  strictEqual(error.sourceLine, "  {{ state.build.tag }}");
  strictEqual(
    error.message,
    "Cannot render the template: 'dict object' has no attribute 'build' " +
      "(line 2, column 6: {{ state.build.tag }})",
  );
  ok(error.hint?.includes("is defined"));
});

Deno.test("renderTemplate() names a variable that is undefined", () => {
  ok(failure("{{ tmplctx.name }}").message.includes("'tmplctx' is undefined"));
});

Deno.test("renderTemplate() reports where a tag is wrong", () => {
  const error = failure("{% if a %}\n{% endfor %}");
  strictEqual(error.line, 2);
  ok(error.message.includes("unknown tag 'endfor' inside 'if'"));
});

Deno.test("renderTemplate() refuses to load other templates", () => {
  for (
    const statement of [
      "include 'x'",
      "import 'x' as y",
      "from 'x' import y",
      "extends 'x'",
    ]
  ) {
    const { message } = failure(`{% ${statement} %}`);
    const [tag] = statement.split(" ");
    ok(message.includes(`{% ${tag} %} is not offered`), message);
  }
});

Deno.test("renderTemplate() counts lines in the template, not in its macros", () => {
  const macros = "{% macro a() %}\n\n{% endmacro %}\n";
  strictEqual(failure("x\n{{ nope.a }}", {}, macros).line, 2);
});

Deno.test("renderTemplate() reports that an error is in the macros", () => {
  const macros = "{% macro a() %}\n{{ nope.a }}{% endmacro %}";
  const error = failure("{{ a() }}", {}, macros);
  strictEqual(error.sourceLine, "{{ nope.a }}{% endmacro %}");
  ok(error.message.includes("line 2, column 4 of the macros"), error.message);
});

Deno.test("renderTemplate() renders macros and template as one source", () => {
  const macros = "{%- macro m() -%} x {%- endmacro -%} \n ";
  strictEqual(renderTemplate("{{ m() }}", {}, { macros }), "x");
  strictEqual(renderTemplate(" {{- m() }}", {}, { macros }), "x");
  strictEqual(
    renderTemplate("{% endif %}", {}, { macros: "{% if 1 %}a" }),
    "a",
  );
});

Deno.test("renderTemplate() changes a copy of the context's lists and mappings", () => {
  const context = { list: [1], map: { a: [2] } };
  const source = "{{ list.append(3) }}{{ map.a.pop() }}{{ map.update(b=4) }}" +
    "{{ list }}{{ map }}";
  strictEqual(
    renderTemplate(source, context),
    "None2None[1, 3]{'a': [], 'b': 4}",
  );
  strictEqual(JSON.stringify(context), '{"list":[1],"map":{"a":[2]}}');
});

Deno.test("renderTemplate() distinguishes floats from integers", () => {
  const context = { version: new Float(1), big: 2n ** 64n };
  strictEqual(
    renderTemplate("{{ version }} {{ version + 1 }} {{ big + 1 }}", context),
    "1.0 2.0 18446744073709551617",
  );
});

Deno.test("renderTemplate() reads an integer key as the string that documents have", () => {
  strictEqual(
    renderTemplate("{{ ports[80] }}", { ports: { "80": "web" } }),
    "web",
  );
});

Deno.test("renderTemplate() fails for undefined variables when it is strict", () => {
  for (
    const source of ["{{ a }}", "{% if a %}{% endif %}", "{{ a | join }}"]
  ) {
    strictEqual(renderTemplate(source, {}), "");
    throws(() => renderTemplate(source, {}, { strict: true }), TemplateError);
  }
  const guarded = "{{ a is defined }}{{ a | default('x') }}";
  strictEqual(renderTemplate(guarded, {}, { strict: true }), "Falsex");
});

Deno.test("renderTemplate() keeps to its limits", () => {
  const loop = "{% for i in range(20) %}{{ i }}{% endfor %}";
  throws(
    () => renderTemplate(loop, {}, { limits: { maxSteps: 10 } }),
    /more than 10 steps/,
  );
  throws(
    () => renderTemplate(loop, {}, { limits: { maxLength: 10 } }),
    /exceeds 10 characters/,
  );
  const macro = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% else %}end" +
    "{% endif %}{% endmacro %}{{ m(240) }}";
  strictEqual(renderTemplate(macro, {}), "end");
  throws(
    () => renderTemplate(macro, {}, { limits: { maxDepth: 10 } }),
    /more than 10 deep/,
  );
});

Deno.test("renderTemplate() binds arguments by Python's rules", () => {
  const cases = [
    ["{{ 'a'|replace('a') }}", "missing 1 required positional argument: 'new'"],
    ["{{ 'a'|upper(1) }}", "takes exactly 1 argument (2 given)"],
    [
      "{{ 'a'|center(width=3, wide=1) }}",
      "got an unexpected keyword argument 'wide'",
    ],
    [
      "{{ 'a'|center(3, width=3) }}",
      "got multiple values for argument 'width'",
    ],
    ["{{ 'a'.replace(old='a', new='b') }}", "replace()"],
    ["{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "not more than 1"],
    ["{% macro m(a) %}{% endmacro %}{{ m(b=2) }}", "no keyword argument 'b'"],
  ] as const;
  for (const [source, message] of cases) {
    ok(failure(source).message.includes(message), failure(source).message);
  }
});
