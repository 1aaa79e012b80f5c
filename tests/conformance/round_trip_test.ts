import { deepStrictEqual } from "node:assert/strict";
import { decodeDocument, encodeDocument } from "../../src/datasources/shared/document_text.ts";
import { parseJson } from "../../src/formats/json.ts";
import { stringifyJson } from "../../src/formats/json_writer.ts";
import { parseYaml } from "../../src/formats/yaml.ts";
import { stringifyYaml } from "../../src/formats/yaml_writer.ts";
import { loadWithPyYaml } from "./pyyaml.ts";
import { RandomValues } from "./random_value.ts";

const random = new RandomValues(20260);
const documents = Array.from({ length: 400 }, () => random.mapping());

Deno.test("parseJson() reads any document that stringifyJson() wrote", () => {
  for (const document of documents) {
    deepStrictEqual(parseJson(stringifyJson(document)), document);
    deepStrictEqual(parseJson(stringifyJson(document, { indent: 2 })), document);
  }
});

Deno.test("parseYaml() reads any document that stringifyYaml() wrote", () => {
  for (const document of documents) {
    deepStrictEqual(parseYaml(stringifyYaml(document)), document);
  }
});

Deno.test("decodeDocument() reads any document that encodeDocument() wrote", async () => {
  for (const document of documents) {
    deepStrictEqual(await decodeDocument(encodeDocument(document)), document);
  }
});

Deno.test("encodeDocument() writes YAML 1.1 that PyYAML loads equal", async () => {
  deepStrictEqual(await loadWithPyYaml(documents.map(encodeDocument)), documents);
});

Deno.test("stringifyYaml() writes YAML 1.1 that PyYAML loads equal", async () => {
  deepStrictEqual(await loadWithPyYaml(documents.map(stringifyYaml)), documents);
});
