import { fileError } from "../../util/file_error.ts";

/**
 * Removes a regular file, unless it is missing or its content is another one.
 *
 * @param path The file's path.
 * @param what The file's name in messages.
 * @param isMeant Reports whether the content is what is to be removed.
 * @throws {CicdStateError} `STORE` or `PERMISSION`.
 */
export async function removeCopy(
  path: string,
  what: string,
  isMeant: (text: string) => boolean,
): Promise<void> {
  let doing: "read" | "write" = "read";
  try {
    // Reading a FIFO or a terminal would wait for a writer.
    if (!(await Deno.stat(path)).isFile) return;
    if (!isMeant(await Deno.readTextFile(path))) return;
    doing = "write";
    await Deno.remove(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw fileError(error, doing, what, path);
  }
}
