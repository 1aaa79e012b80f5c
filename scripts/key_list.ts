import { HTTP } from "../src/http/config.ts";
import { either, type JsonSchema } from "../src/schema/schema.ts";

const HTTP_KEYS = JSON.stringify(HTTP.json().properties);

/** Returns the keys that all mappings have, and that mean the same in each. */
export function commonKeys(all: readonly JsonSchema[]): JsonSchema {
  const [first = {}, ...others] = all;
  const common = Object.entries(first.properties ?? {}).filter(([name, json]) =>
    others.every(({ properties }) =>
      JSON.stringify(properties?.[name]) === JSON.stringify(json)
    )
  );
  return { properties: Object.fromEntries(common) };
}

/** Returns the schema of a mapping without the keys that another one has. */
export function withoutKeys(json: JsonSchema, other: JsonSchema): JsonSchema {
  const own = Object.entries(json.properties ?? {})
    .filter(([name]) => other.properties?.[name] === undefined);
  return { ...json, properties: Object.fromEntries(own) };
}

/**
 * Lists the keys of a mapping, and below each one the keys of its value.
 *
 * @param json The schema of the mapping.
 * @param depth How deep the list is inside others.
 * @returns Markdown.
 */
export function keyList(json: JsonSchema, depth = 0): string {
  return Object.entries(json.properties ?? {}).map(([name, value]) => {
    const isRequired = json.required?.includes(name) ?? false;
    const facts = [
      typeText(value),
      value.default === undefined ? "" : `default \`${value.default}\``,
      isRequired ? "required" : "",
    ].filter((fact) => fact !== "");
    const fact = facts.length === 0 ? "" : ` (${facts.join(", ")})`;
    const inner = innerSchema(value);
    const isHttp = JSON.stringify(inner.properties) === HTTP_KEYS;
    const text = [
      value.description ?? "",
      isHttp ? "Its keys are those of [`http`](#http)." : "",
    ].filter((part) => part !== "").join(" ");
    const head = `${"  ".repeat(depth)}- \`${name}\`${fact}`;
    const line = text === "" ? head : `${head}: ${text}`;
    return `${line}\n${isHttp ? "" : keyList(inner, depth + 1)}`;
  }).join("");
}

/** Returns the schema whose keys are listed below a value. */
function innerSchema(json: JsonSchema): JsonSchema {
  const { properties, items, additionalProperties, anyOf } = json;
  if (properties !== undefined) return json;
  if (items !== undefined) return innerSchema(items);
  if (typeof additionalProperties === "object") {
    return innerSchema(additionalProperties);
  }
  return anyOf?.find((one) => one.properties !== undefined) ?? {};
}

function typeText(json: JsonSchema): string {
  const { enum: choices, anyOf, items, examples, minimum, maximum } = json;
  const types = [json.type ?? []].flat();
  if (choices !== undefined) {
    const named = choices.filter((choice) => choice !== null);
    return either(named.map((choice) => `\`${choice}\``));
  }
  if (anyOf !== undefined) {
    const texts = anyOf.filter(({ type }) => type !== "null").map(typeText);
    return either(texts).replace("true or false or", "true, false or");
  }
  if (examples !== undefined) {
    return `such as ${either(examples.map((example) => `\`${example}\``))}`;
  }
  if (types.includes("integer")) {
    return maximum === undefined
      ? `integer of ${minimum} or more`
      : `integer from ${minimum} to ${maximum}`;
  }
  if (types.includes("boolean")) return "true or false";
  if (types.includes("array")) {
    const item = items === undefined ? "" : typeText(items);
    if (item.startsWith("such as")) return `list of values ${item}`;
    return item === "string" ? "list of strings" : "list";
  }
  return types.includes("object") ? "mapping" : types[0] ?? "";
}
