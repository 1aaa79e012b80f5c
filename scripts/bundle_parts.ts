// Divides the CLI into the files of the bundle.
import { bundle } from "./deno_bundle.ts";
import { COMMON, playCoverage } from "./play_coverage.ts";
import { type ModuleGraph, readModuleGraph } from "./module_graph.ts";

const ROOT = new URL("../", import.meta.url);
const ROOT_PATH = decodeURIComponent(ROOT.pathname);
const CLI = "cli.ts";

/** A file of the bundle besides the core. */
interface Part {
  readonly name: string;
  /** The module that it begins with; it has what only that needs. */
  readonly entry: string;
  /** The parts before it whose modules it may import. All import the core's. */
  readonly on: readonly string[];
}

const CORE = "cli.js";
const PARTS: readonly Part[] = [
  { name: "engine.js", entry: "src/templates/lazy_render.ts", on: [] },
  {
    name: "builtins.js",
    entry: "src/templates/render.ts",
    on: ["engine.js"],
  },
  { name: "redis.js", entry: "src/datasources/redis/mod.ts", on: [] },
  { name: "other.js", entry: CLI, on: [] },
  {
    name: "check.js",
    entry: "src/config/validate.ts",
    on: ["engine.js", "builtins.js", "other.js"],
  },
];
/** More modules in the core that common commands do not need are a mistake. */
const MAX_SHARED = 15;
/** All files of the bundle. */
export const BUNDLE_FILES: readonly string[] = [
  CORE,
  ...PARTS.map(({ name }) => name),
];
const STATIC_IMPORT_REGEXP = /^import \{([^}]*)\} from "([^"]+\.ts)";$/gm;
const DYNAMIC_IMPORT_REGEXP = /\bimport\("([^"]+\.ts)"\)/g;
/** With --platform=deno a bundle begins by importing node:module, which is slow. */
const PLATFORM = "--platform=browser";

/**
 * Bundles the CLI in parts: `cli.js` is the core, which `get`, `set` and `load`
 * need on SQLite with mirrors; `engine.js` renders templates, `builtins.js` has
 * the filters that few of them call, `check.js` checks files, `redis.js` is the
 * store of that name, and `other.js` is the rest. What parts share that do not
 * build on each other is in the core.
 *
 * @param folder An empty folder inside the project.
 * @returns The parts by name, as esbuild writes them before they are minified. The first one is `cli.js`.
 * @throws {Error} If the parts share too much, or import each other in an unexpected way.
 */
export async function bundleParts(
  folder: string,
): Promise<Map<string, string>> {
  const graph = await readModuleGraph(ROOT, [CLI]);
  const modules = divide(graph, await commonModules());
  const shared: SharedNames = new Map();
  const bundled: [name: string, code: string][] = [];
  // A part is bundled after those that import from it.
  for (const name of BUNDLE_FILES.toReversed()) {
    const lines = [
      ...entriesOf(name, graph, modules).map((path, index) =>
        `export * as module${index} from "${ROOT_PATH}${path}";`
      ),
      ...shared.get(name)?.values() ?? [],
    ];
    if (name === CORE) {
      const cli = await Deno.readTextFile(new URL(CLI, ROOT));
      lines.unshift(cli.replaceAll('"./src/', `"${ROOT_PATH}src/`));
    }
    const code = await bundleLines(lines.join("\n"), { name, modules, folder });
    bundled.unshift([name, link(code, { name, graph, modules, shared })]);
  }
  return new Map(bundled);
}

/** Asks V8 which modules the common commands load. */
async function commonModules(): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { url } of playCoverage([COMMON], new URL(CLI, ROOT))) {
    if (url.startsWith(ROOT.href)) found.add(url.slice(ROOT.href.length));
  }
  return found;
}

/** The name of the part that each module is in. */
type Modules = ReadonlyMap<string, string>;

/** Gives each module to the only part that needs it, or to the core. */
function divide(graph: ModuleGraph, common: ReadonlySet<string>): Modules {
  const entries = PARTS.map(({ entry }) => entry);
  const modules = new Map([...common].map((path) => [path, CORE]));
  for (const { name, entry, on } of PARTS) {
    const pending = [entry];
    const reached = new Set(pending);
    for (const path of pending) {
      const part = modules.get(path);
      if (part !== undefined && on.includes(part)) continue;
      modules.set(path, part === undefined ? name : CORE);
      for (const { target, typeOnly, dynamic } of graph.get(path) ?? []) {
        if (target === undefined || typeOnly || reached.has(target)) continue;
        if (entries.includes(target)) continue;
        // import() reaches a module in the part of another.
        if (dynamic && modules.has(target) && !common.has(target)) continue;
        if (entry !== CLI && common.has(target)) continue;
        reached.add(target);
        pending.push(target);
      }
    }
  }
  settle(graph, modules);
  const shared = [...modules].filter(([path, part]) =>
    part === CORE && !common.has(path)
  );
  if (shared.length <= MAX_SHARED) return modules;
  throw new Error(
    `The core has ${shared.length} modules that common commands do not need. ` +
      `Make a part of one of those that import them: ${
        shared.map(([path]) => path).join(", ")
      }`,
  );
}

/** Moves each module to a part that may import all that it imports. */
function settle(graph: ModuleGraph, modules: Map<string, string>): void {
  let isSettled = false;
  while (!isSettled) {
    isSettled = true;
    for (const [path, part] of modules) {
      for (const { target = "", typeOnly, dynamic } of graph.get(path) ?? []) {
        const needed = modules.get(target);
        if (typeOnly || dynamic || needed === undefined) continue;
        if (mayImport(part, needed)) continue;
        if (!mayImport(needed, part)) {
          throw new Error(`${path} of ${part} imports ${target} of ${needed}`);
        }
        modules.set(path, needed);
        isSettled = false;
        break;
      }
    }
  }
}

function mayImport(part: string, from: string): boolean {
  return from === CORE || from === part ||
    PARTS.some(({ name, on }) => name === part && on.includes(from));
}

/** Lists the modules of a part that other parts load with `import()`. */
function entriesOf(
  name: string,
  graph: ModuleGraph,
  modules: Modules,
): string[] {
  if (name === CORE) return [];
  const found = new Set<string>();
  for (const [path, part] of modules) {
    if (part === name) continue;
    for (const { target, dynamic } of graph.get(path) ?? []) {
      if (dynamic && modules.get(target ?? "") === name) found.add(target!);
    }
  }
  return [...found].sort();
}

/** Bundles a script, and leaves the modules of other parts out. */
async function bundleLines(
  script: string,
  { name, modules, folder }: {
    readonly name: string;
    readonly modules: Modules;
    readonly folder: string;
  },
): Promise<string> {
  const entry = `${folder}/entry.ts`;
  await Deno.writeTextFile(entry, script);
  const others = [...modules].filter(([, part]) => part !== name);
  const code = await bundle(
    entry,
    PLATFORM,
    "--external=node:*",
    ...others.map(([path]) => `--external=${ROOT_PATH}${path}`),
  );
  await Deno.remove(entry);
  return code;
}

/** The lines by which each part exports what others import, by name. */
type SharedNames = Map<string, Map<string, string>>;

interface LinkOptions {
  readonly name: string;
  readonly graph: ModuleGraph;
  readonly modules: Modules;
  readonly shared: SharedNames;
}

/** Lets a part import from the files of the other parts. */
function link(code: string, options: LinkOptions): string {
  const { name, graph, modules, shared } = options;
  const imports = new Map<string, Set<string>>();
  /** Imports a name of a module, or the whole module if the name is empty. */
  const take = (file: string, own: string, local?: string): string => {
    const path = file.slice(ROOT_PATH.length);
    const part = partOf(file);
    const id = `shared${[...modules.keys()].indexOf(path)}${own && `_${own}`}`;
    const clause = own === "" ? `* as ${id}` : `{ ${own} as ${id} }`;
    const lines = shared.get(part) ?? new Map();
    shared.set(part, lines.set(id, `export ${clause} from "${file}";`));
    const names = imports.get(part) ?? new Set();
    imports.set(
      part,
      names.add(local === undefined ? id : `${id} as ${local}`),
    );
    return id;
  };
  const partOf = (file: string): string => {
    const part = modules.get(file.slice(ROOT_PATH.length));
    if (part === undefined) throw new Error(`${file} is in no part`);
    return part;
  };
  const linked = code
    .replaceAll(STATIC_IMPORT_REGEXP, (_, names: string, file: string) => {
      for (const one of names.split(",")) {
        const [own = "", local = own] = one.trim().split(" as ");
        take(file, own, local);
      }
      return "";
    })
    .replaceAll(DYNAMIC_IMPORT_REGEXP, (_, file: string) => {
      const part = partOf(file);
      if (part === CORE) return `Promise.resolve(${take(file, "")})`;
      const path = file.slice(ROOT_PATH.length);
      const index = entriesOf(part, graph, modules).indexOf(path);
      return `import("./${part}").then((part) => part.module${index})`;
    });
  if (linked.includes(`"${ROOT_PATH}`)) {
    throw new Error(`${name} imports a module in an unknown form`);
  }
  const lines = [...imports].map(([part, names]) =>
    `import { ${[...names].join(", ")} } from "./${part}";\n`
  );
  return lines.join("") + linked;
}
