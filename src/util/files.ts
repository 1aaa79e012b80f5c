import { CicdStateError } from "../errors.ts";

/** Only the owner may read and write state. */
const PRIVATE_MODE = 0o600;

/** What was being done to a file, for messages. */
type FileVerb = "read" | "write" | "lock";

/**
 * Converts a failure of the file system to an error that says how to fix it.
 *
 * @param cause The failure.
 * @param verb What was being done.
 * @param what The file's name in messages: `jsonfile state.json`.
 * @param path Its path.
 * @returns The error to throw; the cause itself, if it is a {@linkcode CicdStateError}.
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
      `${failed}: the system denies access`,
      { hint: `Give this user permission to ${verb} ${path}`, cause },
    );
  }
  const { why, hint } = explain(cause, path);
  return new CicdStateError("STORE", `${failed}: ${why}`, { hint, cause });
}

function permissionHint(verb: FileVerb, path: string): string {
  if (verb === "read") return `Run deno with --allow-read=${path}`;
  // A temporary file and a lock file are written beside it.
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
      hint: "Choose a path on a writable file system",
    };
  }
  if (/ENOLCK|EOPNOTSUPP|ENOTSUP|ENOSYS|os error (37|38|95)\b/.test(text)) {
    return {
      why: "the file system does not support locks",
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
    return { why: "it is a folder", hint: "Choose the path of a file" };
  }
  if (cause instanceof Deno.errors.NotFound) {
    return { why: "no such file or folder", hint: `Check the path ${path}` };
  }
  return { why: message ?? String(cause), hint: `Check the path ${path}` };
}

/**
 * Returns the folder that a file is in.
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
  /** The file's name in messages: `jsonfile state.json`. */
  readonly what: string;
  /**
   * Whether the new content must survive a power failure once this returns. It
   * takes some milliseconds. Copies can be made again and do without.
   */
  readonly durable: boolean;
  /**
   * Called when the new content has been written, right before it replaces the
   * old one. If it returns false, the old content stays.
   */
  readonly confirm?: () => Promise<boolean>;
}

/**
 * Replaces a file, so that a reader finds either all of the old content or all
 * of the new. Only its owner can read it. A private file that has this content
 * already stays as it is, unless it must be durable.
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
  { what, durable, confirm }: ReplaceFileOptions,
): Promise<boolean> {
  try {
    const bytes = new TextEncoder().encode(text);
    const found = await Deno.lstat(path).catch(() => undefined);
    if (!durable && await holds(path, found, bytes)) return true;
    const target = await followLink(path, found);
    const temporary = temporaryFor(target);
    try {
      await writeNew(temporary, bytes, durable);
      // Opened first: a folder that cannot be opened must not fail after the
      // file was replaced.
      using folder = durable ? await openFolder(target) : undefined;
      const isConfirmed = confirm === undefined || await confirm();
      if (isConfirmed) await Deno.rename(temporary, target);
      else await Deno.remove(temporary);
      // Without this, the rename itself may not survive a power failure.
      if (isConfirmed) await folder?.sync();
      return isConfirmed;
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw error;
    }
  } catch (error) {
    throw fileError(error, "write", what, path);
  }
}

/**
 * Fails if a file could not be replaced, so that nothing else is done first.
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

function temporaryFor(path: string): string {
  return `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
}

/** Renaming over a link would leave the file that it points to unchanged. */
async function followLink(
  path: string,
  found: Deno.FileInfo | undefined,
): Promise<string> {
  if (!found?.isSymlink) return path;
  return await Deno.realPath(path).catch(() => path);
}

/**
 * Reports whether a private file has this content already. Replacing it, which
 * may wait for the disk, would change nothing.
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
    // Not every(): it takes ten times as long.
    for (let index = 0; index < size; index++) {
      if (held[index] !== bytes[index]) return false;
    }
    return held.length === size;
  } catch {
    // If it is gone or cannot be read, replacing it says why.
    return false;
  }
}

async function writeNew(
  path: string,
  bytes: Uint8Array,
  durable: boolean,
): Promise<void> {
  using file = await createPrivateFile(path, { mustBeNew: true });
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
  if (durable) await file.sync();
}

/** Windows cannot open folders, and orders renames itself. */
async function openFolder(file: string): Promise<Deno.FsFile | undefined> {
  if (Deno.build.os === "windows") return undefined;
  return await Deno.open(parentFolder(file));
}
