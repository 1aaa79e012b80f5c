const PREFIX = "file://";

/**
 * Finds the file that a value names: `file://` and a path. It counts only where
 * it was written by hand, never where a template put it: what an answer or a
 * commit message says must not read local files.
 *
 * @param source The value as it was written.
 * @param rendered The value as it was rendered.
 * @returns The path, or `undefined` if the value names no file.
 */
export function fileNamedBy(
  source: string,
  rendered: string = source,
): string | undefined {
  const namesFile = source.trimStart().startsWith(PREFIX) &&
    rendered.startsWith(PREFIX);
  return namesFile ? rendered.slice(PREFIX.length) : undefined;
}
