import {
  deepStrictEqual,
  match,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { BUNDLE_FILES } from "../../scripts/bundle_parts.ts";
import { redisCli } from "../support/redis_cli.ts";
import { startSentinels } from "../support/redis_group.ts";
import { startHttpServer } from "../support/http_server.ts";
import type { Ended } from "../support/workspace.ts";
import { deno, ROOT, TemporaryFolder } from "./process.ts";

let bundled: Promise<Ended> | undefined;

/** The files of the bundle, copied to a folder of their own. */
async function bundleInto(folder: TemporaryFolder): Promise<void> {
  const { code, stderr } = await (bundled ??= deno(["task", "bundle"]));
  strictEqual(code, 0, stderr);
  for (const name of BUNDLE_FILES) {
    await Deno.copyFile(
      new URL(`dist/${name}`, ROOT),
      `${folder.path}/${name}`,
    );
  }
}

Deno.test("deno task bundle writes a CLI that needs nothing but Deno", async () => {
  await using folder = await TemporaryFolder.create("quickstart");
  await bundleInto(folder);
  deepStrictEqual(
    await run("--init-new", "checkout-42", "--set", "state.git.sha=5c0ffee1"),
    { code: 0, stdout: "checkout-42\n", stderr: "" },
  );
  deepStrictEqual(await run("--get", "variables.runUrl"), {
    code: 0,
    stdout: "https://ci.example/runs/checkout-42\n",
    stderr: "",
  });

  /** An empty cache that cannot be filled, so anything missing is an error. */
  function run(...args: string[]): Promise<Ended> {
    // deno-fmt-ignore
    const permissions = [
      "--no-prompt", "--no-config", "--no-remote", "--no-npm", "--cached-only",
      "--allow-read=.", "--allow-write=localdata", "--allow-env=CICDSTATEMGR_*",
    ];
    return deno(["run", ...permissions, "cli.js", ...args], {
      cwd: folder.path,
      env: {
        DENO_DIR: `${folder.path}/cache`,
        CICDSTATEMGR_CONFIG_PATH: "config.yaml",
        CICDSTATEMGR_CONTEXT_DATA_ID: "checkout-42",
        CICDSTATEMGR_INIT_APP_CONFIG_PATH: "app.yaml",
        CICDSTATEMGR_BASES_DIR_PATH: "bases",
      },
    });
  }
});

Deno.test("deno task bundle keeps what needs Node in a file of its own", async () => {
  await using folder = await TemporaryFolder.create();
  await bundleInto(folder);
  const { stdout } = await deno(["info", "--json", `${folder.path}/cli.js`]);
  const modules = JSON.parse(stdout).modules as {
    specifier: string;
    dependencies: { specifier: string; isDynamic?: boolean }[];
  }[];
  const entry = modules.find(({ specifier }) => specifier.endsWith("/cli.js"));
  for (const { specifier, isDynamic } of entry!.dependencies) {
    match(specifier, /^(?:\.\/\w+\.js|node:\w+)$/);
    strictEqual(isDynamic, true, `${specifier} is loaded at start-up`);
  }
});

Deno.test("deno task bundle writes a CLI that reaches what sentinels watch", async () => {
  await using folder = await TemporaryFolder.create("quickstart");
  await using group = await startSentinels();
  await bundleInto(folder);
  const sentinels = group.options.sentinels!
    .map(({ host, port }) => `${host}:${port}`);
  await Deno.writeTextFile(
    `${folder.path}/config.yaml`,
    JSON.stringify({
      cicdstatemgr: { datasources: { redis: { isPrimary: true, sentinels } } },
    }),
  );
  // deno-fmt-ignore
  const args = [
    "run", "--no-prompt", "--no-config", "--no-remote", "--no-npm",
    "--ignore-env", "--allow-read=.", "--allow-net=127.0.0.1", "cli.js",
    "--config", "config.yaml", "--init-new", "checkout-42",
    "--init-app-config-file", "app.yaml", "--init-bases-dir", "bases",
    "--set", "state.git.sha=5c0ffee1",
  ];
  deepStrictEqual(await deno(args, { cwd: folder.path }), {
    code: 0,
    stdout: "checkout-42\n",
    stderr: "",
  });
  const [primary] = group.servers;
  match(await redisCli(primary!, ["GET", "checkout-42"]), /5c0ffee1/);
});

/** A target that this machine cannot run, so that nothing tries to. */
const OTHER_TARGET = Deno.build.arch === "x86_64"
  ? "aarch64-unknown-linux-gnu"
  : "x86_64-unknown-linux-gnu";

Deno.test("deno task compile embeds the bundle and its permissions in the runtime", async () => {
  // Until the result is run, any executable can be the runtime. Deno's own has
  // the right format and is available.
  const env = { ...Deno.env.toObject(), DENORT_BIN: Deno.execPath() };
  // deno-fmt-ignore
  const { code, stderr } = await deno(
    [
      "task", "compile", "--target", OTHER_TARGET,
      "--allow-read=.", "--allow-write=localdata",
    ],
    { env },
  );
  strictEqual(code, 0, stderr);
  const name = `cicdstatemgr-${OTHER_TARGET}`;
  const executable = new URL(`dist/${name}`, ROOT);
  strictEqual((await Deno.stat(executable)).mode! & 0o111, 0o111);

  const embedded = await readEmbedded(executable);
  match(embedded, /"--min-semi-space-size=4"\]/);
  match(embedded, /"allow_read":\["\."\]/);
  match(embedded, /"allow_write":\["localdata"\]/);
  match(embedded, /"allow_net":null/);
  match(embedded, /"allow_run":null/);
  for (const name of BUNDLE_FILES) {
    const text = await Deno.readTextFile(new URL(`dist/${name}`, ROOT));
    strictEqual(
      embedded.includes(text),
      true,
      `${name} is not in the executable`,
    );
  }
  const sums = await Deno.readTextFile(new URL("dist/SHA256SUMS", ROOT));
  match(sums, new RegExp(`^[0-9a-f]{64}  ${name}\n$`));
  await Deno.remove(executable);
});

Deno.test("deno task compile removes an executable that is not the program", async () => {
  await using folder = await TemporaryFolder.create();
  const output = `${folder.path}/cicdstatemgr`;
  const env = { ...Deno.env.toObject(), DENORT_BIN: Deno.execPath() };
  const { code, stderr } = await deno(
    ["task", "compile", `--output=${output}`],
    { env },
  );
  strictEqual(code, 1);
  match(stderr, /--version printed "deno .*DENORT_BIN must be a denort/);
  await rejects(Deno.stat(output), Deno.errors.NotFound);
});

Deno.test("deno task compile makes a working executable, or says that the runtime cannot be downloaded", async () => {
  await using folder = await TemporaryFolder.create();
  const { code, stderr } = await deno(
    ["task", "compile", `--output=${folder.path}/cicdstatemgr`],
  );
  if (code === 0) {
    const { stdout } = await new Deno.Command(`${folder.path}/cicdstatemgr`, {
      args: ["--version"],
    }).output();
    match(new TextDecoder().decode(stdout), /^cicdstatemgr \d+\.\d+\.\d+\n$/);
    return;
  }
  match(
    stderr,
    /^The bundle is ready, but the last step was not run: the runtime "denort"/m,
  );
  // deno-lint-ignore no-console -- say what this machine could not test
  console.log(
    "Not run: the executable, because its runtime cannot be downloaded",
  );
});

/** What `deno compile` put behind the runtime. */
async function readEmbedded(executable: URL): Promise<string> {
  const [all, runtime] = await Promise.all([
    Deno.readFile(executable),
    Deno.stat(Deno.execPath()),
  ]);
  const text = new TextDecoder().decode(all.subarray(runtime.size - 8_000_000));
  return text.slice(text.lastIndexOf('{"argv":'));
}

const USER_ID = 65532;

/** Runs the image's command as its user, without anything else in its root. */
async function runInside(root: string, ...args: string[]) {
  // deno-fmt-ignore
  const command = [
    `--userspec=${USER_ID}:${USER_ID}`, root, "/usr/local/bin/deno", "run",
    "--quiet", "--no-prompt", "--cached-only",
    "--allow-read", "--allow-write=/work", "--allow-env", "--allow-net=127.0.0.1",
    "/usr/local/lib/cicdstatemgr/cli.js", "--config", "/work/config.yaml",
    "--id", "run-1", ...args,
  ];
  const { code, stdout, stderr } = await new Deno.Command("/usr/sbin/chroot", {
    args: command,
    clearEnv: true,
    env: { DENO_DIR: "/usr/local/share/deno-dir", HOME: "/tmp" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

Deno.test("deno task image-root lays out all that an image needs", async () => {
  strictEqual(Deno.uid(), 0, "Run this test as root: it enters a root folder");
  await using folder = await TemporaryFolder.create();
  const root = `${folder.path}/root`;
  const { code, stdout, stderr } = await deno(["task", "image-root", root]);
  strictEqual(code, 0, stderr);
  match(stdout, / \d+ MiB$/m);

  await using server = startHttpServer(() => Response.json({ ok: true }));
  const notify = { message: "tag {{ state.tag }}" };
  await Deno.writeTextFile(
    `${root}/work/config.yaml`,
    JSON.stringify({
      cicdstatemgr: {
        datasources: {
          sqlite: { path: "/work/state.db", isPrimary: true },
          shellfile: { path: "/work/state.sh" },
        },
        slack: { url: `${server.url}/post` },
        templates: { notify: '{"text": {{ notify.message | json_dumps }}}' },
      },
    }),
  );
  await Deno.writeTextFile(
    `${root}/work/app.yaml`,
    JSON.stringify({
      "cicd-contexts": {
        stage: { pipelines: { p: { "event-handlers": { go: { notify } } } } },
      },
    }),
  );
  const ran = { code: 0, stderr: "" };
  deepStrictEqual(
    await runInside(
      root,
      "--init-new",
      "run-1",
      "--init-app-config-file",
      "/work/app.yaml",
    ),
    { ...ran, stdout: "run-1\n" },
  );
  deepStrictEqual(await runInside(root, "--set", "state.tag=v1"), {
    ...ran,
    stdout: "",
  });
  deepStrictEqual(await runInside(root, "--get", "state.tag"), {
    ...ran,
    stdout: "v1\n",
  });
  deepStrictEqual(await runInside(root, "--handle-event", "p=go"), {
    ...ran,
    stdout: "",
  });
  strictEqual(server.requests[0]?.body, '{"text": "tag v1"}');
  match(
    await Deno.readTextFile(`${root}/work/state.sh`),
    /^CICD_state__tag='?v1'?$/m,
  );
});
