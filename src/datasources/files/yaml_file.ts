import { parseYaml } from "../../formats/yaml.ts";
import { stringifyYaml } from "../../formats/yaml_writer.ts";
import type { TextCodec } from "../shared/extras.ts";
import { DocumentFile } from "./document_file.ts";

/**
 * Makes a YAML file that holds one document.
 *
 * @param path Where the file is.
 * @param codec Encrypts its content.
 * @returns The file.
 */
export function yamlFile(path: string, codec?: TextCodec): DocumentFile {
  return new DocumentFile({
    kind: "yamlfile",
    path,
    parse: parseYaml,
    stringify: stringifyYaml,
    codec,
  });
}
