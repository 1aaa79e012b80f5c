import { match, strictEqual } from "node:assert/strict";
import { deno, TemporaryFolder } from "./process.ts";

Deno.test("deno task pack makes an npm package with a command and typed imports", async () => {
  await using folder = await TemporaryFolder.create();
  const packed = await deno(["task", "pack"]);
  strictEqual(packed.code, 0, packed.stderr);
  const tarball = packed.stdout.trim().split("\n").at(-1)!;
  await Deno.writeTextFile(`${folder.path}/package.json`, '{"private": true}');
  const install = await new Deno.Command("npm", {
    args: ["install", "--silent", "--no-audit", "--no-fund", tarball],
    cwd: folder.path,
  }).output();
  strictEqual(install.code, 0, new TextDecoder().decode(install.stderr));

  const manifest = JSON.parse(
    await Deno.readTextFile(
      `${folder.path}/node_modules/@cicdstatemgr/cicdstatemgr/package.json`,
    ),
  );
  strictEqual(manifest.dependencies, undefined);

  const { cwd, env } = {
    cwd: folder.path,
    env: {
      ...Deno.env.toObject(),
      PATH: `${Deno.execPath().replace(/\/[^/]+$/, "")}:${
        Deno.env.get("PATH")
      }`,
    },
  };
  const installed = await new Deno.Command(
    `${folder.path}/node_modules/.bin/cicdstatemgr`,
    { args: ["--version"], cwd, env },
  ).output();
  const specifier = "npm:@cicdstatemgr/cicdstatemgr/cli";
  const run = await deno(["run", "-A", specifier, "--version"], { cwd });
  match(new TextDecoder().decode(installed.stdout), /^cicdstatemgr \d/);
  match(run.stdout, /^cicdstatemgr \d/);

  const check = async (type: string) => {
    await Deno.writeTextFile(
      `${cwd}/use.ts`,
      `import { CicdStateMgr, memoryStore } from "@cicdstatemgr/cicdstatemgr";
const manager = await CicdStateMgr.open({
  config: { cicdstatemgr: { datasources: {} } },
  store: memoryStore(),
});
export const text: ${type} = manager.mask("plain");
`,
    );
    return await deno(["check", "use.ts"], { cwd });
  };
  strictEqual((await check("string")).code, 0);
  strictEqual((await check("number")).code, 1);
  strictEqual((await deno(["run", "-A", "use.ts"], { cwd })).code, 0);
});
