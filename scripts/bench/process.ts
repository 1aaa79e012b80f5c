// Starts, times and weighs whole processes.

/** A command line of Deno: a script and its arguments, in an environment. */
export interface Run {
  readonly script: string;
  readonly args: readonly string[];
  /** The DENO_DIR. Default: the machine's own, which is warm. */
  readonly denoDir?: string | undefined;
}

// deno-fmt-ignore
const FLAGS = [
  "run", "--quiet", "--no-prompt",
  "--allow-read", "--allow-write", "--allow-env", "--allow-net=127.0.0.1",
];

/** Prints the peak memory of a command in KiB, from the kernel's own record. */
const PEAK_SCRIPT = `
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
`;

function environment({ denoDir }: Run): Record<string, string> {
  return denoDir === undefined ? {} : { DENO_DIR: denoDir };
}

/**
 * Runs a command line and measures the time until it has ended.
 *
 * @returns Milliseconds.
 * @throws {Error} If the exit status is not 0.
 */
export async function time(run: Run, cwd: string): Promise<number> {
  const from = performance.now();
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [...FLAGS, run.script, ...run.args],
    cwd,
    env: environment(run),
    stdin: "null",
    stdout: "null",
  }).spawn().status;
  const milliseconds = performance.now() - from;
  if (!success) throw new Error(`Failed: ${run.script} ${run.args.join(" ")}`);
  return milliseconds;
}

/**
 * Runs a command line and reads its peak memory after it has ended.
 *
 * @returns MiB.
 */
export async function peakMiB(run: Run, cwd: string): Promise<number> {
  const { success, stdout } = await new Deno.Command("/usr/bin/python3", {
    // deno-fmt-ignore
    args: ["-c", PEAK_SCRIPT, Deno.execPath(), ...FLAGS, run.script, ...run.args],
    cwd,
    env: environment(run),
    stdin: "null",
  }).output();
  if (!success) throw new Error(`Failed: ${run.script} ${run.args.join(" ")}`);
  return Number(new TextDecoder().decode(stdout)) / 1024;
}

/** Copies a folder with all that is in it. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}
