import { fileError } from "./file_error.ts";
import {
  createPrivateFile,
  findTarget,
  isSpecial,
  openSpecial,
  parentFolder,
  PRIVATE_MODE,
  type Target,
} from "./file_target.ts";

/** Options of {@linkcode replaceFile}. */
interface ReplaceFileOptions {
  /** The file's name in messages: `jsonfile state.json`. */
  readonly what: string;
  /**
   * Whether the new content must survive a power failure once this returns. It
   * takes some milliseconds. A copy does not need it, because it can be written again.
   */
  readonly durable: boolean;
  /**
   * The mode of the file. By default, a durable file is readable by its owner only,
   * and a copy keeps the mode that it has.
   */
  readonly mode?: number | undefined;
  /**
   * Called when the new content has been written, right before it replaces the
   * old one. If it returns false, the old content stays.
   */
  readonly confirm?: () => Promise<boolean>;
}

/**
 * Replaces a file, so that a reader finds either all of the old content or all
 * of the new. A new file is readable by its owner only. A copy that has this
 * content already stays as it is.
 *
 * A copy that cannot be replaced, because it is a mount point or because its folder
 * is read-only, is overwritten; a device or a FIFO is written to directly. None of that is durable, so that a durable file must be a regular one.
 *
 * @param path The file's path. Missing folders are created.
 * @param text The new content.
 * @param options What the file is, and whether it must survive a power failure.
 * @returns Whether the file has the new content; false only if `confirm` said so.
 * @throws {CicdStateError} `STORE` or `PERMISSION`; the file is as it was.
 */
export async function replaceFile(
  path: string,
  text: string,
  options: ReplaceFileOptions,
): Promise<boolean> {
  const { what, durable } = options;
  try {
    const bytes = new TextEncoder().encode(text);
    const target = await findTarget(path, { what, mustBeRegular: durable });
    if (isSpecial(target.info)) {
      const isFifo = target.info?.isFifo === true;
      using file = await openSpecial(target.path, { what, isFifo });
      await writeAll(file, bytes);
      return true;
    }
    const mode = options.mode ??
      (durable ? PRIVATE_MODE : (target.info?.mode ?? PRIVATE_MODE) & 0o777);
    if (!durable && await holds(target, bytes, mode)) return true;
    try {
      return await replace(target.path, bytes, mode, options);
    } catch (error) {
      if (durable || !await mayOverwrite(target, error)) throw error;
      await overwrite(target.path, bytes);
      return true;
    }
  } catch (error) {
    throw fileError(error, "write", what, path);
  }
}

/**
 * Fails if a copy could not be written, so that nothing else is done first.
 *
 * @param path The file's path. Missing folders are created.
 * @param what The file's name in messages.
 * @throws {CicdStateError} `STORE` or `PERMISSION`.
 */
export async function checkReplaceable(
  path: string,
  what: string,
): Promise<void> {
  try {
    const target = await findTarget(path, { what, mustBeRegular: false });
    // Opening a FIFO would wait for its reader.
    if (isSpecial(target.info)) return;
    const temporary = temporaryFor(target.path);
    try {
      (await createPrivateFile(temporary, { mustBeNew: true })).close();
    } catch (error) {
      if (await mayOverwrite(target, error)) return;
      throw error;
    }
    await Deno.remove(temporary);
  } catch (error) {
    throw fileError(error, "write", what, path);
  }
}

function temporaryFor(path: string): string {
  return `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
}

async function replace(
  path: string,
  bytes: Uint8Array,
  mode: number,
  { durable, confirm }: ReplaceFileOptions,
): Promise<boolean> {
  const temporary = temporaryFor(path);
  try {
    await writeNew(temporary, bytes, mode, durable);
    // Opened first: a folder that cannot be opened must not fail after the
    // file was replaced.
    using folder = durable ? await openFolder(path) : undefined;
    const isConfirmed = confirm === undefined || await confirm();
    if (isConfirmed) await Deno.rename(temporary, path);
    else await Deno.remove(temporary);
    // Without this, the rename itself may not survive a power failure.
    if (isConfirmed) await folder?.sync();
    return isConfirmed;
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

/**
 * Reports whether a copy can be overwritten that could not be replaced: it is a
 * mount point, or its folder cannot be written.
 */
async function mayOverwrite(target: Target, error: unknown): Promise<boolean> {
  if (!target.info?.isFile || !isReplacingRefused(error)) return false;
  try {
    (await Deno.open(target.path, { write: true })).close();
    return true;
  } catch {
    // The first error is more specific.
    return false;
  }
}

function isReplacingRefused(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    /EBUSY|EXDEV|EROFS|os error (16|18|30)\b/.test(String(error));
}

async function overwrite(path: string, bytes: Uint8Array): Promise<void> {
  using file = await Deno.open(path, { write: true });
  await writeAll(file, bytes);
  await file.truncate(bytes.length);
}

/**
 * Reports whether a file has this content and mode already. Replacing it, which
 * may wait for the disk, would change nothing.
 */
async function holds(
  { path, info }: Target,
  bytes: Uint8Array,
  wantedMode: number,
): Promise<boolean> {
  if (!info?.isFile || info.size !== bytes.length) return false;
  const { size, mode } = info;
  if (mode !== null && (mode & 0o777) !== wantedMode) return false;
  try {
    const held = await Deno.readFile(path);
    // every() takes ten times as long.
    for (let index = 0; index < size; index++) {
      if (held[index] !== bytes[index]) return false;
    }
    return held.length === size;
  } catch {
    // If it cannot be read, replacing it reports why.
    return false;
  }
}

async function writeNew(
  path: string,
  bytes: Uint8Array,
  mode: number,
  durable: boolean,
): Promise<void> {
  using file = await createPrivateFile(path, { mustBeNew: true });
  await writeAll(file, bytes);
  if (mode !== PRIVATE_MODE && Deno.build.os !== "windows") {
    await Deno.chmod(path, mode);
  }
  if (durable) await file.sync();
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
}

/** Windows cannot open folders, and orders renames itself. */
async function openFolder(file: string): Promise<Deno.FsFile | undefined> {
  if (Deno.build.os === "windows") return undefined;
  return await Deno.open(parentFolder(file));
}
