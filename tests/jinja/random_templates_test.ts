import { ok, strictEqual } from "node:assert/strict";
import { parseJson } from "../../src/formats/json.ts";
import { Environment, TemplateError } from "../../src/jinja/mod.ts";
import type { Mapping } from "../../src/values.ts";
import { TemplateWriter } from "./random_templates.ts";

const COUNT = 2000;
// Floats and the order of keys survive in JSON only.
const CONTEXT = `{
  "s": "some Text", "n": 42, "f": 2.5, "l": [3, 1, 2], "words": ["b", "A", "c", "a"],
  "d": {"a": 1, "b": [2, 3], "c": {"x": "y"}},
  "users": [{"name": "bob", "age": 31}, {"name": "Ann", "age": 27}, {"name": "cy", "age": 31}],
  "nested": [[1, "b"], [1, "a"], [0, "c"]]
}`;

/** Reads templates and prints what Jinja2 renders; null: an error. */
const RENDER_PY = `
import json, sys, jinja2
context, templates = json.load(sys.stdin)
environment = jinja2.Environment(extensions=["jinja2.ext.loopcontrols"])
def render(template):
    try:
        return environment.from_string(template).render(json.loads(context))
    except Exception:
        return None
json.dump([render(template) for template in templates], sys.stdout)
`;

async function renderWithJinja(
  templates: readonly string[],
): Promise<(string | null)[]> {
  const child = new Deno.Command("/usr/bin/python3", {
    args: ["-c", RENDER_PY],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = new Blob([JSON.stringify([CONTEXT, templates])]).stream();
  const [output] = await Promise.all([
    new Response(child.stdout).json(),
    input.pipeTo(child.stdin),
  ]);
  await child.status;
  return output;
}

Deno.test("Environment.render() renders random templates as Jinja2 does", async () => {
  const writer = new TemplateWriter(20);
  const templates = Array.from({ length: COUNT }, () => writer.template());
  const expected = await renderWithJinja(templates);
  strictEqual(expected.length, COUNT);
  const environment = new Environment();
  let rendered = 0;
  for (const [index, template] of templates.entries()) {
    let text: string | null = null;
    try {
      text = environment.render(template, parseJson(CONTEXT) as Mapping);
      rendered++;
    } catch (error) {
      ok(error instanceof TemplateError, `${template} threw ${error}`);
    }
    strictEqual(text, expected[index], template);
  }
  ok(rendered > COUNT / 3, `only ${rendered} of the templates are valid`);
});
