import { parseJson, stringifyJson } from "../formats/json.ts";
import { DocumentFile } from "./document_file.ts";
import type { DatasourceExtras, FileOptions } from "./types.ts";

/**
 * Makes a JSON file that holds one document, as a store or a mirror.
 *
 * @param options Where the file is.
 * @param extras How its text is sealed.
 * @returns The file.
 */
export function jsonFile(
  { path }: FileOptions,
  { codec }: DatasourceExtras = {},
): DocumentFile {
  return new DocumentFile({
    kind: "jsonfile",
    path,
    parse: parseJson,
    stringify: (document) => stringifyJson(document, { indent: 2 }),
    codec,
  });
}
