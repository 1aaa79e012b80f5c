import { documentId } from "../util/document_id.ts";
import type { DocumentFile } from "./document_file.ts";
import type { Mirror } from "./types.ts";

/**
 * Makes a mirror of a file that holds one document.
 *
 * @param file The file.
 * @returns The mirror.
 */
export function fileMirror(file: DocumentFile): Mirror {
  return {
    name: file.name,
    async write(_id, document) {
      await file.write(document, false);
    },
    async read(id) {
      const stored = await file.readStored();
      if (stored === undefined) return undefined;
      const document = await file.decode(stored);
      return documentId(document) === id ? document : undefined;
    },
  };
}
