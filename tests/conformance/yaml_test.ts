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

const TAB = "js-yaml allows tabs where PyYAML's scanner does not";
const PYTHON_ONLY = "a Python object, which no JSON document can hold";

const KNOWN = {
  "yaml-62a74c2b078d": "<< is text where it is no key; PyYAML refuses it",
  "yaml-12d18258ab49": TAB,
  "yaml-79db19b526d8": TAB,
  "yaml-cae188cbfbdd": TAB,
  "yaml-4e37bcd856a7": "1 and 1.0 are one key in Python, two as text",
  "yaml-00de2f30d8fb": "js-yaml takes an empty key in a list item",
  "yaml-0a83d56306a2": "js-yaml takes keys of over 1024 characters",
  "yaml-086c600bcdcd": PYTHON_ONLY,
  "yaml-b2814bf3c4a7": PYTHON_ONLY,
  "yaml-f52140b3af62": PYTHON_ONLY,
  "yaml-290d3b2d2a73": PYTHON_ONLY,
  "yaml-a029d3f2f45e": PYTHON_ONLY,
  "yaml-b966d2457390": "U+0085 breaks lines in YAML 1.1 only",
};

Deno.test("parseYaml() reads what PyYAML's FullLoader reads", async () => {
  const cases = (await readCases<YamlCase>("yaml.json"))
    // Left open: how deep a text may nest, and lists that contain themselves.
    .filter(({ flags }) => !flags?.includes("either"));
  checkCases(cases, ({ yaml, value, error }) => {
    if (error) throws(() => parseYaml(yaml), { name: "CicdStateError" });
    else deepStrictEqual(parseYaml(yaml), decodeTyped(value!));
  }, KNOWN);
  ok(Object.keys(KNOWN).length <= 0.08 * cases.length);
});
