// Divides the CLI into the files of the bundle.
import { bundle } from "./deno_bundle.ts";
import { COMMON, playCoverage } from "./play_coverage.ts";
import { type ModuleGraph, readModuleGraph } from "./module_graph.ts";

const ROOT = new URL("../", import.meta.url);
const ROOT_PATH = decodeURIComponent(ROOT.pathname);
const CLI = "cli.ts";
const CORE = "cli.js";
const OTHER = "other.js";
/** Parts that are more than one command needs, and the module that each begins with. */
const ENTRIES: Readonly<Record<string, string>> = {
  "engine.js": "src/templates/lazy_render.ts",
  "redis.js": "src/datasources/redis/mod.ts",
};
/** All files of the bundle. */
export const BUNDLE_FILES: readonly string[] = [
  CORE,
  ...Object.keys(ENTRIES),
  OTHER,
];
const STATIC_IMPORT_REGEXP = /^import \{([^}]*)\} from "([^"]+\.ts)";$/gm;
const DYNAMIC_IMPORT_REGEXP = /\bimport\("([^"]+\.ts)"\)/g;
/** With --platform=deno a bundle begins by importing node:module, which is slow. */
const PLATFORM = "--platform=browser";

/**
 * Bundles the CLI in parts: `cli.js` is what `get`, `set` and `load` need on
 * SQLite with mirrors, `engine.js` renders templates, `redis.js` is the store of
 * that name, and `other.js` is the rest. What several parts need is in `cli.js`.
 *
 * @param folder An empty folder inside the project.
 * @returns The parts by name, as esbuild writes them before they are minified. The first one is `cli.js`.
 * @throws {Error} If the parts import each other in an unexpected way.
 */
export async function bundleParts(
  folder: string,
): Promise<Map<string, string>> {
  const graph = await readModuleGraph(ROOT, [CLI]);
  const parts = divide(graph, await commonModules());
  const exports = new Map<string, string>();
  const bundled = new Map<string, string>();
  for (const name of [...Object.keys(ENTRIES), OTHER]) {
    const lines = entriesOf(name, graph, parts).map((path, index) =>
      `export * as module${index} from "${ROOT_PATH}${path}";`
    );
    const code = await bundleLines(lines.join("\n"), { name, parts, folder });
    bundled.set(name, link(code, { name, graph, parts, exports }));
  }
  const cli = await Deno.readTextFile(new URL(CLI, ROOT));
  const core = await bundleLines(
    cli.replaceAll('"./src/', `"${ROOT_PATH}src/`) +
      [...exports.values()].join("\n"),
    { name: CORE, parts, folder },
  );
  return new Map([
    [CORE, link(core, { name: CORE, graph, parts, exports })],
    ...bundled,
  ]);
}

/** Asks V8 which modules the common commands load. */
async function commonModules(): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { url } of playCoverage([COMMON], new URL(CLI, ROOT))) {
    if (url.startsWith(ROOT.href)) found.add(url.slice(ROOT.href.length));
  }
  return found;
}

/** The part of each module. */
type Parts = ReadonlyMap<string, string>;

/** Gives each module to the only part that needs it, or to the core. */
function divide(graph: ModuleGraph, common: ReadonlySet<string>): Parts {
  const entries = Object.values(ENTRIES);
  const parts = new Map<string, string>();
  const add = (name: string, start: string) => {
    const pending = [start];
    const reached = new Set(pending);
    for (const path of pending) {
      const isCommon = common.has(path);
      parts.set(path, isCommon || parts.has(path) ? CORE : name);
      for (const { target, typeOnly } of graph.get(path) ?? []) {
        if (target === undefined || typeOnly) continue;
        if (reached.has(target) || entries.includes(target)) continue;
        if (name !== OTHER && common.has(target)) continue;
        reached.add(target);
        pending.push(target);
      }
    }
  };
  for (const [name, start] of Object.entries(ENTRIES)) add(name, start);
  add(OTHER, CLI);
  return parts;
}

/** Lists the modules of a part that other parts import. */
function entriesOf(name: string, graph: ModuleGraph, parts: Parts): string[] {
  const found = new Set<string>();
  for (const [path, part] of parts) {
    if (part === name) continue;
    for (const { target, typeOnly } of graph.get(path) ?? []) {
      if (!typeOnly && parts.get(target ?? "") === name) found.add(target!);
    }
  }
  return [...found].sort();
}

interface PartOptions {
  readonly name: string;
  readonly parts: Parts;
  readonly folder: string;
}

/** Bundles a script, and leaves the modules of other parts out. */
async function bundleLines(
  script: string,
  { name, parts, folder }: PartOptions,
): Promise<string> {
  const entry = `${folder}/entry.ts`;
  await Deno.writeTextFile(entry, script);
  const others = [...parts].filter(([, part]) => part !== name);
  const code = await bundle(
    entry,
    PLATFORM,
    "--external=node:*",
    ...others.map(([path]) => `--external=${ROOT_PATH}${path}`),
  );
  await Deno.remove(entry);
  return code;
}

interface LinkOptions {
  readonly name: string;
  readonly graph: ModuleGraph;
  readonly parts: Parts;
  /** The lines by which the core exports what parts import, by name. */
  readonly exports: Map<string, string>;
}

/** Lets a part import from the files of the other parts. */
function link(code: string, options: LinkOptions): string {
  const { name, graph, parts, exports } = options;
  const imports: string[] = [];
  const share = (file: string, own: string) => {
    const path = pathOf(file, parts, CORE);
    const shared = `shared${[...parts.keys()].indexOf(path)}${
      own && `_${own}`
    }`;
    const clause = own === "" ? `* as ${shared}` : `{ ${own} as ${shared} }`;
    exports.set(shared, `export ${clause} from "${file}";`);
    return shared;
  };
  const linked = code
    .replaceAll(STATIC_IMPORT_REGEXP, (_, names: string, file: string) => {
      for (const one of names.split(",")) {
        const [own = "", local = own] = one.trim().split(" as ");
        imports.push(`${share(file, own)} as ${local}`);
      }
      return "";
    })
    .replaceAll(DYNAMIC_IMPORT_REGEXP, (_, file: string) => {
      const path = pathOf(file, parts);
      const part = parts.get(path)!;
      if (part === CORE) {
        imports.push(share(file, ""));
        return `Promise.resolve(${share(file, "")})`;
      }
      const index = entriesOf(part, graph, parts).indexOf(path);
      return `import("./${part}").then((part) => part.module${index})`;
    });
  if (linked.includes(`"${ROOT_PATH}`)) {
    throw new Error(`${name} imports a module in an unknown form`);
  }
  if (imports.length === 0) return linked;
  const names = [...new Set(imports)].join(", ");
  return `import { ${names} } from "./${CORE}";\n${linked}`;
}

/** Returns the path of an imported file, which must be in a part. */
function pathOf(file: string, parts: Parts, part?: string): string {
  const path = file.slice(ROOT_PATH.length);
  const found = parts.get(path);
  if (found === undefined || (part !== undefined && found !== part)) {
    throw new Error(`${file} is in ${found ?? "no part"}`);
  }
  return path;
}
