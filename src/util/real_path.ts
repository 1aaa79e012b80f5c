const SEPARATOR = Deno.build.os === "windows" ? /[\\/]/ : "/";

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
  const end = absolute.lastIndexOf("/");
  const folder = await followLinks(absolute.slice(0, end) || "/");
  return folder === undefined
    ? absolute
    : absolutePath(`${folder}/${absolute.slice(end + 1)}`);
}

async function followLinks(path: string): Promise<string | undefined> {
  try {
    return await Deno.realPath(path);
  } catch {
    // It does not exist, or this process may not read it.
    return undefined;
  }
}

/** Resolves a path by its spelling alone. */
function absolutePath(path: string): string {
  const isAbsolute = /^(?:[\\/]|[A-Za-z]:)/.test(path);
  const kept: string[] = [];
  for (
    const segment of (isAbsolute ? path : `${Deno.cwd()}/${path}`)
      .split(SEPARATOR)
  ) {
    if (segment === "..") kept.pop();
    else if (segment !== "." && segment !== "") kept.push(segment);
  }
  return `/${kept.join("/")}`;
}
