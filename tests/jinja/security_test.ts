import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { renderTemplate, TemplateError } from "../../src/templates/render.ts";
import type { Mapping } from "../../src/values.ts";
import { ATTACKS, EXHAUSTIONS, NAMES, VALUES } from "./payloads.ts";

const LIMITS = { maxSteps: 100_000, maxLength: 1_000_000 };
// What a template prints only if it reached something of the host.
const HOST_REGEXP = /function|native code|\[object|polluted|globalThis|Deno/;

function prototypes(): string[] {
  return [
    Object.prototype,
    Array.prototype,
    String.prototype,
    Function.prototype,
    Map.prototype,
  ].map((prototype) => Reflect.ownKeys(prototype).map(String).join());
}

function ran(): boolean {
  return Reflect.get(globalThis, "ran") === true;
}

function attempt(template: string): string {
  const data: Mapping = { text: "x", items: [1, { a: null }] };
  const before = JSON.stringify(data);
  const source = template.replaceAll("RAN()", "globalThis.ran = true");
  try {
    return renderTemplate(source, { data }, { limits: LIMITS });
  } catch (error) {
    ok(error instanceof TemplateError, `${template} threw ${error}`);
    return "";
  } finally {
    strictEqual(
      JSON.stringify(data),
      before,
      `${template} changed its context`,
    );
  }
}

Deno.test("renderTemplate() lets no attack reach the host", () => {
  const before = prototypes();
  for (const attack of ATTACKS) {
    attempt(attack);
    ok(!ran(), `${attack} ran code`);
    deepStrictEqual(prototypes(), before, `${attack} changed a prototype`);
    ok(!("polluted" in {}), `${attack} polluted Object.prototype`);
  }
});

Deno.test("renderTemplate() ends whatever a template tries to use up", () => {
  for (const template of EXHAUSTIONS) attempt(template);
});

Deno.test("renderTemplate() finds no name of the host on any value", () => {
  for (const value of VALUES) {
    for (const name of NAMES) {
      for (
        const template of [
          `{{ (${value}).${name} }}`,
          `{{ (${value})['${name}'] }}`,
          `{{ (${value}) | attr('${name}') }}`,
          `{{ (${value}).${name}.${name}('RAN()')() }}`,
          `{{ [${value}] | map(attribute='${name}') | list }}`,
        ]
      ) {
        const text = attempt(template);
        ok(!HOST_REGEXP.test(text), `${template} printed ${text}`);
        ok(!ran(), `${template} ran code`);
      }
    }
  }
});

Deno.test("renderTemplate() returns a mapping's own __proto__ key and nothing more", () => {
  const context = JSON.parse('{"data": {"__proto__": {"a": 1}}}');
  strictEqual(
    renderTemplate("{{ data.__proto__.a }}{{ data.a }}", context),
    "1",
  );
  strictEqual(renderTemplate("{{ data }}", context), "{'__proto__': {'a': 1}}");
});

Deno.test("renderTemplate() calls no function that a context holds", () => {
  const context = { run: () => "ran" } as unknown as Mapping;
  const text = attempt("{{ run() }}");
  strictEqual(text, "");
  try {
    strictEqual(renderTemplate("{{ run() }}", context), "");
  } catch (error) {
    ok(error instanceof TemplateError);
  }
});

Deno.test({
  name: "renderTemplate() withstands the attacks with --unstable-unsafe-proto",
  ignore: Deno.args.includes("--inner"),
  async fn() {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "test",
        "--no-check",
        "--quiet",
        "--unstable-unsafe-proto",
        "--allow-read",
        import.meta.filename!,
        "--",
        "--inner",
      ],
    }).output();
    strictEqual(code, 0, new TextDecoder().decode(stderr));
  },
});
