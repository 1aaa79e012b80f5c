/** Only the owner may read and write state. */
export const PRIVATE_MODE = 0o600;

/**
 * Returns the folder that a file is in.
 *
 * @param path The file's path.
 * @returns The folder's path; `.` if the path has none.
 */
export function parentFolder(path: string): string {
  const end = Deno.build.os === "windows"
    ? Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"))
    : path.lastIndexOf("/");
  if (end < 0) return ".";
  return end === 0 ? "/" : path.slice(0, end);
}

/**
 * Opens a file for writing. A new file is readable by its owner only, and
 * missing folders are created.
 *
 * @param path The file's path.
 * @param options Whether it must not exist yet.
 * @returns The open file.
 */
export async function createPrivateFile(
  path: string,
  { mustBeNew }: { mustBeNew: boolean },
): Promise<Deno.FsFile> {
  const options: Deno.OpenOptions = {
    write: true,
    create: true,
    createNew: mustBeNew,
    mode: PRIVATE_MODE,
  };
  try {
    return await Deno.open(path, options);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await makeFolders(parentFolder(path));
    return await Deno.open(path, options);
  }
}

/** Creates a folder and its parents, for their owner only. */
async function makeFolders(path: string): Promise<void> {
  const options = { recursive: true, mode: 0o700 };
  // Deno drops the `a` of `a/../b`, and the system then does not find it.
  for (const { index } of path.matchAll(/\/\.\.(?=\/|$)/g)) {
    await Deno.mkdir(path.slice(0, index) || "/", options);
  }
  await Deno.mkdir(path, options);
}
