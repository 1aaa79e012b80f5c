import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { deno, ROOT, TemporaryFolder } from "./process.ts";

/** Serves the module and its sources, as a package host would. */
function serveSources(): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      if (!/^\/(?:mod|cli|src\/[\w/]+(?:\.d)?)\.[jt]s$/.test(pathname)) {
        return new Response(null, { status: 404 });
      }
      const text = await Deno.readTextFile(new URL(`.${pathname}`, ROOT));
      const language = pathname.endsWith(".js") ? "javascript" : "typescript";
      return new Response(text, {
        headers: { "content-type": `application/${language}` },
      });
    },
  );
}

Deno.test("mod.ts is imported by URL, with nothing but its URL to go by", async () => {
  await using server = serveSources();
  await using folder = await TemporaryFolder.create("quickstart");
  const host = `127.0.0.1:${server.addr.port}`;
  await Deno.writeTextFile(
    `${folder.path}/main.ts`,
    `import { CicdStateMgr, renderTemplate } from "http://${host}/mod.ts";
await using manager = await CicdStateMgr.open({ config: "config.yaml" });
await manager.init("checkout-42", {
  appConfig: "app.yaml",
  basesDir: "bases",
  change: [{ op: "set", path: ["state", "git", "sha"], value: "5c0ffee1d00d" }],
});
console.log(await manager.get("checkout-42", "variables.release"));
console.log(renderTemplate("{{ a | upper }}", { a: "loud" }));
`,
  );
  const { code, stdout, stderr } = await deno(
    // deno-fmt-ignore
    [
      "run", "--check", "--no-prompt", `--allow-import=${host}`,
      "--allow-read=.", "--allow-write=localdata", "main.ts",
    ],
    {
      cwd: folder.path,
      // With an empty cache, sources come over HTTP and packages from npm.
      env: { ...Deno.env.toObject(), DENO_DIR: `${folder.path}/cache` },
    },
  );
  strictEqual(code, 0, stderr);
  strictEqual(stdout, "checkout-blue\nLOUD\n");
});

Deno.test("cli.ts is run by URL, with the permissions that its config needs", async () => {
  await using server = serveSources();
  await using folder = await TemporaryFolder.create("quickstart");
  const host = `127.0.0.1:${server.addr.port}`;
  const run = (...args: string[]) =>
    deno(
      // deno-fmt-ignore
      [
        "run", "--quiet", "--no-prompt", `--allow-import=${host}`,
        "--allow-read=.", "--allow-write=localdata",
        `http://${host}/cli.ts`, ...args, "--config", "config.yaml",
      ],
      {
        cwd: folder.path,
        env: { ...Deno.env.toObject(), DENO_DIR: `${folder.path}/cache` },
      },
    );
  const init = await run(
    ...["init", "checkout-42", "--app-config", "app.yaml", "--bases-dir"],
    ...["bases", "--set", "state.git.sha=5c0ffee1d00d"],
  );
  deepStrictEqual(init, { code: 0, stdout: "checkout-42\n", stderr: "" });
  deepStrictEqual(
    await run("get", "variables.release", "--id", "checkout-42"),
    {
      code: 0,
      stdout: "checkout-blue\n",
      stderr: "",
    },
  );
});
