import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import {
  dictLoader,
  Environment,
  Float,
  TemplateError,
  TemplateLimitError,
  TemplateRuntimeError,
  TemplateSyntaxError,
} from "./mod.ts";

Deno.test("Environment.render() renders a source with a context", () => {
  const environment = new Environment();
  strictEqual(environment.render("a{{ b }}", { b: 1 }), "a1");
  strictEqual(environment.render("a{{ b }}", { b: new Float(1) }), "a1.0");
  strictEqual(environment.render("", {}), "");
});

Deno.test("Environment.render() leaves the context as it is", () => {
  const context = { list: [1], mapping: { a: [2] } };
  const source =
    "{{ list.append(3) }}{{ mapping.a.pop() }}{{ mapping.update(b=4) }}" +
    "{{ list }}{{ mapping }}";
  const text = new Environment().render(source, context);
  strictEqual(text, "None2None[1, 3]{'a': [], 'b': 4}");
  deepStrictEqual(context, { list: [1], mapping: { a: [2] } });
});

Deno.test("Environment.render() throws an error of one class for each kind of failure", () => {
  const environment = new Environment({ limits: { maxSteps: 10 } });
  const cases = [
    ["{{ 1 + }}", TemplateSyntaxError],
    ["{{ 1 | nope }}", TemplateRuntimeError],
    ["{{ a.b }}", TemplateRuntimeError],
    ["{% for i in range(20) %}{% endfor %}", TemplateLimitError],
  ] as const;
  for (const [source, kind] of cases) {
    throws(() => environment.render(source, {}), (error) => {
      ok(error instanceof kind && error instanceof TemplateError, source);
      strictEqual(error.name, kind.name);
      return true;
    });
  }
});

Deno.test("Environment.render() names the template in errors", () => {
  const environment = new Environment();
  throws(
    () => environment.render("a\n{{ b.c }}", {}, { name: "page" }),
    (error) => {
      ok(error instanceof TemplateError);
      strictEqual(
        error.message,
        "'b' is undefined (page, line 2, column 4: {{ b.c }})",
      );
      strictEqual(error.templateName, "page");
      strictEqual(error.cause, undefined);
      return true;
    },
  );
});

Deno.test("Environment.render() keeps templates of several names apart", () => {
  const environment = new Environment();
  for (const name of ["a", "b", "a"]) {
    throws(
      () => environment.render("{{ x.y }}", {}, { name }),
      new RegExp(`\\(${name}, line 1`),
    );
  }
});

Deno.test("Environment.render() stays right with more sources than it remembers", () => {
  const environment = new Environment();
  for (let round = 0; round < 2; round++) {
    for (let index = 0; index < 600; index++) {
      strictEqual(environment.render(`${index}{{ a }}`, { a: 1 }), `${index}1`);
    }
    for (let index = 0; index < 20; index++) {
      const prelude = `{% set b = ${index} %}`;
      strictEqual(environment.render("{{ b }}", {}, { prelude }), `${index}`);
    }
  }
});

Deno.test("Environment.render() reports values that are too deep or too large as a limit", () => {
  const environment = new Environment();
  const source = `{{ 1${" + 1".repeat(100_000)} }}`;
  throws(() => environment.render(source, {}), TemplateLimitError);
});

Deno.test("Environment takes filters, tests and globals", () => {
  const environment = new Environment({
    filters: { twice: (value: string) => value + value },
    tests: { long: (value: string) => value.length > 2 },
    globals: { version: "1.0", add: (a: number, b: number) => a + b },
  });
  strictEqual(
    environment.render(
      "{{ 'ab' | twice }} {{ 'abc' is long }} {{ version }} {{ add(1, 2) }}",
      {},
    ),
    "abab True 1.0 3",
  );
});

Deno.test("Environment lets its own filters, tests and globals replace Jinja2's", () => {
  const environment = new Environment({
    filters: { upper: () => "mine" },
    tests: { odd: () => true },
    globals: { range: 5 },
  });
  strictEqual(
    environment.render("{{ 'a' | upper }} {{ 2 is odd }} {{ range }}", {}),
    "mine True 5",
  );
  strictEqual(new Environment().render("{{ 'a' | upper }}", {}), "A");
});

Deno.test("Environment lets a context hide globals", () => {
  const environment = new Environment({ globals: { a: 1 } });
  strictEqual(environment.render("{{ a }}", { a: 2 }), "2");
  strictEqual(environment.render("{{ a }}", { a: null }), "None");
  strictEqual(environment.render("{{ a }}", {}), "1");
});

Deno.test("Environment is strict about undefined variables on demand", () => {
  const strict = new Environment({ undefined: "strict" });
  for (const source of ["{{ a }}", "{% if a %}{% endif %}", "{{ a | join }}"]) {
    strictEqual(new Environment().render(source, {}), "");
    throws(() => strict.render(source, {}), TemplateRuntimeError);
    strictEqual(strict.render(source, {}, { undefined: "lenient" }), "");
  }
  strictEqual(
    strict.render("{{ a is defined }}{{ a | d('x') }}", {}),
    "Falsex",
  );
});

Deno.test("Environment keeps to its limits, and a rendering to limits of its own", () => {
  const source = "{% for i in range(20) %}x{% endfor %}";
  const environment = new Environment({ limits: { maxSteps: 10 } });
  throws(() => environment.render(source, {}), /more than 10 steps/);
  const text = "x".repeat(20);
  strictEqual(
    environment.render(source, {}, { limits: { maxSteps: 100 } }),
    text,
  );
  throws(
    () =>
      environment.render(source, {}, {
        limits: { maxSteps: 100, maxLength: 10 },
      }),
    /exceeds 10 characters/,
  );
  throws(
    () => environment.compile(source).render({}, { limits: { maxSteps: 5 } }),
    /more than 5 steps/,
  );
});

Deno.test("Environment.compile() returns a template that renders again and again", () => {
  const template = new Environment().compile("{% set b = a %}{{ b }}", {
    name: "page",
  });
  strictEqual(template.name, "page");
  strictEqual(template.render({ a: 1 }), "1");
  strictEqual(template.render({ a: 2 }), "2");
  strictEqual(template.render({}, { undefined: "lenient" }), "");
  throws(
    () => template.render({}, { undefined: "strict" }),
    /'a' is undefined/,
  );
});

Deno.test("Environment.compile() fails for what no rendering can succeed with", () => {
  const environment = new Environment();
  throws(() => environment.compile("{{ "), TemplateSyntaxError);
  throws(() => environment.compile("{{ 1 | nope }}"), TemplateRuntimeError);
  throws(() => environment.compile("{% include 'a' %}"), TemplateRuntimeError);
  throws(() => environment.compile("{% break %}"), TemplateRuntimeError);
  environment.compile("{{ 1 / 0 }}");
});

Deno.test("Template.variables() leaves out globals and what the prelude sets", () => {
  const environment = new Environment({ globals: { site: "x" } });
  const prelude = "{% macro m(a) %}{{ a }}{{ b }}{% endmacro %}";
  const template = environment.compile(
    "{{ m(c) }}{{ site }}{{ range(d) }}{{ dict() }}",
    { prelude },
  );
  deepStrictEqual(template.variables(), new Set(["c", "d"]));
});

Deno.test("Environment.parse() returns the syntax tree, whatever filters and loaders there are", () => {
  const { kind, body } = new Environment().parse(
    "a{% include b %}{{ c | nope }}",
  );
  strictEqual(kind, "template");
  deepStrictEqual(
    body.map(({ kind, position }) => [kind, position.column]),
    [["text", 1], ["include", 5], ["output", 17]],
  );
  throws(
    () => new Environment().parse("{% if %}", { name: "page" }),
    (error) =>
      error instanceof TemplateSyntaxError && error.templateName === "page",
  );
});

Deno.test("Environment.load() compiles a template that the loader finds", () => {
  const sources: Record<string, string> = { a: "{{ x }}", b: "{{ 1 + }}" };
  const environment = new Environment({ loader: (name) => sources[name] });
  const template = environment.load("a");
  strictEqual(template.name, "a");
  strictEqual(template.render({ x: 1 }), "1");
  deepStrictEqual(template.variables(), new Set(["x"]));
  throws(() => environment.load("b"), (error) => {
    ok(error instanceof TemplateSyntaxError);
    strictEqual(error.templateName, "b");
    strictEqual(error.sourceLine, "{{ 1 + }}");
    return true;
  });
  throws(() => environment.load("c"), /the template 'c' does not exist/);
  throws(() => new Environment().load("a"), TemplateRuntimeError);
});

Deno.test("Environment asks its loader once for a template in a rendering", () => {
  const asked: string[] = [];
  const environment = new Environment({
    loader: (name) => {
      asked.push(name);
      return `${name}${asked.length}`;
    },
  });
  const source = "{% include 'a' %} {% include 'a' %} {% include 'b' %}";
  strictEqual(environment.render(source, {}), "a1 a1 b2");
  strictEqual(environment.render(source, {}), "a3 a3 b4");
  deepStrictEqual(asked, ["a", "b", "a", "b"]);
});

Deno.test("Environment reports what a loader throws", () => {
  const problem = new Error("disk on fire");
  const environment = new Environment({
    loader: () => {
      throw problem;
    },
  });
  throws(() => environment.render("{% include 'a' %}", {}), (error) => {
    ok(error instanceof TemplateRuntimeError);
    strictEqual(error.reason, "disk on fire");
    strictEqual(error.cause, problem);
    return true;
  });
});

Deno.test("Environment.render() reads a prelude and a source as one text", () => {
  const environment = new Environment({ loader: dictLoader({}) });
  const preludes = [
    "",
    "{% macro m() %}x{% endmacro %}",
    "{%- macro m() -%} x {%- endmacro -%}",
    "{%- macro m() -%} x {%- endmacro -%} \n ",
    "{% set m = 1 %}text  ",
    "text\n",
    "text\r",
    "{",
    "{{ 1 }}",
    "{% if true %}",
    "{% raw %}",
    "{# a -#}",
    "{% block b %}{% endblock %}",
  ];
  const sources = [
    "",
    "\n",
    "  a\n\n",
    " {{- 1 }}",
    "{%- set x = 1 -%} {{ x }}",
    "{{ m }}{% endif %}",
    "{ 5 }}",
    "\n{% endraw %}",
    "{{ self.b() }}",
    "{% block b %}{% endblock %}",
  ];
  function attempt(source: string, prelude?: string): string {
    try {
      const options = prelude === undefined ? {} : { prelude };
      return environment.render(source, {}, options).replace(/<.*>/, "");
    } catch (error) {
      if (error instanceof TemplateError) return "error";
      throw error;
    }
  }
  for (const prelude of preludes) {
    for (const source of sources) {
      strictEqual(
        attempt(source, prelude),
        attempt(prelude + source),
        JSON.stringify([prelude, source]),
      );
    }
  }
});

Deno.test("Environment.render() counts the lines of a prelude separately", () => {
  const environment = new Environment();
  const prelude = "{% macro m(a) %}\n{{ a.b.c }}{% endmacro %}\n";
  throws(
    () => environment.render("\n{{ x.y }}", {}, { prelude }),
    (error) =>
      error instanceof TemplateError && error.line === 2 &&
      error.templateName === undefined,
  );
  throws(
    () => environment.render("\n\n{{ m({}) }}", {}, { prelude }),
    (error) =>
      error instanceof TemplateError && error.line === 2 &&
      error.templateName === "prelude",
  );
});
