const IS_WINDOWS = Deno.build.os === "windows";

/** What an absolute path begins with on Windows: a drive, a share or a separator. */
const WINDOWS_ROOT_REGEXP =
  /^(?:[A-Za-z]:[\\/]?|[\\/]{2}[^\\/]+[\\/]+[^\\/]+[\\/]?|[\\/])/;

// Each function takes the system as an argument, so that one system can test all.

/**
 * Returns the absolute path of a file without `.`, `..` and links, so that two
 * paths to one file are equal.
 *
 * @param path The path. The file need not exist.
 * @returns The absolute path. Links that may not be read stay as they are.
 */
export async function realPathOf(path: string): Promise<string> {
  const real = await followLinks(path);
  if (real !== undefined) return real;
  const absolute = absolutePath(path);
  const folder = await followLinks(absolutePath(`${absolute}/..`));
  if (folder === undefined) return absolute;
  const name = absolute.split(separator(IS_WINDOWS)).at(-1);
  return absolutePath(`${folder}/${name}`);
}

async function followLinks(path: string): Promise<string | undefined> {
  try {
    return await Deno.realPath(path);
  } catch {
    // It does not exist, or this process may not read it.
    return undefined;
  }
}

/**
 * Reports whether a path does not depend on the working directory.
 *
 * @param path The path.
 * @param isWindows Whether it is one of Windows. Default: as this system is.
 * @returns Whether it is absolute.
 */
export function isAbsolutePath(path: string, isWindows = IS_WINDOWS): boolean {
  return rootOf(path, isWindows) !== "";
}

/**
 * Returns the steps of a path.
 *
 * @param path The path.
 * @param isWindows Whether it is one of Windows. Default: as this system is.
 * @returns The names between separators, `.` and `..` included.
 */
export function pathSteps(path: string, isWindows = IS_WINDOWS): string[] {
  return path.split(separator(isWindows));
}

/**
 * Resolves a path by its spelling alone. Links are not followed.
 *
 * @param path The path.
 * @param isWindows Whether it is one of Windows. Default: as this system is.
 * @param cwd The working directory. Default: that of this process.
 * @returns The absolute path without `.` and `..`.
 */
export function absolutePath(
  path: string,
  isWindows = IS_WINDOWS,
  cwd?: string,
): string {
  const root = rootOf(path, isWindows);
  if (root === "") {
    return absolutePath(`${cwd ?? Deno.cwd()}/${path}`, isWindows, cwd);
  }
  if (isWindows && /^[\\/]$/.test(root)) {
    // The root of the drive that the working directory is on.
    const drive = rootOf(cwd ?? Deno.cwd(), isWindows);
    return absolutePath(`${drive}${path.slice(1)}`, isWindows, cwd);
  }
  const kept: string[] = [];
  for (const step of pathSteps(path.slice(root.length), isWindows)) {
    if (step === "..") kept.pop();
    else if (step !== "." && step !== "") kept.push(step);
  }
  if (!isWindows) return `/${kept.join("/")}`;
  const start = root.replaceAll("/", "\\").replace(/\\?$/, "\\");
  return start + kept.join("\\");
}

/**
 * Reports whether a path is a folder or leads into it.
 *
 * @param path An absolute path without `.` and `..`.
 * @param folder The folder, likewise.
 * @param isWindows Whether they are paths of Windows, where case does not count. Default: as this system is.
 * @returns Whether it does.
 */
export function isInFolder(
  path: string,
  folder: string,
  isWindows = IS_WINDOWS,
): boolean {
  if (isWindows) {
    const plain = (text: string) => text.toLowerCase().replaceAll("\\", "/");
    return isInFolder(plain(path), plain(folder), false);
  }
  return path === folder ||
    path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/**
 * Returns the path of a `file:` URL.
 *
 * @param url The URL.
 * @param isWindows Whether it is a path of Windows. Default: as this system is.
 * @returns The path; `undefined` for other URLs.
 */
export function pathOfUrl(
  url: URL,
  isWindows = IS_WINDOWS,
): string | undefined {
  if (url.protocol !== "file:") return undefined;
  const path = decodeURIComponent(url.pathname);
  if (!isWindows) return path;
  const plain = path.replace(/^\/(?=[A-Za-z]:)/, "").replaceAll("/", "\\");
  return url.host === "" ? plain : `\\\\${url.host}${plain}`;
}

function rootOf(path: string, isWindows: boolean): string {
  if (!isWindows) return path.startsWith("/") ? "/" : "";
  return WINDOWS_ROOT_REGEXP.exec(path)?.[0] ?? "";
}

function separator(isWindows: boolean): RegExp | string {
  return isWindows ? /[\\/]/ : "/";
}
