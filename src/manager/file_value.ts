import { CicdStateError } from "../errors.ts";
import { parseJson } from "../formats/json.ts";
import { readText } from "../util/read_text.ts";
import type { Value } from "../values.ts";

/**
 * Loads a file: JSON if it parses, else YAML if it parses, else its text, with
 * `\n` for every end of line.
 *
 * @param path The file.
 * @param naming Where it was written, for messages: `--set state.a`.
 * @returns What the file holds.
 * @throws {CicdStateError} `INPUT` or `PERMISSION`.
 */
export async function loadFile(path: string, naming: string): Promise<Value> {
  const content = await readText(path, { what: "file", code: "INPUT", naming });
  const { parseYaml } = await import("../formats/yaml.ts");
  for (const parse of [parseJson, parseYaml]) {
    try {
      return parse(content);
    } catch (error) {
      if (!(error instanceof CicdStateError)) throw error;
    }
  }
  // As Python reads text: a shell or a template has no use for \r.
  return content.replaceAll(/\r\n?/g, "\n");
}
