import type { Document } from "../../document/change.ts";
import { documentId } from "../../document/id.ts";
import type { Mirror } from "../../document/store.ts";
import { checkReplaceable } from "../../util/files.ts";
import type { DocumentFile } from "./document_file.ts";

/**
 * Makes a mirror of a file that holds one document. Requires `--allow-read` and
 * `--allow-write` for the file's folder.
 *
 * @param file The file.
 * @returns The mirror.
 */
export function fileMirror(file: DocumentFile): Mirror {
  async function read(id: string): Promise<Document | undefined> {
    const stored = await file.readStored();
    if (stored === undefined) return undefined;
    const document = await file.decode(stored);
    return documentId(document) === id ? document : undefined;
  }
  return {
    name: file.name,
    check: () => checkReplaceable(file.path, file.name),
    read,
    async write(_id, document) {
      await file.write(document, false);
    },
    async remove(id) {
      if (await read(id) !== undefined) await file.remove();
    },
  };
}
