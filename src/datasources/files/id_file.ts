import { checkReplaceable, replaceFile } from "../../util/files.ts";
import type { Mirror } from "../../document/store.ts";
import type { FileOptions } from "../types.ts";

/**
 * Makes a mirror that keeps the document's id alone, without a line end.
 * Requires `--allow-write` for the file's folder.
 *
 * @param options Where the file is.
 * @returns The mirror.
 */
export function idFileMirror({ path }: FileOptions): Mirror {
  const name = `idfile ${path}`;
  return {
    name,
    check: () => checkReplaceable(path, name),
    write: (id) => replaceFile(path, id, { what: name, durable: false }),
  };
}
