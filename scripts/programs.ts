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
  {
    name: "openssl",
    probe: ["openssl", "version"],
    debianPackage: "openssl",
  },
  {
    name: "PyYAML for /usr/bin/python3",
    probe: ["/usr/bin/python3", "-c", "import yaml"],
    debianPackage: "python3-yaml",
  },
];

const POLICY_PATH = "/usr/sbin/policy-rc.d";

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
 * Tells Debian's maintainer scripts to start no service while `action` runs:
 * a redis-server of the system's own would stay behind on port 6379.
 */
async function withoutServices(action: () => Promise<void>): Promise<void> {
  try {
    await Deno.writeTextFile(POLICY_PATH, "#!/bin/sh\nexit 101\n", {
      createNew: true,
      mode: 0o755,
    });
  } catch (error) {
    // The machine has a policy of its own.
    if (error instanceof Deno.errors.AlreadyExists) return await action();
    throw error;
  }
  try {
    await action();
  } finally {
    await Deno.remove(POLICY_PATH);
  }
}

/** Installs what the tests start and the machine lacks, or says what to install. */
export async function ensurePrograms(): Promise<boolean> {
  const missing = await missingPrograms();
  if (missing.length === 0) return true;
  const names = missing.map((program) => program.name).join(", ");
  const packages = missing.map((program) => program.debianPackage);
  if (Deno.uid() !== 0 || !await succeeds(["apt-get", "--version"])) {
    console.error(
      `The tests need ${names}: install them first (apt-get install ${
        packages.join(" ")
      })`,
    );
    return false;
  }
  console.error(`Installing Debian packages: ${packages.join(" ")}`);
  await aptGet("update");
  await withoutServices(() =>
    aptGet("install", "-y", "--no-install-recommends", ...packages)
  );
  const still = await missingPrograms();
  for (const { name } of still) {
    console.error(`Installed, but still not usable: ${name}`);
  }
  return still.length === 0;
}
