import { CicdStateError } from "../errors.ts";

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

/** A new file that will replace another one. Its writer holds its lock. */
export interface Temporary extends Disposable {
  readonly path: string;
  readonly file: Deno.FsFile;
}

/** How many writers use names that later ones find and remove. */
const NAMED_WRITERS = 64;

/**
 * Creates a file beside the one that it will replace, for its owner only. The first
 * name that is free is taken, so that what a killed writer left is found and
 * removed.
 *
 * @param path The path of the file that it will replace.
 * @returns The file. Its writer removes or renames it, and closes it.
 */
export async function createTemporary(path: string): Promise<Temporary> {
  for (let number = 0; number < NAMED_WRITERS; number++) {
    const name = `${path}.${number}.tmp`;
    for (let wasAbandoned = false;; wasAbandoned = true) {
      const file = await createUnlessExists(name);
      if (file !== undefined && isLocked(file, name)) {
        if (wasAbandoned) removeAbandoned(path, number + 1);
        return temporaryOf(name, file);
      }
      file?.close();
      if (!isAbandoned(name)) break;
    }
  }
  const name = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  return temporaryOf(name, await createPrivateFile(name, { mustBeNew: true }));
}

/** Removes what writers left that were killed at the same time. */
function removeAbandoned(path: string, from: number): void {
  for (let number = from; number < NAMED_WRITERS; number++) {
    const name = `${path}.${number}.tmp`;
    try {
      Deno.lstatSync(name);
    } catch {
      return;
    }
    isAbandoned(name);
  }
}

function temporaryOf(path: string, file: Deno.FsFile): Temporary {
  return { path, file, [Symbol.dispose]: () => file.close() };
}

async function createUnlessExists(
  path: string,
): Promise<Deno.FsFile | undefined> {
  try {
    return await createPrivateFile(path, { mustBeNew: true });
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return undefined;
    throw error;
  }
}

/**
 * Locks a file, and reports whether the path still leads to it: somebody may have
 * removed it before it was locked.
 */
function isLocked(file: Deno.FsFile, path: string): boolean {
  // Windows refuses to rename a locked file.
  if (Deno.build.os === "windows") return true;
  try {
    if (!file.tryLockSync(true)) return false;
  } catch {
    // Without locks, nobody removes it either.
    return true;
  }
  try {
    const [held, found] = [file.statSync(), Deno.lstatSync(path)];
    return held.ino === found.ino && held.dev === found.dev;
  } catch {
    return false;
  }
}

/** Removes a temporary file whose writer is gone. Reports whether its name is free. */
function isAbandoned(path: string): boolean {
  if (Deno.build.os === "windows") return false;
  try {
    if (!Deno.lstatSync(path).isFile) return false;
    using file = Deno.openSync(path, { write: true });
    if (!file.tryLockSync(true)) return false;
    const [held, found] = [file.statSync(), Deno.lstatSync(path)];
    if (held.ino === found.ino) Deno.removeSync(path);
    return true;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}

/** Where the links of a process to its open files are. */
const OPEN_FILE_REGEXP = /^\/(?:dev|proc)\//;

/** The file that a path leads to. */
export interface Target {
  /** The path with all links resolved. */
  readonly path: string;
  /** What is there; `undefined` if nothing is. */
  readonly info: Deno.FileInfo | undefined;
}

/** Options of {@linkcode findTarget}. */
interface FindTargetOptions {
  /** The file's name in messages: `jsonfile state.json`. */
  readonly what: string;
  /** Whether devices and FIFOs are refused. */
  readonly mustBeRegular: boolean;
}

/**
 * Finds the file to write for a path. Renaming over a link would leave the file that
 * it points to unchanged.
 *
 * @param path The path.
 * @param options What the file is.
 * @returns The file.
 * @throws {CicdStateError} `STORE`, if it cannot be written for what it is, or if it
 * is a link that must not be followed.
 */
export async function findTarget(
  path: string,
  { what, mustBeRegular }: FindTargetOptions,
): Promise<Target> {
  const found = await Deno.lstat(path).catch(() => undefined);
  const target = found?.isSymlink
    ? await followLink(path, found, what)
    : { path, info: found };
  const { info } = target;
  if (info?.isDirectory) throw new Deno.errors.IsADirectory();
  if (info?.isSocket || mustBeRegular && isSpecial(info)) {
    throw new CicdStateError(
      "STORE",
      `Cannot write ${what}: it is ${
        info?.isSocket ? "a socket" : "not a regular file"
      }`,
      { hint: "Choose the path of a file" },
    );
  }
  return target;
}

/** Reports whether it is a device or FIFO, which is written and never replaced. */
export function isSpecial(info: Deno.FileInfo | undefined): boolean {
  return Boolean(info?.isCharDevice || info?.isBlockDevice || info?.isFifo);
}

async function followLink(
  path: string,
  link: Deno.FileInfo,
  what: string,
): Promise<Target> {
  if (await isTrap(path, link)) {
    throw new CicdStateError(
      "STORE",
      `Cannot write ${what}: ${path} is a link of another user in a folder that ` +
        "others can write to",
      { hint: "Remove the link, or choose a path in a folder of root" },
    );
  }
  const info = await Deno.stat(path).catch(() => undefined);
  if (isSpecial(info) || info?.isSocket) return { path, info };
  const target = await Deno.realPath(path).catch(() => undefined);
  // A link such as /dev/stdout names a file that a process has open. To replace the
  // file would cut off what the process writes.
  const isOpenFile = target === undefined ||
    OPEN_FILE_REGEXP.test(await Deno.readLink(path));
  if (info?.isFile && isOpenFile) {
    throw new CicdStateError(
      "STORE",
      `Cannot write ${what}: ${path} is a file that a process has open`,
      { hint: "Name the file itself, or pipe the output" },
    );
  }
  return { path: target ?? path, info };
}

/**
 * Reports whether a link may be there to make root write where its owner cannot: it
 * is not root's, and it is in a folder that others can write to.
 */
async function isTrap(path: string, link: Deno.FileInfo): Promise<boolean> {
  if (link.uid === null || link.uid === 0) return false;
  const folder = parentFolder(path);
  const { mode } = await Deno.stat(folder);
  if (mode === null || (mode & 0o022) === 0) return false;
  return await ownUid(folder) === 0;
}

/** Reading the user of a process needs a separate Deno permission. */
async function ownUid(folder: string): Promise<number | null> {
  const path = `${folder}/.cicdstatemgr-${crypto.randomUUID().slice(0, 8)}.tmp`;
  using file = await createPrivateFile(path, { mustBeNew: true });
  await Deno.remove(path);
  return (await file.stat()).uid;
}
