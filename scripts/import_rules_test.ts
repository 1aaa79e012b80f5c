import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { importViolations } from "./import_rules.ts";
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

Deno.test("importViolations() accepts imports that point down, over several floors", async () => {
  deepStrictEqual(
    await violationsOf({
      "entry.ts": `import "./src/cli/main.ts";`,
      "src/cli/main.ts":
        `import "../manager/manager.ts"; import "../errors.ts";`,
      "src/manager/manager.ts": `import "../events/run.ts";`,
      "src/events/run.ts": `import "../document/path.ts";`,
      "src/document/path.ts": "",
      "src/errors.ts": "",
    }),
    [],
  );
});

Deno.test("importViolations() reports an import that points up", async () => {
  const found = await violationsOf({
    "entry.ts": `import "./src/util/a.ts";`,
    "src/util/a.ts": `import "../document/b.ts";`,
    "src/document/b.ts": "",
  });
  strictEqual(found.length, 1);
  match(
    found[0]!,
    /^src\/util\/a\.ts imports "\.\.\/document\/b\.ts": imports point down: cli > /,
  );
});

Deno.test("importViolations() counts the import of a type", async () => {
  const found = await violationsOf({
    "entry.ts": `import "./src/document/a.ts";`,
    "src/document/a.ts": `import type { B } from "../datasources/b.ts";`,
    "src/datasources/b.ts": "export interface B {}",
  });
  strictEqual(found.length, 1);
  match(found[0]!, /^src\/document\/a\.ts .*: imports point down/);
});

Deno.test("importViolations() keeps groups on one floor apart", async () => {
  deepStrictEqual(
    await violationsOf({
      "entry.ts": `import "./src/http/a.ts";`,
      "src/http/a.ts": `import "../templates/b.ts";`,
      "src/templates/b.ts": "",
    }),
    [
      'src/http/a.ts imports "../templates/b.ts": http and templates share a floor',
    ],
  );
});

Deno.test("importViolations() keeps the template engine a library of its own", async () => {
  const found = await violationsOf({
    "entry.ts": `import "./src/jinja/a.ts";`,
    "src/jinja/a.ts": `import "../errors.ts"; import "../values.ts";`,
    "src/errors.ts": "",
    "src/values.ts": "",
  });
  strictEqual(found.length, 1);
  match(found[0]!, /"\.\.\/errors\.ts": jinja is a library of its own/);
});

Deno.test("importViolations() refuses npm:", async () => {
  deepStrictEqual(
    await violationsOf({
      "entry.ts": `import "./src/util/a.ts";`,
      "src/util/a.ts": `import "npm:ajv@8.17.1";`,
    }),
    ['src/util/a.ts imports "npm:ajv@8.17.1": the program has no dependencies'],
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

Deno.test("importViolations() refuses an import from outside src", async () => {
  deepStrictEqual(
    await violationsOf({
      "entry.ts": `import "./src/util/a.ts";`,
      "src/util/a.ts": `import "../../tests/b.ts";`,
      "tests/b.ts": "",
    }),
    [
      'src/util/a.ts imports "../../tests/b.ts": src/ does not import from outside src/',
    ],
  );
});

Deno.test("importViolations() reports a folder that is on no floor", async () => {
  const found = await violationsOf({
    "entry.ts": `import "./src/misc/a.ts";`,
    "src/misc/a.ts": "",
  });
  strictEqual(found.length, 1);
  match(found[0]!, /^src\/misc\/a\.ts is on no floor/);
});

Deno.test("importViolations() reports a circle once, also one of types", async () => {
  const entry = `import "./src/document/a.ts";`;
  const circle = [
    "src/document/a.ts is in a circle of imports: src/document/a.ts -> src/document/b.ts -> src/document/a.ts",
  ];
  deepStrictEqual(
    await violationsOf({
      "entry.ts": entry,
      "src/document/a.ts": `import "./b.ts"; export interface A {}`,
      "src/document/b.ts": `import type { A } from "./a.ts";`,
    }),
    circle,
  );
  deepStrictEqual(
    await violationsOf({
      "entry.ts": entry,
      "src/document/a.ts": `import "./b.ts";`,
      "src/document/b.ts": `import "./a.ts";`,
    }),
    circle,
  );
});

Deno.test("importViolations() reports folders of one group that import each other", async () => {
  const found = await violationsOf({
    "entry.ts": `import "./src/jinja/syntax/a.ts";`,
    "src/jinja/syntax/a.ts": `import "../values/b.ts";`,
    "src/jinja/syntax/c.ts": "",
    "src/jinja/values/b.ts": `import "../syntax/c.ts";`,
  });
  strictEqual(found.length, 1);
  match(found[0]!, /^src\/jinja\/syntax is in a circle of imports/);
});
