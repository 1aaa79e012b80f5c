import { ok, strictEqual } from "node:assert/strict";
import {
  dictLoader,
  Environment,
  TemplateError,
  TemplateSyntaxError,
} from "../../src/jinja/mod.ts";
import type { Mapping } from "../../src/values.ts";
import { checkCases, readCases } from "./cases.ts";

/** A template, and what Jinja2 3.1 renders; see record_jinja2.py. */
interface DocumentedCase {
  readonly id: string;
  readonly template: string;
  readonly context?: Mapping;
  readonly templates?: Readonly<Record<string, string>>;
  readonly strict?: boolean;
  readonly expected?: string;
  readonly error?: string;
}

const NO_BYTES = "bytes are not offered";
const NO_STRING = "Jinja2 fails inside: it joins a value that is not a string";
const FORMAT = "a missing attribute in format() is an error; in Jinja2's " +
  "sandbox it prints nothing";

/** Why a case differs. */
const KNOWN: Readonly<Record<string, string>> = {
  "escaping/37": "Jinja2 escapes a constant twice when it folds it",
  "filter-section/12": NO_STRING,
  "filter-section/13": NO_STRING,
  "filter-section/14": NO_STRING,
  "python-methods/74": NO_BYTES,
  "sandbox/16": FORMAT,
  "sandbox/18": FORMAT,
  "sandbox/37": FORMAT,
  "sandbox/38": FORMAT,
  "sandbox/39": FORMAT,
};

const PLAIN = new Environment();

function check(example: DocumentedCase): void {
  const { template, templates, context = {}, expected, error } = example;
  const environment = templates === undefined
    ? PLAIN
    : new Environment({ loader: dictLoader(templates) });
  let text: string;
  try {
    text = environment.render(template, context, {
      undefined: example.strict ? "strict" : "lenient",
    });
  } catch (thrown) {
    ok(thrown instanceof TemplateError, `${template} threw ${thrown}`);
    ok(error, `${template} threw ${thrown.message}`);
    const isSyntax = error.startsWith("TemplateSyntaxError");
    ok(!isSyntax || thrown instanceof TemplateSyntaxError, thrown.message);
    return;
  }
  strictEqual(text, expected, template);
}

Deno.test("Environment.render() does what Jinja2 documents", async () => {
  const cases = await readCases<DocumentedCase>("jinja2-documented.json");
  checkCases(cases, check, KNOWN);
});
