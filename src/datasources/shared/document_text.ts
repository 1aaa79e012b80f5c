import { CicdStateError } from "../../errors.ts";
import { parseJson } from "../../formats/json.ts";
import { stringifyJson } from "../../formats/json_writer.ts";
import { isMapping, type Mapping, type Value } from "../../values.ts";

/**
 * Serializes a document for storage, as JSON that YAML 1.1 parsers load as the
 * same value. The exception is keys longer than 1024 characters: YAML parsers
 * refuse them, and JSON has no other way to write them.
 */
export function encodeDocument(document: Mapping): string {
  return stringifyJson(document, { yamlSafe: true });
}

/**
 * Parses a stored document: JSON, or YAML as other programs and people write
 * it. Returns a promise only for YAML, so that JSON never waits for the YAML
 * parser to load.
 *
 * @throws {CicdStateError} `STORE`, if it cannot be parsed or is not a mapping.
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
  const { parseYaml } = await import("../../formats/yaml.ts");
  let value: Value;
  try {
    value = parseYaml(text, { file: "the stored document" });
  } catch (cause) {
    if (!(cause instanceof CicdStateError)) throw cause;
    throw new CicdStateError("STORE", cause.message, { cause });
  }
  return documentOf(value);
}

function documentOf(value: Value): Mapping {
  if (isMapping(value)) return value;
  throw new CicdStateError(
    "STORE",
    "Cannot read the stored document: it is not a mapping",
    { hint: "Check what wrote to this key or file" },
  );
}

/**
 * Parses a stored document, and says which one it is if that fails.
 *
 * @param text What is stored, decrypted.
 * @param id The document's id.
 * @param store The name of the store, for messages.
 * @returns The document.
 * @throws {CicdStateError} `STORE`, if it cannot be parsed or is not a mapping.
 */
export async function readStoredDocument(
  text: string,
  id: string,
  store: string,
): Promise<Mapping> {
  try {
    return await decodeDocument(text);
  } catch (cause) {
    if (!(cause instanceof CicdStateError)) throw cause;
    throw new CicdStateError(
      "STORE",
      `Cannot read "${id}" from ${store}: ${cause.message}`,
      {
        hint: `Fix it, or replace it with cicdstatemgr init ${id} --replace`,
        cause,
      },
    );
  }
}
