import { CicdStateError } from "../../errors.ts";
import { parseJson } from "../../formats/json.ts";
import { stringifyJson } from "../../formats/json_writer.ts";
import { isMapping, type Mapping, type Value } from "../../values.ts";
import type { TextCodec } from "../types.ts";

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
  const { parseYaml } = await import("../../formats/yaml.ts");
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

/** How every sealed text begins. */
export const SEALED_PREFIX = '{"cicdstatemgr-encrypted":';

/**
 * Seals a text, if there is a codec.
 *
 * @param text The text.
 * @param codec The codec.
 * @returns What is stored.
 */
export async function sealText(
  text: string,
  codec: TextCodec | undefined,
): Promise<string> {
  return codec === undefined ? text : await codec.seal(text);
}

/**
 * Opens what was stored, sealed or not.
 *
 * @param stored What is stored.
 * @param codec The codec.
 * @param where Where it is stored, for messages: `"a1" from redis 127.0.0.1:6379/0`.
 * @returns The text.
 * @throws {CicdStateError} `STORE`, if the key is missing or wrong.
 */
export async function openText(
  stored: string,
  codec: TextCodec | undefined,
  where: string,
): Promise<string> {
  try {
    if (codec !== undefined) return await codec.open(stored);
    if (!stored.startsWith(SEALED_PREFIX)) return stored;
    throw new CicdStateError("STORE", "it is encrypted, and there is no key", {
      hint: "Configure encryption with the key that it was written with",
    });
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const { code, message, hint } = error;
    throw new CicdStateError(code, `Cannot read ${where}: ${message}`, {
      hint,
      cause: error,
    });
  }
}
