import { type PlainYaml } from "../formats/pyyaml_dump.ts";
import { Float, Timestamp } from "../values.ts";
import { asMapping, entriesOf } from "./dict.ts";
import { fail } from "./failure.ts";
import { asText, refuse } from "./objects.ts";
import { typeName } from "./type_name.ts";

const MAX_DEPTH = 500;

/** Makes of a template's value what YAML can write; keys keep their kind. */
export function toYamlValue(value: unknown, depth = 0): PlainYaml {
  if (depth > MAX_DEPTH) fail("a value is nested too deeply for YAML");
  switch (typeof value) {
    case "boolean":
    case "bigint":
    case "number":
    case "string":
      return value;
  }
  if (value === null || value instanceof Float || value instanceof Timestamp) {
    return value;
  }
  const text = asText(value);
  if (text !== undefined) return text;
  if (Array.isArray(value)) {
    return value.map((item) => toYamlValue(item, depth + 1));
  }
  const mapping = asMapping(value) ??
    refuse(value, `a value of type '${typeName(value)}' is not YAML`);
  return new Map(
    entriesOf(mapping).map(([key, item]): [PlainYaml, PlainYaml] => [
      toYamlValue(key, depth + 1),
      toYamlValue(item, depth + 1),
    ]),
  );
}
