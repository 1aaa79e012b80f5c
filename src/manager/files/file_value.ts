import { CicdStateError } from "../../errors.ts";
import { parseJson } from "../../formats/json.ts";
import { readText } from "../../util/read_text.ts";
import type { Value } from "../../values.ts";

/**
 * Loads a file as JSON if it is JSON, or else as YAML if it is YAML, or else as
 * a string with `\n` for every line break.
 *
 * @param path The file.
 * @param naming Where the path is written, for messages: `--set state.a`.
 * @returns The value.
 * @throws {CicdStateError} `INPUT` or `PERMISSION`.
 */
export async function loadFile(path: string, naming: string): Promise<Value> {
  const content = await readText(path, { what: "file", code: "INPUT", naming });
  const { parseYaml } = await import("../../formats/yaml.ts");
  for (const parse of [parseJson, parseYaml]) {
    try {
      return parse(content);
    } catch (error) {
      if (!(error instanceof CicdStateError)) throw error;
    }
  }
  // Python reads text in the same way. Shells and templates have no use for \r.
  return content.replaceAll(/\r\n?/g, "\n");
}
