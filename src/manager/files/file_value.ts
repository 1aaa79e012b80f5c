import { CicdStateError } from "../../errors.ts";
import { parseJson } from "../../formats/json.ts";
import { readText } from "../../util/read_text.ts";
import type { Value } from "../../values.ts";

/**
 * Loads a file: as JSON if it is JSON, as YAML if PyYAML reads it, and otherwise as
 * it stands.
 *
 * @param path The file.
 * @param naming Names the place that refers to it, for messages: `--set state.a`.
 * @returns The value.
 * @throws {CicdStateError} `INPUT` or `PERMISSION`, if the file cannot be read.
 */
export async function loadFile(path: string, naming: string): Promise<Value> {
  const content = await readText(path, { what: "file", code: "INPUT", naming });
  const json = valueOrUndefined(() => parseJson(content));
  if (json !== undefined) return json;
  const { parseYaml } = await import("../../formats/yaml.ts");
  const yaml = valueOrUndefined(() => parseYaml(content, { strict: true }));
  return yaml === undefined ? content : yaml;
}

function valueOrUndefined(parse: () => Value): Value | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof CicdStateError) return undefined;
    throw error;
  }
}
