import { CicdStateError } from "../errors.ts";
import { isMapping, type Mapping, type Value } from "../values.ts";
import { parseJson, stringifyJson } from "./json.ts";

/**
 * Writes a document as it is stored: JSON that YAML 1.1 readers load equal. They
 * refuse keys of over 1024 characters, and there is no other way to write those
 * in JSON.
 */
export function encodeDocument(document: Mapping): string {
  return stringifyJson(document, { yamlSafe: true });
}

/**
 * Reads a stored document: JSON, or YAML as other tools and hands write it. Only
 * YAML takes a promise, so that JSON does not pay for loading its parser.
 */
export function decodeDocument(text: string): Mapping | Promise<Mapping> {
  if (!text.startsWith("{")) return decodeYaml(text);
  let value: Value;
  try {
    value = parseJson(text);
  } catch {
    return decodeYaml(text);
  }
  return documentOf(value);
}

async function decodeYaml(text: string): Promise<Mapping> {
  const { parseYaml } = await import("./yaml.ts");
  let value: Value;
  try {
    value = parseYaml(text, { file: "the stored document" });
  } catch (cause) {
    throw new CicdStateError("STORE", (cause as Error).message, { cause });
  }
  return documentOf(value);
}

function documentOf(value: Value): Mapping {
  if (isMapping(value)) return value;
  throw new CicdStateError(
    "STORE",
    "Cannot read the stored document: it is no mapping",
    { hint: "Look at what wrote to this key or file" },
  );
}
