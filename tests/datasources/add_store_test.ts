// Follows the recipe "Add a datasource" of CONTRIBUTING.md in a copy of the sources:
// one module and one row of the registry, and nothing else.
import { deepStrictEqual, match, strictEqual } from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);
const COPIED = ["src", "mod.ts", "cli.ts", "deno.json", "deno.lock"];
const TOY = "tests/support/toy_kind.ts";
const ROW = `  toy: async () => (await import("../../${TOY}")).toy,\n`;

async function copy(from: string, to: string): Promise<void> {
  if (!(await Deno.stat(from)).isDirectory) {
    return await Deno.copyFile(from, to);
  }
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) {
    await copy(`${from}/${name}`, `${to}/${name}`);
  }
}

const folder = await Deno.makeTempDir({ prefix: "add-store-" });
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
await Deno.mkdir(`${folder}/tests/support`, { recursive: true });
for (const name of [...COPIED, TOY]) {
  await copy(new URL(name, ROOT).pathname, `${folder}/${name}`);
}
const registry = `${folder}/src/datasources/registry.ts`;
const rows = await Deno.readTextFile(registry);
await Deno.writeTextFile(
  registry,
  rows.replace(/^ {2}idfile: .*\n/m, `$&${ROW}`),
);
await Deno.mkdir(`${folder}/work/data`, { recursive: true });
await Deno.writeTextFile(
  `${folder}/work/app.yaml`,
  "cicd-contexts: { stage: { region: north } }\n",
);

async function run(datasources: unknown, ...args: string[]) {
  await Deno.writeTextFile(
    `${folder}/work/config.yaml`,
    JSON.stringify({ cicdstatemgr: { datasources } }),
  );
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-check", "--no-prompt", "--allow-all"],
      `${folder}/cli.ts`,
      ...args,
    ],
    cwd: `${folder}/work`,
    env: {
      NO_COLOR: "1",
      CICDSTATEMGR_CONFIG_PATH: "config.yaml",
      CICDSTATEMGR_CONTEXT_DATA_ID: "a/1",
    },
  }).output();
  return {
    code,
    stdout: new TextDecoder().decode(stdout),
    stderr: new TextDecoder().decode(stderr),
  };
}

const DONE = { code: 0, stdout: "", stderr: "" };
const PRIMARY = { toy: { folder: "data", isPrimary: true } };

Deno.test("a new kind of store works as the primary", async () => {
  const init = ["--init-new", "a/1", "--init-app", "app.yaml"];
  strictEqual((await run(PRIMARY, ...init)).code, 0);
  deepStrictEqual(await run(PRIMARY, "--set", "state.tag=v1-{{region}}"), DONE);
  const { stdout } = await run(PRIMARY, "--get", "state.tag");
  strictEqual(stdout.trim(), "v1-north");
});

Deno.test("a new kind of store mirrors another primary", async () => {
  const datasources = {
    sqlite: { path: "state.db", isPrimary: true },
    copy: { kind: "toy", folder: "data" },
  };
  const init = ["--init-new", "a/1", "--init-app", "app.yaml"];
  strictEqual((await run(datasources, ...init)).code, 0);
  deepStrictEqual(await run(datasources, "--set", "state.tag=v2"), DONE);
  match(await Deno.readTextFile(`${folder}/work/data/a%2F1.json`), /"v2"/);
});

Deno.test("a new kind of store checks its own options", async () => {
  const { code, stderr } = await run(
    { toy: { isPrimary: true } },
    "--get",
    "x",
  );
  strictEqual(code, 1);
  match(stderr, /datasources\.toy\.folder" is missing/);
  const wrong = { toy: { folder: "data", pth: "x", isPrimary: true } };
  match((await run(wrong, "--get", "x")).stderr, /toy\.pth.*not a known key/);
});

Deno.test("a new kind of store is named wherever it can be used", async () => {
  const none = await run({ idfile: { path: "id" } }, "--get", "x");
  match(none.stderr, /redis, sqlite, jsonfile, yamlfile or toy/);
  const unknown = await run({ nothing: {} }, "--get", "x");
  match(unknown.stderr, /Known kinds: .*, toy/);
  const list = await run(PRIMARY, "list");
  match(
    list.stderr,
    /Cannot list documents.*Make redis, sqlite, jsonfile or yaml/,
  );
});

Deno.test("a new kind of store passes the type check", async () => {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", `${folder}/cli.ts`, `${folder}/${TOY}`],
  }).output();
  strictEqual(success, true, new TextDecoder().decode(stderr));
});
