/**
 * Writes text to stdout, or replaces a file with it.
 *
 * @param text The text.
 * @param file The file; `undefined` or `-` is stdout.
 * @param out Writes to stdout.
 * @throws {CicdStateError} `STORE`, `PERMISSION` or `TIMEOUT`.
 */
export async function writeOutput(
  text: string,
  file: string | undefined,
  out: (text: string) => void,
): Promise<void> {
  if (file === undefined || file === "-") out(text);
  else await replaceOutput(file, text);
}

/**
 * Replaces a file, so that a reader finds all of the old text or all of the new.
 *
 * @param path The file's path. Missing folders are created.
 * @param text The text.
 * @param mode The mode of the file. Default: that of the old file, or `0600`.
 * @throws {CicdStateError} `STORE`, `PERMISSION` or `TIMEOUT`.
 */
export async function replaceOutput(
  path: string,
  text: string,
  mode?: number,
): Promise<void> {
  const { replaceFile } = await import("../../util/replace_file.ts");
  await replaceFile(path, text, { what: path, durable: false, mode });
}

/**
 * Appends lines to a file, after a line break if its last line has none.
 *
 * @param path The file's path.
 * @param text The lines.
 * @throws {CicdStateError} `STORE` or `PERMISSION`.
 */
export async function appendOutput(path: string, text: string): Promise<void> {
  try {
    using file = await Deno.open(path, {
      read: true,
      append: true,
      create: true,
      mode: 0o600,
    });
    const bytes = new TextEncoder().encode(
      await endsInLine(file) ? text : `\n${text}`,
    );
    for (let written = 0; written < bytes.length;) {
      written += await file.write(bytes.subarray(written));
    }
  } catch (error) {
    const { fileError } = await import("../../util/file_error.ts");
    throw fileError(error, "write", path, path);
  }
}

async function endsInLine(file: Deno.FsFile): Promise<boolean> {
  const { isFile, size } = await file.stat();
  if (!isFile || size === 0) return true;
  await file.seek(-1, Deno.SeekMode.End);
  const last = new Uint8Array(1);
  await file.read(last);
  return last[0] === 0x0a;
}
