import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { importViolations, wrongImports } from "./import_rules.ts";
import { type ModuleGraph, readModuleGraph } from "./module_graph.ts";

/** Writes the modules, and reads what `entry.ts` reaches. */
async function graphOf(
  modules: Readonly<Record<string, string>>,
): Promise<ModuleGraph> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [path, text] of Object.entries(modules)) {
      const file = `${folder}/${path}`;
      await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), {
        recursive: true,
      });
      await Deno.writeTextFile(file, text);
    }
    const root = new URL(`file://${folder}/`);
    return await readModuleGraph(root, ["entry.ts"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function violationsOf(
  modules: Readonly<Record<string, string>>,
): Promise<string[]> {
  return importViolations(await graphOf(modules));
}

Deno.test("importViolations() accepts imports that point down, over several levels", async () => {
  deepStrictEqual(
    await violationsOf({
      "entry.ts": `import "./src/cli/main.ts";`,
      "src/cli/main.ts":
        `import "../manager/manager.ts"; import "../errors.ts";`,
      "src/manager/manager.ts": `import "../events/run.ts";`,
      "src/events/run.ts": `import "../state/path.ts";`,
      "src/state/path.ts": "",
      "src/errors.ts": "",
    }),
    [],
  );
});

Deno.test("importViolations() names an import that points up", async () => {
  const found = await violationsOf({
    "entry.ts": `import "./src/util/a.ts";`,
    "src/util/a.ts": `import "../state/b.ts";`,
    "src/state/b.ts": "",
  });
  strictEqual(found.length, 1);
  match(
    found[0]!,
    /^src\/util\/a\.ts imports "\.\.\/state\/b\.ts": imports point down: cli > /,
  );
});

Deno.test("importViolations() lets groups of one level share types only", async () => {
  const types = {
    "entry.ts": `import "./src/events/a.ts";`,
    "src/templates/b.ts": "export interface B {}\nexport const b = 1;",
  };
  deepStrictEqual(
    await violationsOf({
      ...types,
      "src/events/a.ts": `import type { B } from "../templates/b.ts";`,
    }),
    [],
  );
  deepStrictEqual(
    await violationsOf({
      ...types,
      "src/events/a.ts": `import { b } from "../templates/b.ts";`,
    }),
    [
      'src/events/a.ts imports "../templates/b.ts": events and templates share only types',
    ],
  );
});

Deno.test("importViolations() lets state know the types of what is above it", async () => {
  deepStrictEqual(
    await violationsOf({
      "entry.ts": `import "./src/state/a.ts";`,
      "src/state/a.ts": `import type { B } from "../datasources/b.ts";`,
      "src/datasources/b.ts": "export interface B {}",
    }),
    [],
  );
});

Deno.test("importViolations() wants npm: in src/deps", async () => {
  deepStrictEqual(
    await violationsOf({
      "entry.ts": `import "./src/deps/a.ts"; import "./src/util/b.ts";`,
      "src/deps/a.ts": `import "npm:js-yaml@5.5.0";`,
      "src/util/b.ts": `import "npm:js-yaml@5.5.0";`,
    }),
    [
      'src/util/b.ts imports "npm:js-yaml@5.5.0": npm: belongs into src/deps',
    ],
  );
});

Deno.test("importViolations() allows node: in src/datasources where it is loaded on demand", async () => {
  const found = await violationsOf({
    "entry.ts":
      `import "./src/datasources/a.ts"; import "./src/datasources/b.ts";`,
    "src/datasources/a.ts": `await import("node:sqlite");`,
    "src/datasources/b.ts": `import "node:sqlite";`,
  });
  strictEqual(found.length, 1);
  match(found[0]!, /^src\/datasources\/b\.ts imports "node:sqlite": /);
});

Deno.test("importViolations() refuses a bare specifier", async () => {
  const found = await violationsOf({
    "entry.ts": `import "./src/util/a.ts";`,
    "src/util/a.ts": `import "lodash";`,
  });
  strictEqual(found.length, 1);
  match(found[0]!, /^src\/util\/a\.ts imports "lodash": only relative/);
});

Deno.test("importViolations() refuses an import from outside of src", async () => {
  deepStrictEqual(
    await violationsOf({
      "entry.ts": `import "./src/util/a.ts";`,
      "src/util/a.ts": `import "../../tests/b.ts";`,
      "tests/b.ts": "",
    }),
    [
      'src/util/a.ts imports "../../tests/b.ts": src/ does not import what is outside of it',
    ],
  );
});

Deno.test("importViolations() names a folder that has no level", async () => {
  const found = await violationsOf({
    "entry.ts": `import "./src/misc/a.ts";`,
    "src/misc/a.ts": "",
  });
  strictEqual(found.length, 1);
  match(found[0]!, /^src\/misc\/a\.ts is in no known group/);
});

Deno.test("importViolations() names a cycle once, and lets types refer to one another", async () => {
  const entry = `import "./src/state/a.ts";`;
  deepStrictEqual(
    await violationsOf({
      "entry.ts": entry,
      "src/state/a.ts": `import "./b.ts"; export interface A {}`,
      "src/state/b.ts": `import type { A } from "./a.ts";`,
    }),
    [],
  );
  deepStrictEqual(
    await violationsOf({
      "entry.ts": entry,
      "src/state/a.ts": `import "./b.ts";`,
      "src/state/b.ts": `import "./a.ts";`,
    }),
    [
      "src/state/a.ts is in a cycle of imports: src/state/a.ts -> src/state/b.ts -> src/state/a.ts",
    ],
  );
});

Deno.test("wrongImports() names what is missing and what is too much", async () => {
  const modules = {
    "entry.ts": `import "./b.ts"; import "./d.ts"; export * from "./a.ts";`,
    "a.ts":
      `import "./b.ts"; import type { D } from "./d.ts"; import("./e.ts");`,
    "b.ts": `import "./c.ts";`,
    "c.ts": "",
    "d.ts": "export interface D {}",
    "e.ts": "",
  };
  deepStrictEqual(wrongImports(await graphOf(modules), "entry.ts", "a.ts"), [
    "entry.ts has to import c.ts, which a.ts loads",
    "entry.ts imports d.ts, which a.ts does not load",
  ]);
});
