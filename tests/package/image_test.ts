import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { startHttpServer } from "../support/http_server.ts";
import { deno, TemporaryFolder } from "./process.ts";

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
