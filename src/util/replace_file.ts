import { fileError, parentFolder } from "./file_error.ts";

/** Options of {@linkcode replaceFile}. */
export interface ReplaceFileOptions {
  /** The file as messages name it: `jsonfile state.json`. */
  readonly what: string;
  /**
   * Whether the new text must survive a power cut once this returns. It costs
   * some milliseconds; copies, which can be made again, do without.
   */
  readonly durable: boolean;
}

/**
 * Replaces a file, so that a reader finds the old text or the new, whole. The
 * file is readable by its owner only.
 *
 * @param path The file's path. Missing folders are created.
 * @param text The new text.
 * @param options What the file is, and whether it must survive a power cut.
 * @throws {CicdStateError} `STORE` or `PERMISSION`; the file is as it was.
 */
export async function replaceFile(
  path: string,
  text: string,
  { what, durable }: ReplaceFileOptions,
): Promise<void> {
  try {
    const target = await followLink(path);
    const folder = parentFolder(target);
    const temporary = temporaryFor(target);
    const file = await createPrivateFile(temporary, { mustBeNew: true });
    try {
      try {
        await writeAll(file, new TextEncoder().encode(text));
        if (durable) await file.sync();
      } finally {
        file.close();
      }
      await Deno.rename(temporary, target);
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw error;
    }
    if (durable) await syncFolder(folder);
  } catch (error) {
    throw fileError(error, "write", what, path);
  }
}

/**
 * Fails if a file could not be replaced, so that nothing else is done first.
 *
 * @param path The file's path. Missing folders are created.
 * @param what The file as messages name it.
 * @throws {CicdStateError} `STORE` or `PERMISSION`.
 */
export async function checkReplaceable(
  path: string,
  what: string,
): Promise<void> {
  try {
    const target = await followLink(path);
    if ((await Deno.stat(target).catch(() => undefined))?.isDirectory) {
      throw new Deno.errors.IsADirectory();
    }
    const temporary = temporaryFor(target);
    (await createPrivateFile(temporary, { mustBeNew: true })).close();
    await Deno.remove(temporary);
  } catch (error) {
    throw fileError(error, "write", what, path);
  }
}

/**
 * Opens a file for writing, created for its owner only, and makes the folders
 * that it is in, if they are missing.
 *
 * @param path The file's path.
 * @param options Whether it must not be there yet.
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
    mode: 0o600,
  };
  try {
    return await Deno.open(path, options);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await makeFolders(parentFolder(path));
    return await Deno.open(path, options);
  }
}

/** Makes a folder and those that it is in, for their owner only. */
async function makeFolders(path: string): Promise<void> {
  const options = { recursive: true, mode: 0o700 };
  // Deno drops the `a` of `a/../b`, which the system then does not find.
  for (const { index } of path.matchAll(/\/\.\.(?=\/|$)/g)) {
    await Deno.mkdir(path.slice(0, index) || "/", options);
  }
  await Deno.mkdir(path, options);
}

function temporaryFor(path: string): string {
  return `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
}

/** Renaming over a link would leave the file that it points to as it was. */
async function followLink(path: string): Promise<string> {
  try {
    if (!(await Deno.lstat(path)).isSymlink) return path;
    return await Deno.realPath(path);
  } catch {
    return path;
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
}

/** Makes the rename itself survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders, and orders renames itself.
  if (Deno.build.os === "windows") return;
  const handle = await Deno.open(folder);
  try {
    await handle.sync();
  } finally {
    handle.close();
  }
}
