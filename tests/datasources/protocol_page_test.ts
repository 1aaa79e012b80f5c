// docs/update-protocol.md names the tests of each of its paragraphs.
import { deepStrictEqual, ok } from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);
const page = await Deno.readTextFile(
  new URL("docs/update-protocol.md", ROOT),
);
const [text, ...definitions] = page.split(/^\[\^/m);

/** The part of the page that promises something. */
function promises(): string {
  return text!.slice(
    text!.indexOf("## The promise"),
    text!.indexOf("## Covered"),
  );
}

/** Reads the tests that a footnote names, each with its file. */
function namedTests(definition: string): [path: string, name: string][] {
  const line = definition.replaceAll(/\s+/g, " ");
  return [...line.matchAll(/`([^`]+)`: ((?:"[^"]+"(?:, )?)+)/g)]
    .flatMap(([, path, names]) =>
      [...names!.matchAll(/"([^"]+)"/g)].map((match): [string, string] => [
        /^(?:src|tests)\//.test(path!) ? path! : `src/datasources/${path}`,
        match[1]!,
      ])
    );
}

Deno.test("docs/update-protocol.md has tests for each paragraph that promises something", () => {
  const blocks = promises()
    .replaceAll(/^```[\s\S]*?^```$/gm, "")
    .split(/\n\n|\n(?=\d\. )/)
    // The cases of a list belong to the paragraph before it.
    .filter((block) => !/^\s*(?:#|-|$)/.test(block));
  const bare = blocks.filter((block) => !/\[\^[\w-]+\]/.test(block));
  deepStrictEqual(bare, []);
});

Deno.test("docs/update-protocol.md defines each footnote, and uses it", () => {
  const used = [...text!.matchAll(/\[\^([\w-]+)\]/g)].map(([, name]) => name);
  const defined = definitions.map((each) => each.split("]", 1)[0]);
  deepStrictEqual(new Set(used), new Set(defined));
});

for (const definition of definitions) {
  const name = definition.split("]", 1)[0];
  Deno.test(`docs/update-protocol.md names tests that exist for ${name}`, async () => {
    const tests = namedTests(definition);
    ok(tests.length > 0, "it names none");
    for (const [path, test] of tests) {
      const source = await Deno.readTextFile(new URL(path, ROOT));
      const pattern = test.split("…").map(RegExp.escape).join(
        `"?\\$\\{.*\\}"?`,
      );
      ok(new RegExp(`["\`]${pattern}["\`]`).test(source), `${path}: ${test}`);
    }
  });
}

Deno.test("docs/update-protocol.md names files that exist for each failure", async () => {
  const table = text!.slice(text!.indexOf("## Covered"));
  for (const [, path] of table.matchAll(/`([\w/]+_test\.ts)`/g)) {
    const full = path!.startsWith("src/") ? path! : `src/datasources/${path}`;
    ok((await Deno.stat(new URL(full, ROOT))).isFile, full);
  }
});
