import { CicdStateError } from "../errors.ts";
import { createPrivateFile, parentFolder } from "./private_file.ts";

/** The file that a path leads to. */
export interface Target {
  /** The path behind all links. */
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
  // The path of /dev/stdout leads through links that only the system can follow.
  const isSystem = isSpecial(info) || info?.isSocket;
  const target = isSystem ? path : await Deno.realPath(path).catch(() => path);
  return { path: target, info };
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

/** Deno tells the user of a process only with a permission of its own. */
async function ownUid(folder: string): Promise<number | null> {
  const path = `${folder}/.cicdstatemgr-${crypto.randomUUID().slice(0, 8)}.tmp`;
  using file = await createPrivateFile(path, { mustBeNew: true });
  await Deno.remove(path);
  return (await file.stat()).uid;
}
