import { parseYaml, stringifyYaml } from "../formats/yaml.ts";
import { DocumentFile } from "./document_file.ts";
import { fileMirror } from "./file_mirror.ts";
import { fileStore } from "./file_store.ts";
import type {
  DatasourceExtras,
  FileOptions,
  Mirror,
  StateStore,
} from "./types.ts";

/**
 * Makes a store that keeps one document in a YAML file. Requires
 * `--allow-read` and `--allow-write` for the file's folder.
 *
 * @param options Where the file is.
 * @param extras How its text is sealed.
 * @returns The store.
 */
export function yamlFileStore(
  options: FileOptions,
  extras: DatasourceExtras = {},
): StateStore {
  return fileStore(yamlFile(options, extras));
}

/**
 * Makes a mirror that keeps a document in a YAML file. Requires
 * `--allow-read` and `--allow-write` for the file's folder.
 *
 * @param options Where the file is.
 * @param extras How its text is sealed.
 * @returns The mirror.
 */
export function yamlFileMirror(
  options: FileOptions,
  extras: DatasourceExtras = {},
): Mirror {
  return fileMirror(yamlFile(options, extras));
}

function yamlFile(
  { path }: FileOptions,
  { codec }: DatasourceExtras,
): DocumentFile {
  return new DocumentFile({
    kind: "yamlfile",
    path,
    parse: parseYaml,
    stringify: stringifyYaml,
    codec,
  });
}
