import { CicdStateError } from "../errors.ts";
import { abortable, KeyedQueue } from "./concurrency.ts";

/** State is its owner's business. */
const PRIVATE_MODE = 0o600;

/** What was being done to a file, as messages say it. */
type FileVerb = "read" | "write" | "lock";

/**
 * Turns a failure of the file system into an error that says how to mend it.
 *
 * @param cause The failure.
 * @param verb What was being done.
 * @param what The file, as messages name it: `jsonfile state.json`.
 * @param path Its path.
 * @returns The error to throw; the cause itself, if it is one already.
 */
export function fileError(
  cause: unknown,
  verb: FileVerb,
  what: string,
  path: string,
): unknown {
  if (cause instanceof CicdStateError) return cause;
  const failed = `Cannot ${verb} ${what}`;
  if (cause instanceof Deno.errors.NotCapable) {
    return new CicdStateError(
      "PERMISSION",
      `${failed}: Deno was not allowed to`,
      { hint: permissionHint(verb, path), cause },
    );
  }
  if (cause instanceof Deno.errors.PermissionDenied) {
    return new CicdStateError(
      "PERMISSION",
      `${failed}: the system refuses access`,
      { hint: `Give this user the right to ${verb} ${path}`, cause },
    );
  }
  const { why, hint } = explain(cause, path);
  return new CicdStateError("STORE", `${failed}: ${why}`, { hint, cause });
}

function permissionHint(verb: FileVerb, path: string): string {
  if (verb === "read") return `Run deno with --allow-read=${path}`;
  // Beside the file, a temporary one and a lock are written.
  const folder = parentFolder(path);
  return `Run deno with --allow-read=${folder} --allow-write=${folder}`;
}

function explain(cause: unknown, path: string): { why: string; hint: string } {
  const { code, message } = cause as { code?: string; message?: string };
  const text = `${code ?? ""} ${message ?? String(cause)}`;
  if (/ENOSPC|EDQUOT|os error (28|122)\b/.test(text)) {
    return {
      why: "the disk is full",
      hint: "Free some space and run it again",
    };
  }
  if (/EFBIG|os error 27\b/.test(text)) {
    return {
      why: "the file would be larger than the system allows",
      hint: "Raise the limit of file sizes (ulimit -f)",
    };
  }
  if (/EROFS|os error 30\b/.test(text)) {
    return {
      why: "the file system is read-only",
      hint: "Choose a path on a writable one",
    };
  }
  if (/ENOLCK|EOPNOTSUPP|ENOTSUP|ENOSYS|os error (37|38|95)\b/.test(text)) {
    return {
      why: "the file system has no locks",
      hint: "Choose a path on a local disk, or redis as primary",
    };
  }
  if (cause instanceof Deno.errors.NotADirectory || /EEXIST/.test(text)) {
    return {
      why: "a part of its path is a file, not a folder",
      hint: `Check the path ${path}`,
    };
  }
  if (cause instanceof Deno.errors.IsADirectory) {
    return { why: "it is a folder", hint: "Name a file" };
  }
  if (cause instanceof Deno.errors.NotFound) {
    return { why: "no such file or folder", hint: `Check the path ${path}` };
  }
  return { why: message ?? String(cause), hint: `Check the path ${path}` };
}

/**
 * Finds the folder that a file is in.
 *
 * @param path The file's path.
 * @returns The folder's path; `.` if the path has none.
 */
function parentFolder(path: string): string {
  const end = Deno.build.os === "windows"
    ? Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"))
    : path.lastIndexOf("/");
  if (end < 0) return ".";
  return end === 0 ? "/" : path.slice(0, end);
}

/** Options of {@linkcode replaceFile}. */
interface ReplaceFileOptions {
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
 * file is readable by its owner only. A private file that holds the text already
 * stays, unless it must be durable.
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
    const bytes = new TextEncoder().encode(text);
    const found = await Deno.lstat(path).catch(() => undefined);
    if (!durable && await holds(path, found, bytes)) return;
    const target = await followLink(path, found);
    const folder = parentFolder(target);
    const temporary = temporaryFor(target);
    const file = await createPrivateFile(temporary, { mustBeNew: true });
    try {
      try {
        await writeAll(file, bytes);
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
    const found = await Deno.lstat(path).catch(() => undefined);
    const target = await followLink(path, found);
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
async function followLink(
  path: string,
  found: Deno.FileInfo | undefined,
): Promise<string> {
  if (!found?.isSymlink) return path;
  return await Deno.realPath(path).catch(() => path);
}

/**
 * Tells whether a private file holds the bytes: then to replace it, which may
 * wait for the disk, changes nothing.
 */
async function holds(
  path: string,
  found: Deno.FileInfo | undefined,
  bytes: Uint8Array,
): Promise<boolean> {
  if (!found?.isFile || found.size !== bytes.length) return false;
  const { size, mode } = found;
  if (mode !== null && (mode & 0o777) !== PRIVATE_MODE) return false;
  try {
    const held = await Deno.readFile(path);
    // No every(): it takes ten times as long.
    for (let index = 0; index < size; index++) {
      if (held[index] !== bytes[index]) return false;
    }
    return held.length === size;
  } catch {
    // One that is gone or cannot be read: replacing it will tell.
    return false;
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

/** A lock that this process holds. */
export interface FileLock extends AsyncDisposable {
  /** Lets the next one have it. */
  release(): Promise<void>;
}

const queue = new KeyedQueue();

/**
 * Waits for the exclusive lock of a file. The system releases it when the
 * process ends, however it ends; the file itself stays, and blocks nobody.
 *
 * @param path The lock file's path. It is created, for its owner only.
 * @param options The locked file as messages name it, and what ends the wait.
 * @returns The lock.
 * @throws {CicdStateError} `STORE` or `PERMISSION`; what the signal was aborted with.
 */
export async function lockFile(
  path: string,
  { what, signal }: { what: string; signal?: AbortSignal | undefined },
): Promise<FileLock> {
  // Within a process a queue of promises: each wait for the system's lock
  // holds a thread, and file operations need threads too.
  const leave = await queue.enter(path, signal);
  try {
    return new HeldLock(await openLocked(path, signal), leave);
  } catch (error) {
    leave();
    if (signal?.aborted) throw error;
    throw fileError(error, "lock", what, path);
  }
}

class HeldLock implements FileLock {
  readonly #file: Deno.FsFile;
  readonly #leave: () => void;

  constructor(file: Deno.FsFile, leave: () => void) {
    this.#file = file;
    this.#leave = leave;
  }

  release(): Promise<void> {
    this.#file.close();
    this.#leave();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }
}

async function openLocked(
  path: string,
  signal: AbortSignal | undefined,
): Promise<Deno.FsFile> {
  const file = await createPrivateFile(path, { mustBeNew: false });
  let pending: Promise<void> | undefined;
  try {
    if (await file.tryLock(true)) return file;
    pending = file.lock(true);
    await (signal === undefined ? pending : abortable(pending, signal));
    return file;
  } catch (error) {
    // A wait that was given up goes on in the system: closing the file now
    // could close another's descriptor, so it is closed when the wait ends.
    if (pending === undefined || !signal?.aborted) file.close();
    else pending.then(() => file.close(), () => file.close());
    throw error;
  }
}
