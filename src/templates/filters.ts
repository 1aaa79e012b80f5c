import {
  type PlainYaml,
  pyyamlDump,
  YamlTuple,
} from "../formats/pyyaml_dump.ts";
import { isScalar } from "../jinja/filters/data.ts";
import { isTrue } from "../jinja/operators/compare.ts";
import type { Budget } from "../jinja/runtime/budget.ts";
import { native } from "../jinja/runtime/call.ts";
import type { Native } from "../jinja/runtime/runtime.ts";
import { asMapping, entriesOf } from "../jinja/values/dict.ts";
import { Tuple } from "../jinja/values/objects.ts";
import {
  asText,
  refuse,
  requireInteger,
  typeName,
} from "../jinja/values/scalars.ts";
import { Timestamp } from "../values.ts";
import { JSON_FILTERS } from "./json_filters.ts";

/** Converts a template's value to one that YAML can write. Keys keep their type. */
function toYaml(budget: Budget, value: unknown): PlainYaml {
  return convertToYaml(budget, value, new Map());
}

/** Converts a shared value only once, so that YAML can use an alias. */
function convertToYaml(
  budget: Budget,
  value: unknown,
  known: Map<unknown, PlainYaml>,
): PlainYaml {
  budget.step();
  if (isScalar(value) || value instanceof Timestamp) return value;
  const text = asText(value);
  if (text !== undefined) return text;
  const made = known.get(value);
  if (made !== undefined) return made;
  if (Array.isArray(value) || value instanceof Tuple) {
    const items: PlainYaml[] = [];
    const list = value instanceof Tuple ? new YamlTuple(items) : items;
    known.set(value, list);
    for (const item of value instanceof Tuple ? value.items : value) {
      items.push(convertToYaml(budget, item, known));
    }
    return list;
  }
  const mapping = asMapping(value) ??
    refuse(value, `a value of type '${typeName(value)}' is not YAML`);
  const result = new Map<PlainYaml, PlainYaml>();
  known.set(value, result);
  for (const [key, item] of entriesOf(budget, mapping)) {
    result.set(
      convertToYaml(budget, key, known),
      convertToYaml(budget, item, known),
    );
  }
  return result;
}

/** The filters that cicdstatemgr adds to those of Jinja2. */
export const FILTERS: Readonly<Record<string, Native>> = {
  ...JSON_FILTERS,

  /** Writes a value as YAML, always in block style, as the Python tool does. */
  to_nice_yaml: native(
    "value default_flow_style? sort_keys? indent?",
    (runtime, value, _flowStyle, sortKeys = false, indent = 2) => {
      const text = pyyamlDump(toYaml(runtime.budget, value), {
        sortKeys: isTrue(sortKeys),
        indent: indent === null ? 2 : requireInteger(indent),
      });
      runtime.budget.allocateString(text.length);
      return text;
    },
  ),
};
