import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { parseYaml } from "../../src/formats/yaml.ts";
import type { Value } from "../../src/values.ts";
import { checkCases, readCases } from "./cases.ts";
import { decodeTyped } from "./typed_value.ts";

interface YamlCase {
  readonly id: string;
  readonly yaml: string;
  readonly value?: Value;
  readonly error?: true;
  readonly flags?: readonly string[];
}

const PYTHON_ONLY = "a Python object, which no JSON document can hold";

const KNOWN = {
  "yaml-4e37bcd856a7": "1 and 1.0 are one key in Python, and two strings",
  "yaml-086c600bcdcd": PYTHON_ONLY,
  "yaml-b2814bf3c4a7": PYTHON_ONLY,
  "yaml-f52140b3af62": PYTHON_ONLY,
  "yaml-290d3b2d2a73": PYTHON_ONLY,
  "yaml-a029d3f2f45e": PYTHON_ONLY,
};

async function readYamlCases(): Promise<YamlCase[]> {
  return (await readCases<YamlCase>("yaml.json"))
    // How deep lists may nest, and lists that contain themselves, are left open.
    .filter(({ flags }) => !flags?.includes("either"));
}

Deno.test("parseYaml() in strict mode reads and refuses what PyYAML's FullLoader does", async () => {
  const cases = await readYamlCases();
  checkCases(cases, ({ yaml, value, error }) => {
    const parse = () => parseYaml(yaml, { strict: true });
    if (error) throws(parse, { name: "CicdStateError" });
    else deepStrictEqual(parse(), decodeTyped(value!));
  }, KNOWN);
  ok(Object.keys(KNOWN).length <= 0.03 * cases.length);
});

Deno.test("parseYaml() reads everything that PyYAML's FullLoader reads", async () => {
  const cases = (await readYamlCases()).filter(({ error }) => !error);
  checkCases(cases, ({ yaml, value }) => {
    deepStrictEqual(parseYaml(yaml), decodeTyped(value!));
  }, KNOWN);
});
