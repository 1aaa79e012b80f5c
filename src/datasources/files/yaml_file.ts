import { parseYaml } from "../../formats/yaml.ts";
import { stringifyYaml } from "../../formats/yaml_writer.ts";
import { DocumentFile } from "./document_file.ts";
import type { DatasourceExtras, FileOptions } from "../types.ts";

/**
 * Makes a YAML file that holds one document, as a store or a mirror.
 *
 * @param options Where the file is.
 * @param extras How its text is sealed.
 * @returns The file.
 */
export function yamlFile(
  { path }: FileOptions,
  { codec }: DatasourceExtras = {},
): DocumentFile {
  return new DocumentFile({
    kind: "yamlfile",
    path,
    parse: parseYaml,
    stringify: stringifyYaml,
    codec,
  });
}
