import { parseJson } from "../../formats/json.ts";
import { stringifyJson } from "../../formats/json_writer.ts";
import type { TextCodec } from "../shared/sealing.ts";
import { DocumentFile } from "./document_file.ts";

/**
 * Makes a JSON file that holds one document.
 *
 * @param path Where the file is.
 * @param codec Encrypts its content.
 * @returns The file.
 */
export function jsonFile(path: string, codec?: TextCodec): DocumentFile {
  return new DocumentFile({
    kind: "jsonfile",
    path,
    parse: parseJson,
    stringify: (document) => stringifyJson(document, { indent: 2 }),
    codec,
  });
}
