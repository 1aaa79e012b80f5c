import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { installProgram } from "../../examples/local/program.ts";
import { startHelp } from "../../src/cli/help/start.ts";
import { readGithubFile } from "../support/export_readers.ts";
import { ROOT, TemporaryFolder } from "./process.ts";

const BLOCK_REGEXP = /^```(yaml|sh)\n(.*?)^```$/gms;

/** The blocks of the README's set-up of two pipelines. */
async function readBlocks() {
  const readme = await Deno.readTextFile(new URL("README.md", ROOT));
  const [, section] = /^## Two pipelines.*?\n(.*?)^## /ms.exec(readme)!;
  const blocks = [...section!.matchAll(BLOCK_REGEXP)];
  const of = (language: string) =>
    blocks.filter((block) => block[1] === language).map((block) => block[2]!);
  const [config, app] = of("yaml");
  const [variables, build, deploy, approve] = of("sh");
  return {
    config: config!,
    app: app!,
    variables: variables!,
    build: build!,
    deploy: deploy!,
    approve: approve!,
  };
}

Deno.test("the README's two pipelines work as they stand", async () => {
  const { config, app, variables, build, deploy, approve } = await readBlocks();
  await using folder = await TemporaryFolder.create();
  const { path } = folder;
  await installProgram(`${path}/bin`);
  await Deno.writeTextFile(`${path}/config.yaml`, config);
  await Deno.writeTextFile(`${path}/app.yaml`, app);
  const start = (script: string) =>
    new Deno.Command("sh", {
      args: ["-euc", variables + script],
      cwd: path,
      env: {
        PATH: `${path}/bin:${Deno.env.get("PATH")}`,
        GITHUB_OUTPUT: `${path}/output`,
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  const run = async (script: string) => {
    const { code, stdout, stderr } = await start(script).output();
    strictEqual(code, 0, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout);
  };

  await run(build);
  const results = await run("cicdstatemgr get state.results --output json");
  deepStrictEqual(JSON.parse(results).sort(), [
    "api passed",
    "ui passed",
    "unit passed",
  ]);

  const deploying = start(deploy);
  await run("cicdstatemgr wait state.built");
  strictEqual(await Deno.stat(`${path}/output`).catch(() => "none"), "none");
  await run(approve);
  const { code, stderr } = await deploying.output();
  strictEqual(code, 0, new TextDecoder().decode(stderr));
  deepStrictEqual(
    [...readGithubFile(await Deno.readTextFile(`${path}/output`))],
    [["image", "registry.local/checkout:v1.4.0"]],
  );
  await run("cicdstatemgr validate app.yaml");
});

Deno.test("help start shows the README's two pipelines", async () => {
  const help = startHelp();
  for (const block of Object.values(await readBlocks())) {
    ok(help.includes(block.replaceAll(/^(?=.)/gm, "  ")), block);
  }
});
