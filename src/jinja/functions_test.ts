import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import {
  Environment,
  Float,
  type PlainFunction,
  TemplateError,
  templateFunction,
  Timestamp,
  type Value,
} from "./mod.ts";

/** Renders an expression and returns what a plain function gets for it. */
function received(
  expression: string,
  context: Record<string, Value> = {},
): unknown {
  let value: unknown = "not called";
  new Environment({
    globals: {
      take: (argument: unknown) => {
        value = argument;
      },
    },
  }).render(`{{ take(${expression}) }}`, context);
  return value;
}

function result(run: PlainFunction, expression = "f()"): string {
  return new Environment({ globals: { f: run } })
    .render(`{{ ${expression} }}`, {});
}

Deno.test("PlainFunction takes plain values", () => {
  const cases: [expression: string, value: unknown][] = [
    ["1", 1],
    ["1.5", 1.5],
    ["1.0", 1],
    ["2 ** 64", 18446744073709551616n],
    ["'a'", "a"],
    ["'<' | safe", "<"],
    ["true", true],
    ["none", null],
    ["nope", undefined],
    ["[1, [2, 'a']]", [1, [2, "a"]]],
    ["(1, 2)", [1, 2]],
    ["range(3)", [0, 1, 2]],
    ["'ab' | map('upper')", ["A", "B"]],
    ["{'a': (1,)}", { a: [1] }],
    ["{1: 'a', 'b': 2}", new Map<unknown, unknown>([[1, "a"], ["b", 2]])],
    ["{'a': 1}.items()", [["a", 1]]],
    ["{'a': 1}.keys()", ["a"]],
    ["[nope]", [undefined]],
  ];
  for (const [expression, value] of cases) {
    deepStrictEqual(received(expression), value, expression);
  }
});

Deno.test("PlainFunction takes a document's values", () => {
  const date = new Timestamp("2021-01-02", "date");
  deepStrictEqual(received("a", { a: { b: [new Float(2), null] } }), {
    b: [2, null],
  });
  strictEqual(received("a", { a: date }), date);
  const hostile = JSON.parse('{"__proto__": 1}');
  ok(Object.hasOwn(received("a", { a: hostile }) as object, "__proto__"));
});

Deno.test("PlainFunction cannot change what the template has", () => {
  const environment = new Environment({
    filters: {
      clear: (list: unknown[]) => {
        list.length = 0;
      },
    },
  });
  strictEqual(
    environment.render("{{ a | clear }}{{ a }}", { a: [1] }),
    "None[1]",
  );
});

Deno.test("PlainFunction returns what a context may contain", () => {
  const cases: [value: unknown, text: string][] = [
    ["a", "a"],
    [1, "1"],
    [1.5, "1.5"],
    [new Float(1), "1.0"],
    [10n, "10"],
    [true, "True"],
    [null, "None"],
    [undefined, "None"],
    [[1, "a"], "[1, 'a']"],
    [{ a: [null] }, "{'a': [None]}"],
  ];
  for (const [value, text] of cases) {
    strictEqual(result(() => value), text);
  }
});

Deno.test("PlainFunction returns neither functions nor promises", () => {
  throws(() => result(() => () => 1), /returned a function/);
  throws(() => result(() => Promise.resolve(1)), /returned a promise/);
});

Deno.test("PlainFunction takes arguments by position only", () => {
  strictEqual(result((a: number, b = 2) => a + b, "f(1)"), "3");
  strictEqual(result((a: number, b = 2) => a + b, "f(1, 3)"), "4");
  strictEqual(
    result((...values: number[]) => values.length, "f(1, 2, 3)"),
    "3",
  );
  throws(() => result((a: number) => a, "f(a=1)"), TemplateError);
});

Deno.test("PlainFunction fails with its own message, where it is called", () => {
  const problem = new Error("no such user");
  throws(
    () =>
      result(() => {
        throw problem;
      }, "1 + f()"),
    (error) => {
      ok(error instanceof TemplateError);
      strictEqual(error.reason, "no such user");
      strictEqual(error.cause, problem);
      return true;
    },
  );
});

Deno.test("PlainFunction does not get a value that contains itself", () => {
  const environment = new Environment({ globals: { f: () => 1 } });
  const source = "{% set a = [] %}{% set _ = a.append(a) %}{{ f(a) }}";
  throws(
    () => environment.render(source, {}),
    /an argument is nested too deeply/,
  );
});

Deno.test("templateFunction() binds arguments by name, and leaves out optional ones", () => {
  const show = templateFunction(
    "value width? fill?",
    (value: string, width = 5, fill = ".") => value.padStart(width, fill),
  );
  const environment = new Environment({ filters: { show } });
  const cases: [source: string, text: string][] = [
    ["{{ 'a' | show }}", "....a"],
    ["{{ 'a' | show(2) }}", ".a"],
    ["{{ 'a' | show(fill='-') }}", "----a"],
    ["{{ 'a' | show(fill='-', width=3) }}", "--a"],
    ["{{ 'a' | show(*[2, '+']) }}", "+a"],
  ];
  for (const [source, text] of cases) {
    strictEqual(environment.render(source, {}), text, source);
  }
  for (
    const source of [
      "{{ 'a' | show(1, 2, 3) }}",
      "{{ 'a' | show(size=1) }}",
      "{{ 'a' | show(1, width=2) }}",
    ]
  ) {
    throws(() => environment.render(source, {}), TemplateError, source);
  }
});

Deno.test("templateFunction() collects the rest", () => {
  const f = templateFunction(
    "first *rest **named",
    (first: unknown, rest: unknown[], named: unknown) =>
      JSON.stringify([first, rest, named]),
  );
  const environment = new Environment({ globals: { f } });
  strictEqual(
    environment.render("{{ f(1, 2, (3,), a=4, b={'c': nope}) }}", {}),
    '[1,[2,[3]],{"a":4,"b":{}}]',
  );
  strictEqual(environment.render("{{ f(1) }}", {}), "[1,[],{}]");
});

Deno.test("templateFunction() declares tests and globals too", () => {
  const environment = new Environment({
    tests: {
      within: templateFunction(
        "value least most",
        (value: number, least: number, most: number) =>
          value >= least && value <= most,
      ),
    },
    globals: {
      now: templateFunction("zone?", (zone = "UTC") => `12:00 ${zone}`),
    },
  });
  strictEqual(
    environment.render(
      "{{ 2 is within(1, most=3) }} {{ now() }} {{ now(zone='CET') }}",
      {},
    ),
    "True 12:00 UTC 12:00 CET",
  );
});
