import { ok, strictEqual } from "node:assert/strict";
import { renderTemplate, TemplateError } from "../../src/templates/render.ts";
import type { Mapping } from "../../src/values.ts";
import { checkCases, readCases } from "./cases.ts";

/** A template, and what Jinja2 3.1 renders; see record_jinja2.py. */
interface DocumentedCase {
  readonly id: string;
  readonly area: string;
  readonly template: string;
  readonly context?: Mapping;
  readonly templates?: Mapping;
  readonly strict?: boolean;
  readonly expected?: string;
  readonly error?: string;
}

const NO_BYTES = "bytes are not offered";
const COMPILER = "the compiler differs";
const TEXT_ONLY = "Jinja2 fails inside: it joins what is not a string";
const FORMAT = "a missing attribute in format() is an error, in Jinja2's " +
  "sandbox it prints as nothing";

/** Why a case differs. */
const KNOWN: Readonly<Record<string, string>> = {
  "call/20": COMPILER,
  "escaping/37": "Jinja2 escapes a constant twice when it folds it",
  "filter-section/12": TEXT_ONLY,
  "filter-section/13": TEXT_ONLY,
  "filter-section/14": TEXT_ONLY,
  "python-methods/74": NO_BYTES,
  "sandbox/16": FORMAT,
  "sandbox/18": FORMAT,
  "sandbox/37": FORMAT,
  "sandbox/38": FORMAT,
  "sandbox/39": FORMAT,
  "scoping/19": COMPILER,
  "strict/17": COMPILER,
};

function check(example: DocumentedCase): void {
  const { template, context = {}, strict = false, expected, error } = example;
  let text: string;
  try {
    text = renderTemplate(template, context, { strict });
  } catch (thrown) {
    ok(thrown instanceof TemplateError, `${template} threw ${thrown}`);
    strictEqual(error === undefined, false, `${template}: ${thrown.message}`);
    return;
  }
  strictEqual(text, expected, template);
}

Deno.test("renderTemplate() does what Jinja2 documents", async () => {
  const cases = await readCases<DocumentedCase>("jinja2-documented.json");
  checkCases(
    cases.filter(({ templates }) => templates === undefined),
    check,
    KNOWN,
  );
});
