import type { Import, ModuleGraph } from "./module_graph.ts";

/**
 * The floors of `src/`, from top to bottom. A module may import from its own
 * folder and from lower floors; groups that share a floor do not import each
 * other. Imports of types count like imports of code.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ["cli"],
  ["commands"],
  ["manager"],
  ["config"],
  ["coordination", "events"],
  ["datasources", "http", "templates"],
  ["document", "jinja"],
  ["schema"],
  ["formats"],
  ["util"],
  ["errors", "values", "version"],
];

/** What the template engine may use, so that it stays a library of its own. */
const JINJA_MAY_IMPORT: readonly string[] = ["formats", "values"];

const ORDER = FLOORS.map((groups) => groups.join(", ")).join(" > ");

function floorOf(group: string): number {
  return FLOORS.findIndex((groups) => groups.includes(group));
}

/** `src/document/diff.ts` is in the group `document`, `src/errors.ts` in `errors`. */
export function groupOf(path: string): string | undefined {
  return /^src\/([^/.]+)/.exec(path)?.[1];
}

/** Describes each import that breaks a rule, one line each. */
export function importViolations(graph: ModuleGraph): string[] {
  const found: string[] = [];
  for (const [path, imports] of graph) {
    const group = groupOf(path);
    if (group === undefined) continue;
    if (floorOf(group) < 0) {
      found.push(`${path} is on no floor: put it in one of ${ORDER}`);
      continue;
    }
    for (const one of imports) {
      const wrong = one.target === undefined
        ? outsideViolation(group, one)
        : directionViolation(group, one.target);
      if (wrong) found.push(`${path} imports "${one.specifier}": ${wrong}`);
    }
  }
  return [...found, ...moduleCycles(graph), ...folderCycles(graph)];
}

function outsideViolation(group: string, one: Import): string | undefined {
  const { specifier, dynamic, typeOnly } = one;
  if (specifier.startsWith("npm:")) {
    return "the program has no dependencies";
  }
  if (specifier.startsWith("node:")) {
    const allowed = typeOnly || (group === "datasources" && dynamic);
    return allowed
      ? undefined
      : "node: belongs in a dynamic import in src/datasources";
  }
  return "only relative and node: specifiers work by URL, from JSR and in a bundle";
}

function directionViolation(
  from: string,
  targetPath: string,
): string | undefined {
  const to = groupOf(targetPath);
  if (to === undefined) return "src/ does not import from outside src/";
  if (from === to) return undefined;
  const [here, there] = [floorOf(from), floorOf(to)];
  // An unknown group is reported once, for the module itself.
  if (there < 0) return undefined;
  if (from === "jinja" && !JINJA_MAY_IMPORT.includes(to)) {
    return `jinja is a library of its own: it imports only ${
      JINJA_MAY_IMPORT.join(" and ")
    }`;
  }
  if (here < there) return undefined;
  return here === there
    ? `${from} and ${to} share a floor`
    : `imports point down: ${ORDER}`;
}

/** Finds circles of modules. */
function moduleCycles(graph: ModuleGraph): string[] {
  const edges = new Map<string, readonly string[]>();
  for (const [path, imports] of graph) {
    edges.set(path, imports.flatMap(({ target }) => target ?? []));
  }
  return cycles(edges);
}

/**
 * Finds circles of the folders inside one group, such as `src/jinja/syntax`. A
 * module that stands in the group's own folder counts by itself.
 */
function folderCycles(graph: ModuleGraph): string[] {
  const edges = new Map<string, Set<string>>();
  for (const [path, imports] of graph) {
    if (groupOf(path) === undefined) continue;
    const part = partOf(path);
    const targets = edges.get(part) ?? new Set();
    edges.set(part, targets);
    for (const { target } of imports) {
      if (target === undefined || groupOf(target) !== groupOf(path)) continue;
      if (partOf(target) !== part) targets.add(partOf(target));
    }
  }
  return cycles(edges).filter((line) => !line.includes(".ts is in"));
}

function partOf(path: string): string {
  return /^src\/[^/]+\/[^/]+/.exec(path)?.[0] ?? path;
}

/** Finds circles, each reported once. */
function cycles(edges: ReadonlyMap<string, Iterable<string>>): string[] {
  const found: string[] = [];
  const finished = new Set<string>();
  const trail: string[] = [];
  for (const node of edges.keys()) visit(node);
  return found;

  function visit(node: string): void {
    if (finished.has(node)) return;
    const start = trail.indexOf(node);
    if (start >= 0) {
      const cycle = [...trail.slice(start), node].join(" -> ");
      found.push(`${node} is in a circle of imports: ${cycle}`);
      return;
    }
    trail.push(node);
    for (const target of edges.get(node) ?? []) visit(target);
    trail.pop();
    finished.add(node);
  }
}
