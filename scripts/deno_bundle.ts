const ROOT = new URL("../", import.meta.url);

/**
 * Bundles a script.
 *
 * @param entry The script's path in the project.
 * @param flags More flags of `deno bundle`.
 * @returns The bundle.
 * @throws {Error} If it fails. Deno prints the reason to stderr.
 */
export async function bundle(
  entry: string,
  ...flags: string[]
): Promise<string> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", ...flags, entry],
    cwd: ROOT,
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot bundle ${entry}`);
  return new TextDecoder().decode(stdout);
}
