import { bundle } from "./deno_bundle.ts";

const ROOT = new URL("../", import.meta.url);
const ROOT_PATH = decodeURIComponent(ROOT.pathname);
/** The module that the engine's part begins with. */
const ENGINE = "src/templates/render.ts";
const ENGINE_IMPORT_REGEXP = /\bimport\("[^"]*\/render\.ts"\)/g;
const IOREDIS_IMPORT_REGEXP = /\bimport\("[^"]*\/deps\/ioredis\.ts"\)/g;
const MODULE_COMMENT_REGEXP = /^\/\/ (src\/\S+)$/gm;
/** With --platform=deno a bundle begins by importing node:module, which is slow. */
const PLATFORM = "--platform=browser";

/**
 * Bundles the CLI in two parts, `cli.js` and `engine.js`: half of the code is the
 * template engine, which most commands do not need. What both need is in
 * `cli.js`, which exports it.
 *
 * @param folder An empty folder inside the project.
 * @returns The parts by name, as esbuild writes them before they are minified.
 * @throws {Error} If the parts import each other in an unexpected way.
 */
export async function bundleParts(
  folder: string,
): Promise<Map<string, string>> {
  const engineModules = modulesOf(await bundle(ENGINE, PLATFORM));
  const core = await bundleCore(folder, []);
  const shared = modulesOf(core).filter((path) => engineModules.includes(path));
  const engine = await bundle(
    ENGINE,
    PLATFORM,
    ...shared.map((path) => `--external=${ROOT_PATH}${path}`),
  );
  return new Map([
    ["cli.js", await bundleCore(folder, shared)],
    ["engine.js", importFromCore(engine, shared)],
  ]);
}

function modulesOf(code: string): string[] {
  return [...code.matchAll(MODULE_COMMENT_REGEXP)].map(([, path]) => path!);
}

/** Names what `cli.js` exports a shared module as. */
function exportName(index: number): string {
  return `shared${index}`;
}

/** Bundles all but the engine; `import.meta.main` is true in an entry only. */
async function bundleCore(
  folder: string,
  shared: readonly string[],
): Promise<string> {
  const cli = await Deno.readTextFile(new URL("cli.ts", ROOT));
  const exports = shared.map((path, index) =>
    `export * as ${exportName(index)} from "${ROOT_PATH}${path}";\n`
  );
  const entry = `${folder}/core.ts`;
  await Deno.writeTextFile(
    entry,
    cli.replaceAll('"./src/', `"${ROOT_PATH}src/`) + exports.join(""),
  );
  const code = await bundle(
    entry,
    PLATFORM,
    "--external=*/deps/ioredis.ts",
    "--external=*/render.ts",
    "--external=node:*",
  );
  await Deno.remove(entry);
  return code
    .replaceAll(ENGINE_IMPORT_REGEXP, 'import("./engine.js")')
    .replaceAll(IOREDIS_IMPORT_REGEXP, 'import("./ioredis.js")');
}

/** Lets the engine take what it shares with the core from there. */
function importFromCore(engine: string, shared: readonly string[]): string {
  let code = engine;
  for (const [index, path] of shared.entries()) {
    const imports = new RegExp(
      `^import \\{([^}]*)\\} from "${RegExp.escape(ROOT_PATH + path)}";$`,
      "gm",
    );
    code = code.replaceAll(imports, (_, names: string) => {
      const parts = names.replaceAll(" as ", ": ");
      return `const {${parts}} = ${exportName(index)};`;
    });
  }
  if (code.includes(`"${ROOT_PATH}`)) {
    throw new Error("The engine imports a shared module in an unknown form");
  }
  const names = shared.map((_, index) => exportName(index)).join(", ");
  return `import { ${names} } from "./cli.js";\n${code}`;
}
