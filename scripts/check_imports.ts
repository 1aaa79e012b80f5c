// Checks that imports in src/ point down, and that no module is unused.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { FLOORS, groupOf, importViolations } from "./import_rules.ts";
import { readModuleGraph } from "./module_graph.ts";

const ROOT = new URL("../", import.meta.url);
const NOT_SHIPPED_REGEXP = /(?:_test|_bench)\.ts$/;

async function* sourcePaths(folder: string): AsyncGenerator<string> {
  for await (
    const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))
  ) {
    if (isDirectory) yield* sourcePaths(`${folder}${name}/`);
    else if (name.endsWith(".ts")) yield folder + name;
  }
}

const graph = await readModuleGraph(ROOT, ["mod.ts", "cli.ts"]);
const found = importViolations(graph);
for await (const path of sourcePaths("src/")) {
  if (!graph.has(path) && !NOT_SHIPPED_REGEXP.test(path)) {
    found.push(`${path} is reached neither from mod.ts nor from cli.ts`);
  }
}
for (const line of found) console.error(line);
for (const [index, groups] of FLOORS.entries()) {
  const counted = groups.map((group) => {
    const count = [...graph.keys()].filter((path) => groupOf(path) === group);
    return `${group} (${count.length})`;
  });
  console.log(`floor ${FLOORS.length - 1 - index}: ${counted.join(", ")}`);
}
if (found.length > 0) Deno.exit(1);
console.log(`imports: ${graph.size} modules, none climbs, no circle`);
