import { parseJson, stringifyJson } from "../formats/json.ts";
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
 * Makes a store that keeps one document in a JSON file. Requires
 * `--allow-read` and `--allow-write` for the file's folder.
 *
 * @param options Where the file is.
 * @param extras How its text is sealed.
 * @returns The store.
 */
export function jsonFileStore(
  options: FileOptions,
  extras: DatasourceExtras = {},
): StateStore {
  return fileStore(jsonFile(options, extras));
}

/**
 * Makes a mirror that keeps a document in a JSON file. Requires
 * `--allow-read` and `--allow-write` for the file's folder.
 *
 * @param options Where the file is.
 * @param extras How its text is sealed.
 * @returns The mirror.
 */
export function jsonFileMirror(
  options: FileOptions,
  extras: DatasourceExtras = {},
): Mirror {
  return fileMirror(jsonFile(options, extras));
}

function jsonFile(
  { path }: FileOptions,
  { codec }: DatasourceExtras,
): DocumentFile {
  return new DocumentFile({
    kind: "jsonfile",
    path,
    parse: parseJson,
    stringify: (document) => stringifyJson(document, { indent: 2 }),
    codec,
  });
}
