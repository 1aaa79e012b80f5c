// Writes self-contained executables, their checksums and a bill of materials:
// `deno task compile [--target TARGET]... [flags of deno compile]`. Permissions
// are baked in: pass narrower ones to replace the defaults below.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { VERSION } from "../src/version.ts";
import { createSbom } from "./sbom.ts";

const ROOT = new URL("../", import.meta.url);
const DIST = new URL("dist/", ROOT);
const PERMISSION_FLAG_REGEXP = /^(?:--allow-|-[ARWENIPS])/;
/** Enough room for one command, so that it never collects garbage. */
const V8_FLAGS = "--v8-flags=--min-semi-space-size=4";
const DEFAULT_PERMISSIONS = [
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-net",
  // exec, lock, once and edit start what their command line names, no other
  // command starts anything.
  "--allow-run",
];

/** The command line of this script, taken apart. */
interface Options {
  /** The targets; empty: this machine's. */
  readonly targets: string[];
  /** Where the executable goes, if it is not `dist/`. */
  readonly output: string | undefined;
  /** Everything else, for `deno compile`. */
  readonly flags: string[];
}

function readOptions(args: readonly string[]): Options {
  const targets: string[] = [];
  const flags: string[] = [];
  let output: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const [flag, inline] = args[index]!.split(/=(.*)/s);
    const takesValue = flag === "--target" || flag === "--output";
    const value = takesValue ? inline ?? args[++index] ?? "" : "";
    if (flag === "--target") targets.push(value);
    else if (flag === "--output") output = value;
    else flags.push(args[index]!);
  }
  return { targets, output, flags };
}

/** Compiles for one target. Returns the path of the executable. */
async function compile(
  target: string | undefined,
  { output, flags }: Options,
): Promise<string> {
  const permissions = flags.some((flag) => PERMISSION_FLAG_REGEXP.test(flag))
    ? []
    : DEFAULT_PERMISSIONS;
  const v8Flags = flags.some((flag) => flag.startsWith("--v8-flags"))
    ? []
    : [V8_FLAGS];
  const name = target === undefined ? "cicdstatemgr" : `cicdstatemgr-${target}`;
  const path = output ?? new URL(name, DIST).pathname;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    // deno-fmt-ignore
    args: [
      "compile", "--no-prompt", ...permissions, ...v8Flags, ...flags,
      ...target === undefined ? [] : ["--target", target],
      "--output", path, "dist/cli.js",
    ],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdout: "inherit",
  }).output();
  await Deno.stderr.write(stderr);
  if (success) return path;
  if (new TextDecoder().decode(stderr).includes("Setting up base binary")) {
    console.error(
      `The bundle is ready, but the last step was not run: the runtime "denort" of Deno ${Deno.version.deno} could not be downloaded. ` +
        "Set DENORT_BIN to a denort of this version, or run this task where it can be downloaded.",
    );
  }
  Deno.exit(1);
}

/**
 * Runs the executable, and removes it if it is not the program: a DENORT_BIN
 * that is a complete deno ignores the program inside.
 */
async function check(path: string): Promise<void> {
  const { stdout } = await new Deno.Command(path, { args: ["--version"] })
    .output();
  const printed = new TextDecoder().decode(stdout).trim();
  if (printed === `cicdstatemgr ${VERSION}`) return;
  await Deno.remove(path);
  console.error(
    `Removed ${path}: its --version printed "${printed.split("\n")[0]}". ` +
      "DENORT_BIN must be a denort, not a deno.",
  );
  Deno.exit(1);
}

async function sha256(path: string): Promise<string> {
  const bytes = await Deno.readFile(path);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

async function writeSbom(): Promise<void> {
  await Deno.writeTextFile(
    new URL("sbom.cdx.json", DIST),
    `${JSON.stringify(createSbom(VERSION), null, 2)}\n`,
  );
}

await import("./bundle.ts");
await writeSbom();
const options = readOptions(Deno.args);
const { os, arch, target: host } = Deno.build;
const sums: string[] = [];
for (
  const target of options.targets.length > 0 ? options.targets : [undefined]
) {
  const path = await compile(target, options);
  if (target === undefined || target === host) await check(path);
  else console.log(`${path} was not run: this machine is ${os} ${arch}`);
  sums.push(`${await sha256(path)}  ${path.slice(path.lastIndexOf("/") + 1)}`);
}
await Deno.writeTextFile(new URL("SHA256SUMS", DIST), `${sums.join("\n")}\n`);
