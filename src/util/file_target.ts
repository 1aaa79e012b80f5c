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

/** Where the links of a process to its open files are. */
const OPEN_FILE_REGEXP = /^\/(?:dev|proc)\//;

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
