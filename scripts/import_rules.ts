import type { Import, ModuleGraph } from "./module_graph.ts";

/** From top to bottom: code of a lower level may be imported. */
const LEVELS: readonly (readonly string[])[] = [
  ["cli"],
  ["commands"],
  ["manager"],
  ["config", "datasources", "events", "templates"],
  ["state"],
  ["formats"],
  ["util"],
  ["deps", "errors", "values", "version"],
];

/** Groups that may import types, but no code, of one another. */
const PEERS: readonly string[] = [
  "config",
  "datasources",
  "events",
  "templates",
  "state",
];

const ORDER = LEVELS.map((groups) => groups.join(", ")).join(" > ");

function levelOf(group: string): number {
  return LEVELS.findIndex((groups) => groups.includes(group));
}

/** `src/state/path.ts` is in the group `state`, `src/errors.ts` in `errors`. */
function groupOf(path: string): string | undefined {
  return /^src\/([^/.]+)/.exec(path)?.[1];
}

/** Names each import that breaks a rule, one line each. */
export function importViolations(graph: ModuleGraph): string[] {
  const found: string[] = [];
  for (const [path, imports] of graph) {
    const group = groupOf(path);
    if (group === undefined) continue;
    if (levelOf(group) < 0) {
      found.push(`${path} is in no known group: put it in one of ${ORDER}`);
      continue;
    }
    for (const one of imports) {
      const wrong = one.target === undefined
        ? outsideViolation(group, one)
        : directionViolation(group, one.target, one.typeOnly);
      if (wrong) found.push(`${path} imports "${one.specifier}": ${wrong}`);
    }
  }
  return [...found, ...cycles(graph)];
}

function outsideViolation(group: string, one: Import): string | undefined {
  const { specifier, dynamic, typeOnly } = one;
  if (specifier.startsWith("npm:")) {
    return group === "deps" ? undefined : "npm: belongs into src/deps";
  }
  if (specifier.startsWith("node:")) {
    const allowed = group === "deps" || typeOnly ||
      (group === "datasources" && dynamic);
    return allowed
      ? undefined
      : "node: belongs into src/deps, or a dynamic import in src/datasources";
  }
  return "only relative, npm: and node: specifiers work by URL, from JSR and in a bundle";
}

function directionViolation(
  from: string,
  targetPath: string,
  typeOnly: boolean,
): string | undefined {
  const to = groupOf(targetPath);
  if (to === undefined) return "src/ does not import what is outside of it";
  if (from === to) return undefined;
  if (typeOnly && PEERS.includes(from) && PEERS.includes(to)) return undefined;
  const [here, there] = [levelOf(from), levelOf(to)];
  // An unknown group is reported once, for the module itself.
  if (there < 0 || here < there) return undefined;
  return here === there
    ? `${from} and ${to} share only types`
    : `imports point down: ${ORDER}`;
}

/** Finds cycles of imports that load code, each named once. */
function cycles(graph: ModuleGraph): string[] {
  const found: string[] = [];
  const finished = new Set<string>();
  const trail: string[] = [];
  for (const path of graph.keys()) visit(path);
  return found;

  function visit(path: string): void {
    if (finished.has(path)) return;
    const start = trail.indexOf(path);
    if (start >= 0) {
      const cycle = [...trail.slice(start), path].join(" -> ");
      found.push(`${path} is in a cycle of imports: ${cycle}`);
      return;
    }
    trail.push(path);
    for (const { target, typeOnly } of graph.get(path) ?? []) {
      if (target !== undefined && !typeOnly) visit(target);
    }
    trail.pop();
    finished.add(path);
  }
}

/**
 * Names each module by which the imports of `root` differ from what `main`
 * loads, itself included.
 */
export function wrongImports(
  graph: ModuleGraph,
  root: string,
  main: string,
): string[] {
  const loaded = new Set<string>();
  load(main);
  const imported = new Set(loadedBy(root));
  return [
    ...[...loaded.difference(imported)]
      .map((path) => `${root} has to import ${path}, which ${main} loads`),
    ...[...imported.difference(loaded)]
      .map((path) => `${root} imports ${path}, which ${main} does not load`),
  ];

  function load(path: string): void {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const target of loadedBy(path)) load(target);
  }

  function loadedBy(path: string): string[] {
    return (graph.get(path) ?? [])
      .filter(({ typeOnly, dynamic }) => !typeOnly && !dynamic)
      .flatMap(({ target }) => target ?? []);
  }
}
