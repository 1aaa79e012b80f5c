import { parseYaml } from "../../formats/yaml.ts";
import { stringifyYaml } from "../../formats/yaml_writer.ts";
import { DocumentFile, type DocumentFileOptions } from "./document_file.ts";

/**
 * Makes a YAML file that holds one document.
 *
 * @param options Where the file is.
 * @returns The file.
 */
export function yamlFile(options: DocumentFileOptions): DocumentFile {
  return new DocumentFile(options, {
    kind: "yamlfile",
    parse: parseYaml,
    stringify: stringifyYaml,
  });
}
