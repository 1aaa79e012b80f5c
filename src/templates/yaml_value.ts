import { type PlainYaml, YamlTuple } from "../formats/pyyaml_dump.ts";
import { Float, Timestamp } from "../values.ts";
import { asMapping, entriesOf } from "./dict.ts";
import { asText, refuse, Tuple } from "./objects.ts";
import { typeName } from "./type_name.ts";

/** Makes of a template's value what YAML can write; keys keep their kind. */
export function toYamlValue(value: unknown): PlainYaml {
  return convert(value, new Map());
}

/** What stands in several places is made once, so that YAML can refer to it. */
function convert(value: unknown, known: Map<unknown, PlainYaml>): PlainYaml {
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
  const made = known.get(value);
  if (made !== undefined) return made;
  if (Array.isArray(value) || value instanceof Tuple) {
    const items: PlainYaml[] = [];
    const list = value instanceof Tuple ? new YamlTuple(items) : items;
    known.set(value, list);
    for (const item of value instanceof Tuple ? value.items : value) {
      items.push(convert(item, known));
    }
    return list;
  }
  const mapping = asMapping(value) ??
    refuse(value, `a value of type '${typeName(value)}' is not YAML`);
  const result = new Map<PlainYaml, PlainYaml>();
  known.set(value, result);
  for (const [key, item] of entriesOf(mapping)) {
    result.set(convert(key, known), convert(item, known));
  }
  return result;
}
