import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { parseJson } from "../../src/formats/json.ts";
import { renderTemplate, TemplateError } from "../../src/templates/render.ts";
import type { Mapping } from "../../src/values.ts";

/** A template, and what Jinja2 3.1 makes of it. */
interface Case {
  readonly id: string;
  readonly area: string;
  readonly template: string;
  readonly context?: unknown;
  readonly context_json?: string;
  readonly expected?: string;
  readonly error?: boolean;
}

const CASES: Case[] = JSON.parse(
  await Deno.readTextFile(
    new URL("../conformance/jinja2.json", import.meta.url),
  ),
);

function render({ template, context = {}, context_json }: Case): string {
  const text = context_json ?? JSON.stringify(context);
  return renderTemplate(template, parseJson(text) as Mapping);
}

function fault(example: Case): string | undefined {
  try {
    const text = render(example);
    if (example.error) return `${example.id}: rendered ${text}`;
    return text === example.expected ? undefined : `${example.id}: ${text}`;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return example.error ? undefined : `${example.id}: ${error.message}`;
  }
}

for (const area of new Set(CASES.map(({ area }) => area))) {
  Deno.test(`renderTemplate() renders as Jinja2 does: ${area}`, () => {
    const faults = CASES.filter((example) => example.area === area)
      .map(fault)
      .filter((text) => text !== undefined);
    deepStrictEqual(faults, []);
  });
}

Deno.test("renderTemplate() has all of Jinja2's cases", () => {
  strictEqual(CASES.length, 184);
});
