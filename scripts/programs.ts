// deno-lint-ignore-file no-console -- a script that talks to the person who runs it

/** A program that tests start, and the Debian package that has it. */
interface Program {
  readonly name: string;
  /** A command that succeeds where the program is usable. */
  readonly probe: readonly [string, ...string[]];
  readonly debianPackage: string;
}

const PROGRAMS: readonly Program[] = [
  {
    name: "redis-server",
    probe: ["redis-server", "--version"],
    debianPackage: "redis-server",
  },
  {
    name: "redis-sentinel",
    probe: ["redis-sentinel", "--version"],
    debianPackage: "redis-sentinel",
  },
  { name: "dash", probe: ["dash", "-c", "true"], debianPackage: "dash" },
  { name: "zsh", probe: ["zsh", "-c", "true"], debianPackage: "zsh" },
  {
    name: "busybox",
    probe: ["busybox", "true"],
    debianPackage: "busybox",
  },
  { name: "fish", probe: ["fish", "-c", "true"], debianPackage: "fish" },
  { name: "tmux", probe: ["tmux", "-V"], debianPackage: "tmux" },
  {
    name: "openssl",
    probe: ["openssl", "version"],
    debianPackage: "openssl",
  },
  {
    name: "Jinja2 for /usr/bin/python3",
    probe: ["/usr/bin/python3", "-c", "import jinja2"],
    debianPackage: "python3-jinja2",
  },
  {
    name: "PyYAML for /usr/bin/python3",
    probe: ["/usr/bin/python3", "-c", "import yaml"],
    debianPackage: "python3-yaml",
  },
];

const POLICY_PATH = "/usr/sbin/policy-rc.d";
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

async function succeeds(
  command: readonly [string, ...string[]],
): Promise<boolean> {
  const [program, ...args] = command;
  try {
    const { success } = await new Deno.Command(program, {
      args,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function missingPrograms(): Promise<Program[]> {
  const found = await Promise.all(
    PROGRAMS.map((program) => succeeds(program.probe)),
  );
  return PROGRAMS.filter((_, index) => !found[index]);
}

async function aptGet(...args: string[]): Promise<void> {
  const { success } = await new Deno.Command("apt-get", {
    args: ["-q", ...args],
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdin: "null",
    stdout: "null",
  }).spawn().status;
  if (!success) throw new Error(`apt-get ${args.join(" ")} failed`);
}

/**
 * Runs `action` while Debian's maintainer scripts are told to start no service:
 * a system-wide redis-server would otherwise stay behind on port 6379.
 */
async function withoutServices(action: () => Promise<void>): Promise<void> {
  try {
    await Deno.writeTextFile(POLICY_PATH, "#!/bin/sh\nexit 101\n", {
      createNew: true,
      mode: 0o755,
    });
  } catch (error) {
    // The machine already has a policy.
    if (error instanceof Deno.errors.AlreadyExists) return await action();
    throw error;
  }
  const stop = () => {
    Deno.removeSync(POLICY_PATH);
    Deno.exit(130);
  };
  for (const signal of SIGNALS) Deno.addSignalListener(signal, stop);
  try {
    await action();
  } finally {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, stop);
    await Deno.remove(POLICY_PATH);
  }
}

/**
 * Makes sure that the programs that the tests start are installed. As root on
 * Debian it installs the missing ones; elsewhere it says what to install.
 *
 * @returns Whether all of them can be used.
 */
export async function ensurePrograms(): Promise<boolean> {
  const missing = await missingPrograms();
  if (missing.length === 0) return true;
  const names = missing.map(({ name }) => name).join(", ");
  const packages = missing.map(({ debianPackage }) => debianPackage);
  if (Deno.uid() !== 0 || !await succeeds(["apt-get", "--version"])) {
    console.error(
      `The tests start real programs, and these are missing: ${names}. ` +
        `Install them first: apt-get install ${packages.join(" ")}`,
    );
    return false;
  }
  console.error(
    `The tests start real programs, and these are missing: ${names}.\n` +
      `Installing Debian packages, without starting services: ${
        packages.join(" ")
      }`,
  );
  await aptGet("update");
  await withoutServices(() =>
    aptGet("install", "-y", "--no-install-recommends", ...packages)
  );
  const still = await missingPrograms();
  for (const { name } of still) {
    console.error(`${name} is installed but cannot be used`);
  }
  return still.length === 0;
}
