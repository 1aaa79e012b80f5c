import { strictEqual } from "node:assert/strict";
import { sharesSeam } from "./prelude.ts";

Deno.test("sharesSeam() finds what belongs to the texts on both sides", () => {
  const cases: [prelude: string, source: string, isShared: boolean][] = [
    ["{% set a = 1 %}", "{{ a }}", false],
    ["{% set a = 1 %}\n", "{{ a }}", false],
    ["text", "text", false],
    ["{", "{ a }}", true],
    ["text\r", "\ntext", true],
    ["text \n", "{{- a }}", true],
    ["text ", " \n {%- if a %}", true],
    ["text ", "{#- a #}", true],
    ["text ", "{{ a -}}", false],
    ["text", "{{- a }}", false],
    ["text", "", true],
    ["text", "\n", true],
    ["text", "\n\n", false],
  ];
  for (const [prelude, source, isShared] of cases) {
    strictEqual(
      sharesSeam(prelude, source),
      isShared,
      JSON.stringify([prelude, source]),
    );
  }
});
