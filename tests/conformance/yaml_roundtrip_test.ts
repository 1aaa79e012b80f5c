import { deepStrictEqual } from "node:assert/strict";
import { parseYaml } from "../../src/formats/yaml.ts";
import { stringifyYaml } from "../../src/formats/yaml_writer.ts";
import type { Value } from "../../src/values.ts";
import { checkCases, readCases } from "./cases.ts";
import { loadWithPyYaml } from "./pyyaml.ts";
import { decodeTyped } from "./typed_value.ts";

interface RoundTripCase {
  readonly id: string;
  readonly value: Value;
  readonly pyyaml: string;
}

Deno.test("parseYaml() loads what PyYAML dumped", async () => {
  const cases = await readCases<RoundTripCase>("yaml-roundtrip.json");
  checkCases(cases, ({ value, pyyaml }) => {
    deepStrictEqual(parseYaml(pyyaml), decodeTyped(value));
  });
});

Deno.test("stringifyYaml() dumps what PyYAML and parseYaml() load equal", async () => {
  const cases = await readCases<RoundTripCase>("yaml-roundtrip.json");
  const texts = cases.map(({ value }) => stringifyYaml(decodeTyped(value)));
  const loaded = await loadWithPyYaml(texts);
  checkCases(
    cases.map((testCase, index) => ({ ...testCase, index })),
    ({ value, index }) => {
      deepStrictEqual(loaded[index], decodeTyped(value));
      deepStrictEqual(parseYaml(texts[index]!), decodeTyped(value));
    },
  );
});
