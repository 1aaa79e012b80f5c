// Lays out a root file system for a container image: deno, the bundle, a warm
// cache and the libraries they need, and nothing else:
// `deno task image-root FOLDER`. Needs Linux, and root or user namespaces.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { BUNDLE_FILES } from "./bundle_parts.ts";
import { answer } from "./echo_server.ts";

const ROOT = new URL("../", import.meta.url);
const DENO = "/usr/local/bin/deno";
const CLI = "/usr/local/lib/cicdstatemgr/cli.js";
const DENO_DIR = "/usr/local/share/deno-dir";
/** The user of distroless images. */
const USER_ID = 65532;

/**
 * Hands a folder to the user of the image. The cache's `-wal` and `-shm` files
 * stay: without them, a user who may not write could not read the cache.
 */
async function handOver(folder: string): Promise<void> {
  await Deno.chown(folder, USER_ID, USER_ID);
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) await handOver(`${folder}/${name}`);
    else await Deno.chown(`${folder}/${name}`, USER_ID, USER_ID);
  }
}

/** Returns the libraries that a program needs, from `ldd`. */
async function librariesOf(program: string): Promise<string[]> {
  const { success, stdout } = await new Deno.Command("ldd", {
    args: [program],
  }).output();
  if (!success) throw new Error(`ldd ${program} failed`);
  const lines = new TextDecoder().decode(stdout).matchAll(
    /(?:=>\s*|^\s*)(\/\S+) \(0x/gm,
  );
  return [...lines].map(([, path]) => path!);
}

async function copyInto(root: string, from: string, to = from): Promise<void> {
  const target = root + to;
  await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), {
    recursive: true,
  });
  await Deno.copyFile(await Deno.realPath(from), target);
}

/** Runs the CLI inside the new root, so that caches hold its final paths. */
async function runInside(root: string, ...args: string[]): Promise<void> {
  const isRoot = Deno.uid() === 0;
  // deno-fmt-ignore
  const command = [
    ...isRoot ? [] : ["unshare", "--map-root-user"],
    "chroot", root, DENO, "run", "--quiet", "--no-prompt", "--allow-all", CLI,
    ...args,
  ];
  const { success, stderr } = await new Deno.Command(command[0]!, {
    args: command.slice(1),
    clearEnv: true,
    env: { DENO_DIR, HOME: "/tmp" },
    stdin: "null",
    stdout: "null",
  }).output();
  if (success) return;
  throw new Error(`${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}

/** Runs every kind of command once, so that their code is in the cache. */
async function warm(root: string, address: string): Promise<void> {
  const config = {
    cicdstatemgr: {
      datasources: {
        sqlite: { path: "/tmp/warm/state.db", isPrimary: true },
        jsonfile: { path: "/tmp/warm/state.json" },
        shellfile: { path: "/tmp/warm/state.sh" },
      },
      slack: { url: `http://${address}/slack/post` },
      templates: { notify: '{"text": {{ notify.message | json_dumps }}}' },
    },
  };
  const notify = { message: "{{ state.tag }}" };
  const stage = {
    pipelines: { build: { "event-handlers": { done: { notify } } } },
    generators: { a: { set: [{ key: "state.b", value: "{{ state.tag }}" }] } },
  };
  await Deno.mkdir(`${root}/tmp/warm`);
  const write = (name: string, value: unknown) =>
    Deno.writeTextFile(`${root}/tmp/warm/${name}`, JSON.stringify(value));
  await write("config.yaml", config);
  await write("app.yaml", { "cicd-contexts": { stage } });
  const common = ["--config", "/tmp/warm/config.yaml", "--id", "a"];
  // deno-fmt-ignore
  const commands = [
    ["--version"],
    ["--help"],
    [...common, "--init-new", "a", "--init-app-config-file", "/tmp/warm/app.yaml"],
    [...common, "--set", "state.tag=v1"],
    [...common, "--get", "state.tag"],
    [...common, "--load"],
    [...common, "--generate", "generators"],
    [...common, "--handle-event", "build=done"],
    ["history", ...common],
    ["list", ...common.slice(0, 2)],
  ];
  // A second run of each stores what the first one compiled.
  for (const args of [...commands, ...commands.slice(3)]) {
    await runInside(root, ...args);
  }
  await Deno.remove(`${root}/tmp/warm`, { recursive: true });
}

async function sizeOf(folder: string): Promise<number> {
  let size = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    size += isDirectory ? await sizeOf(path) : (await Deno.lstat(path)).size;
  }
  return size;
}

const given = Deno.args[0];
if (given === undefined || Deno.build.os !== "linux") {
  console.error("Usage, on Linux: deno task image-root FOLDER");
  Deno.exit(2);
}
await Deno.mkdir(given, { recursive: true });
const root = await Deno.realPath(given);
for await (const { name } of Deno.readDir(root)) {
  console.error(`${root} is not empty: it has ${name}`);
  Deno.exit(1);
}
await import("./bundle.ts");
for (const library of await librariesOf(Deno.execPath())) {
  await copyInto(root, library);
}
await copyInto(root, Deno.execPath(), DENO);
for (const name of BUNDLE_FILES) {
  const from = new URL(`dist/${name}`, ROOT).pathname;
  await copyInto(root, from, CLI.replace("cli.js", name));
}
for (const path of [DENO_DIR, "/etc", "/tmp", "/work"]) {
  await Deno.mkdir(root + path, { recursive: true });
}
await Deno.chmod(`${root}/tmp`, 0o1777);
await Deno.chmod(`${root}/work`, 0o1777);
await Deno.writeTextFile(
  `${root}/etc/passwd`,
  `nonroot:x:${USER_ID}:${USER_ID}:nonroot:/tmp:/sbin/nologin\n`,
);
await using server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  async (request) => answer(request, await request.text()),
);
await warm(root, `127.0.0.1:${server.addr.port}`);
if (Deno.uid() === 0) await handOver(root + DENO_DIR);
const megabytes = await sizeOf(root) / 1024 ** 2;
console.log(`${root}  ${megabytes.toFixed(0)} MiB`);
