const ROOT = new URL("../../", import.meta.url);
const NAMED = Deno.env.get("CICDSTATEMGR_TEST_PROGRAM");

/**
 * The program that tests of the command line start: `cli.ts`, or what the
 * variable CICDSTATEMGR_TEST_PROGRAM names, which is the `cli.js` of a bundle
 * or an executable.
 */
export const PROGRAM: string = NAMED
  ? await Deno.realPath(NAMED)
  : new URL("cli.ts", ROOT).pathname;

/**
 * The words that start a program, before its own arguments. An executable
 * brings its permissions with it; everything else gets these.
 */
export function programCommand(
  permissions: readonly string[],
  program: string = PROGRAM,
): string[] {
  if (!/\.[jt]s$/.test(program)) return [program];
  return [
    Deno.execPath(),
    ...["run", "--quiet", "--no-prompt", ...permissions, program],
  ];
}
