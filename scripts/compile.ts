// Writes the self-contained executable dist/cicdstatemgr:
// `deno task compile [flags of deno compile]`. Permissions are baked in:
// pass narrower ones to replace the defaults below.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it

const ROOT = new URL("../", import.meta.url);
const PERMISSION_FLAG_REGEXP = /^(?:--allow-|-[ARWENIPS])/;
/** Enough room for one command, so that it never collects garbage. */
const V8_FLAGS = "--v8-flags=--min-semi-space-size=4";
const DEFAULT_PERMISSIONS = [
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-net",
];

async function deno(...args: string[]): Promise<Deno.CommandOutput> {
  return await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdout: "inherit",
  }).output();
}

await import("./bundle.ts");

const permissions = Deno.args.some((flag) => PERMISSION_FLAG_REGEXP.test(flag))
  ? []
  : DEFAULT_PERMISSIONS;
const v8Flags = Deno.args.some((flag) => flag.startsWith("--v8-flags"))
  ? []
  : [V8_FLAGS];
const { success, stderr } = await deno(
  "compile",
  "--no-prompt",
  ...permissions,
  ...v8Flags,
  "--output=dist/cicdstatemgr",
  ...Deno.args,
  "dist/cli.js",
);
await Deno.stderr.write(stderr);
if (!success) {
  if (new TextDecoder().decode(stderr).includes("Setting up base binary")) {
    console.error(
      `Not run: the last step. The bundle is ready, but the runtime "denort" of Deno ${Deno.version.deno} could not be had. ` +
        "Set DENORT_BIN to a denort of this version, or run this task where it can be downloaded.",
    );
  }
  Deno.exit(1);
}
