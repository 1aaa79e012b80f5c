/** Runs a program; reports whether it succeeded. */
export async function run(
  program: string,
  ...args: string[]
): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, {
      args,
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Runs a test in a folder of its own. */
export async function inFolder(
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Lists the names in a folder. */
export async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).toSorted();
}

/** Makes a folder in which not even root can create a file. */
export async function sealFolder(path: string): Promise<AsyncDisposable> {
  const isRoot = Deno.uid() === 0;
  if (isRoot) {
    if (!await run("chattr", "+i", path)) throw new Error("chattr failed");
  } else await Deno.chmod(path, 0o555);
  return {
    async [Symbol.asyncDispose]() {
      if (isRoot) await run("chattr", "-i", path);
      else await Deno.chmod(path, 0o755);
    },
  };
}

/** Mounts a file over another one. */
export async function mountFile(
  source: string,
  target: string,
): Promise<AsyncDisposable> {
  if (!await run("mount", "--bind", source, target)) {
    throw new Error("mount failed");
  }
  return {
    async [Symbol.asyncDispose]() {
      await run("umount", target);
    },
  };
}

/** Reports whether this machine lets tests mount files and seal folders. */
export async function canMount(): Promise<boolean> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  let mounts = false;
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, "");
    await Deno.writeTextFile(`${folder}/b`, "");
    mounts = await run("mount", "--bind", `${folder}/a`, `${folder}/b`);
    if (mounts) await run("umount", `${folder}/b`);
  });
  return mounts;
}
