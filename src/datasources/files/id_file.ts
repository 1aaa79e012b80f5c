import type { Mirror } from "../../document/store.ts";
import { checkReplaceable, replaceFile } from "../../util/replace_file.ts";

/**
 * Makes a mirror that holds only the document's id, without a newline. Requires
 * `--allow-write` for the file's folder, and `--allow-read` to remove it.
 *
 * @param path Where the file is.
 * @param mode The file's mode. Default: see `replaceFile()`.
 * @returns The mirror.
 */
export function idFileMirror(path: string, mode?: number): Mirror {
  const name = `idfile ${path}`;
  return {
    name,
    check: () => checkReplaceable(path, name),
    async write(id) {
      await replaceFile(path, id, { what: name, mode, durable: false });
    },
    async remove(id) {
      const { removeCopy } = await import("./remove_copy.ts");
      await removeCopy(path, name, (text) => text === id);
    },
  };
}
