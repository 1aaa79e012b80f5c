import { CicdStateError } from "../errors.ts";
import { fileError } from "./file_error.ts";
import {
  createTemporary,
  findTarget,
  isSpecial,
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
   * Is told if others could read a durable file until now.
   *
   * @default {a function that drops the warning}
   */
  readonly warn?: ((message: string) => void) | undefined;
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
 * @throws {CicdStateError} `STORE` or `PERMISSION`: the file is as it was; `TIMEOUT`: it may have been replaced.
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
    const oldMode = (target.info?.mode ?? PRIVATE_MODE) & 0o777;
    const mode = options.mode ?? (durable ? PRIVATE_MODE : oldMode);
    if (!durable && await holds(target, bytes, mode)) return true;
    try {
      const isReplaced = await replace(target.path, bytes, mode, options);
      const wasOpen = durable && (oldMode & ~mode & 0o077) !== 0;
      if (wasOpen && options.mode === undefined) warnOfMode(options);
      return isReplaced;
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
    try {
      using temporary = await createTemporary(target.path);
      await Deno.remove(temporary.path);
    } catch (error) {
      if (await mayOverwrite(target, error)) return;
      throw error;
    }
  } catch (error) {
    throw fileError(error, "write", what, path);
  }
}

const READER_TIMEOUT_MS = 10_000;

/** Options of {@linkcode openSpecial}. */
interface OpenSpecialOptions {
  /** The file's name in messages: `jsonfile state.json`. */
  readonly what: string;
  /** Whether it is a FIFO. */
  readonly isFifo: boolean;
  /**
   * Milliseconds to wait for the reader of a FIFO.
   *
   * @default {10000}
   */
  readonly timeoutMs?: number;
}

/**
 * Opens a device or FIFO for writing. A FIFO waits for a reader.
 *
 * @param path The path.
 * @param options What the file is, and how long to wait for the reader of a FIFO.
 * @returns The open file.
 * @throws {CicdStateError} `TIMEOUT`, if nobody reads the FIFO in time.
 */
export async function openSpecial(
  path: string,
  { what, isFifo, timeoutMs = READER_TIMEOUT_MS }: OpenSpecialOptions,
): Promise<Deno.FsFile> {
  const opening = Deno.open(path, { write: true });
  if (!isFifo) return await opening;
  const timeout = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => timeout.resolve(undefined), timeoutMs);
  try {
    const file = await Promise.race([opening, timeout.promise]);
    if (file !== undefined) return file;
  } finally {
    clearTimeout(timer);
  }
  await abandon(path, opening);
  throw new CicdStateError(
    "TIMEOUT",
    `Cannot write ${what}: nobody reads the FIFO ${path}`,
    { hint: "Start its reader first" },
  );
}

/** Ends the wait for a reader by becoming one: a thread waits otherwise for ever. */
async function abandon(
  path: string,
  opening: Promise<Deno.FsFile>,
): Promise<void> {
  using _both = await Deno.open(path, { read: true, write: true });
  (await opening).close();
}

function warnOfMode({ what, warn }: ReplaceFileOptions): void {
  warn?.(
    `Other users could read ${what}, and no longer can. Set its mode in the ` +
      "config if they should",
  );
}

async function replace(
  path: string,
  bytes: Uint8Array,
  mode: number,
  { what, durable, confirm }: ReplaceFileOptions,
): Promise<boolean> {
  using temporary = await createTemporary(path);
  let isReplaced = false;
  try {
    await writeAll(temporary.file, bytes);
    if (mode !== PRIVATE_MODE && Deno.build.os !== "windows") {
      await Deno.chmod(temporary.path, mode);
    }
    if (durable) await temporary.file.sync();
    // Opened first: a folder that cannot be opened must not fail after the
    // file was replaced.
    using folder = durable ? await openFolder(path, what) : undefined;
    if (confirm !== undefined && !await confirm()) return false;
    await Deno.rename(temporary.path, path);
    isReplaced = true;
    await syncFolder(folder, what);
    return true;
  } finally {
    if (!isReplaced) await Deno.remove(temporary.path).catch(() => {});
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

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
}

/** Windows cannot open folders, and orders renames itself. */
async function openFolder(
  file: string,
  what: string,
): Promise<Deno.FsFile | undefined> {
  if (Deno.build.os === "windows") return undefined;
  const folder = parentFolder(file);
  try {
    return await Deno.open(folder);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.PermissionDenied)) throw cause;
    throw new CicdStateError(
      "PERMISSION",
      `Cannot write ${what}: the folder cannot be read, so a change might not ` +
        "survive a power failure",
      { hint: `Give this user permission to read the folder ${folder}`, cause },
    );
  }
}

/** Without this, the rename itself may not survive a power failure. */
async function syncFolder(
  folder: Deno.FsFile | undefined,
  what: string,
): Promise<void> {
  try {
    await folder?.sync();
  } catch (cause) {
    // Some file systems have nothing to sync.
    if (/os error (22|95)\b/.test(String(cause))) return;
    throw new CicdStateError(
      "TIMEOUT",
      `Cannot tell whether the new content of ${what} would survive a power ` +
        "failure: the change may have been stored",
      {
        hint: "Check the disk, and read the document before trying again",
        cause,
      },
    );
  }
}
