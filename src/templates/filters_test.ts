import { ok, strictEqual } from "node:assert/strict";
import { Float, type Mapping, Timestamp } from "../values.ts";
import { renderTemplate, TemplateError } from "./render.ts";

function check(
  cases:
    readonly (readonly [source: string, text: string, context?: Mapping])[],
): void {
  for (const [source, text, context = {}] of cases) {
    strictEqual(renderTemplate(source, context), text, source);
  }
}

function reason(source: string, context: Mapping = {}): string {
  try {
    renderTemplate(source, context);
  } catch (error) {
    ok(error instanceof TemplateError, source);
    return error.message;
  }
  throw new Error(`${source} does not fail`);
}

Deno.test("from_json reads JSON and Python's constants", () => {
  check([
    [
      `{{ '{"a": [1, 1.0, null, true]}' | from_json }}`,
      "{'a': [1, 1.0, None, True]}",
    ],
    [`{{ ('{"a": {"b": "c"}}' | from_json).a.b }}`, "c"],
    ["{{ '\"é\"' | from_json }}", "é"],
    ["{{ '12345678901234567890' | from_json + 1 }}", "12345678901234567891"],
    ["{{ '\"x\"' | safe | from_json }}", "x"],
  ]);
});

Deno.test("from_json fails for what is not JSON or not a string", () => {
  ok(reason("{{ '{' | from_json }}").includes("JSON"));
  ok(reason("{{ '' | from_json }}").includes("JSON"));
  ok(
    reason("{{ 1 | from_json }}").includes(
      "from_json() takes a string, not 'int'",
    ),
  );
  ok(reason("{{ nope | from_json }}").includes("'nope' is undefined"));
});

Deno.test("json_dumps writes JSON as Python does", () => {
  const date = new Timestamp("2021-01-02", "date");
  check([
    ["{{ a | json_dumps }}", '{"b": [1, 1.0, null, true, "\\u00e9"]}', {
      a: { b: [1, new Float(1), null, true, "é"] },
    }],
    ["{{ [] | json_dumps }} {{ {} | json_dumps }}", "[] {}"],
    ["{{ (1, 2) | json_dumps }}", "[1, 2]"],
    [
      "{{ {1: 'a', none: 'b', true: 'c'} | json_dumps }}",
      '{"1": "c", "null": "b"}',
    ],
    ["{{ {'b': 1, '10': 2} | json_dumps }}", '{"b": 1, "10": 2}'],
    ["{{ [1] | json_dumps(indent=2) }}", "[\n  1\n]"],
    ["{{ [1] | json_dumps('-') }}", "[\n-1\n]"],
    ["{{ 'a' | json_dumps(none, true) }}", "a"],
    ["{{ 'a\"b' | json_dumps(stripLeadingTrailingQuotes=true) }}", 'a\\"b'],
    ["{{ ('<' | safe) | json_dumps }}", '"<"'],
  ]);
  ok(reason("{{ a | json_dumps }}", { a: date }).includes("is not JSON"));
  ok(reason("{{ range | json_dumps }}").includes("is not JSON"));
  ok(reason("{{ nope | json_dumps }}").includes("'nope' is undefined"));
});

Deno.test("to_nice_yaml writes block style, whatever its first argument says", () => {
  check([
    [
      "{{ {'a': [1, 'x: y'], 'b': {}} | to_nice_yaml }}",
      "a:\n- 1\n- 'x: y'\nb: {}\n",
    ],
    ["{{ {'a': [1]} | to_nice_yaml(true) }}", "a:\n- 1\n"],
    ["{{ {'b': 1, 'a': 2} | to_nice_yaml(sort_keys=true) }}", "a: 2\nb: 1\n"],
    ["{{ {'b': 1, 'a': 2} | to_nice_yaml }}", "b: 1\na: 2\n"],
    ["{{ {'a': {'b': 1}} | to_nice_yaml(indent=4) }}", "a:\n    b: 1\n"],
    ["{{ {'a': {'b': 1}} | to_nice_yaml(indent=none) }}", "a:\n  b: 1\n"],
    ["{{ (1, 2) | to_nice_yaml }}", "!!python/tuple\n- 1\n- 2\n"],
    ["{{ {1: none, 'c': 1.0} | to_nice_yaml }}", "1: null\nc: 1.0\n"],
    ["{{ a | to_nice_yaml }}", "b: 2021-01-02\n", {
      a: { b: new Timestamp("2021-01-02", "date") },
    }],
    ["{{ ('<' | safe) | to_nice_yaml }}", "<\n...\n"],
  ]);
  ok(reason("{{ range | to_nice_yaml }}").includes("is not YAML"));
});

Deno.test("to_nice_yaml refers to what it wrote before", () => {
  check([
    [
      "{% set a = [1] %}{{ {'x': a, 'y': a} | to_nice_yaml }}",
      "x: &id001\n- 1\ny: *id001\n",
    ],
    [
      "{% set a = [] %}{% set _ = a.append(a) %}{{ a | to_nice_yaml }}",
      "&id001\n- *id001\n",
    ],
  ]);
});

Deno.test("kv_comma_pairs_to_json writes pairs as a mapping of strings", () => {
  check([
    ["{{ 'a=1,b=x' | kv_comma_pairs_to_json }}", '{"a": "1", "b": "x"}'],
    ["{{ 'a=1,nope,b' | kv_comma_pairs_to_json }}", '{"a": "1"}'],
    ["{{ 'a=1=2' | kv_comma_pairs_to_json }}", '{"a": "1"}'],
    ["{{ '' | kv_comma_pairs_to_json }}", "{}"],
    ["{{ 'b=1,a=2,b=3' | kv_comma_pairs_to_json }}", '{"b": "3", "a": "2"}'],
  ]);
  ok(
    reason("{{ 1 | kv_comma_pairs_to_json }}").includes("must be str, not int"),
  );
});

Deno.test("to_base64 encodes strings as UTF-8", () => {
  check([
    ["{{ '' | to_base64 }}", ""],
    ["{{ 'a' | to_base64 }}", "YQ=="],
    ["{{ 'é😀' | to_base64 }}", "w6nwn5iA"],
  ]);
  ok(reason("{{ 1 | to_base64 }}").includes("must be str, not int"));
});
