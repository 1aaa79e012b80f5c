/** One import, as `deno info --json` reports it. */
interface Dependency {
  readonly specifier: string;
  /** Absent where only types are imported. */
  readonly code?: { readonly specifier?: string };
  readonly type?: { readonly specifier?: string };
  readonly isDynamic?: boolean;
}

interface Info {
  readonly modules: readonly {
    readonly specifier: string;
    readonly local?: string;
    readonly dependencies?: readonly Dependency[];
  }[];
}

/** An import of one module. */
export interface Import {
  /** The specifier, as written. */
  readonly specifier: string;
  /** The imported file, relative to the project; `undefined` outside of it. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

/** The modules of a project, by their path relative to it. */
export type ModuleGraph = ReadonlyMap<string, readonly Import[]>;

/** Reads the modules that the entry points reach. */
export async function readModuleGraph(
  root: URL,
  entries: readonly string[],
): Promise<ModuleGraph> {
  const graph = new Map<string, readonly Import[]>();
  for (const entry of entries) {
    for (
      const { specifier, dependencies } of (await info(root, entry)).modules
    ) {
      const path = relativePath(root, specifier);
      if (path) graph.set(path, (dependencies ?? []).map(toImport));
    }
  }
  return graph;

  function toImport(dependency: Dependency): Import {
    const { specifier, code, type, isDynamic } = dependency;
    const target = code?.specifier ?? type?.specifier;
    return {
      specifier,
      target: target && relativePath(root, target),
      typeOnly: code === undefined,
      dynamic: isDynamic === true,
    };
  }
}

async function info(root: URL, entry: string): Promise<Info> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry],
    cwd: root,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

function relativePath(root: URL, specifier: string): string | undefined {
  return specifier.startsWith(root.href)
    ? specifier.slice(root.href.length)
    : undefined;
}
