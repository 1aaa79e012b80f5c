import { deepStrictEqual, ok } from "node:assert/strict";
import { ROOT } from "./process.ts";

const FOLDERS = ["", "docs/", "src/jinja/", "examples/", "tests/", "scripts/"];
const FENCE_REGEXP = /^ *```.*?^ *```$/gms;
const LINK_REGEXP = /\]\(([^)\s]+)\)/g;
const HEADING_REGEXP = /^#+ (.+)$/gm;

/** The Markdown files of the repository, by path. */
async function readPages(): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const folder of FOLDERS) await collect(folder, folder === "examples/");
  return pages;

  async function collect(folder: string, isDeep: boolean): Promise<void> {
    for await (const entry of Deno.readDir(new URL(folder || "./", ROOT))) {
      const path = folder + entry.name;
      if (entry.isDirectory && isDeep) await collect(`${path}/`, true);
      if (!entry.name.endsWith(".md")) continue;
      pages.set(path, await Deno.readTextFile(new URL(path, ROOT)));
    }
  }
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): Set<string> {
  const headings = page.replaceAll(FENCE_REGEXP, "").matchAll(HEADING_REGEXP);
  return new Set(
    Array.from(headings, ([, heading]) =>
      heading!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-")),
  );
}

Deno.test("every link of the documentation leads somewhere", async () => {
  const pages = await readPages();
  ok(pages.size > 20);
  const broken: string[] = [];
  for (const [path, page] of pages) {
    const text = page.replaceAll(FENCE_REGEXP, "");
    for (const [, link] of text.matchAll(LINK_REGEXP)) {
      // Addresses of other hosts cannot be followed without the network.
      if (/^(?:https?|mailto):/.test(link!)) continue;
      const url = new URL(link!, new URL(path, ROOT));
      const target = url.href.replace(ROOT.href, "").replace(/#.*/, "");
      const anchor = decodeURIComponent(url.hash.slice(1));
      const exists = await Deno.stat(new URL(target || "./", ROOT))
        .then(() => true, () => false);
      const hasAnchor = anchor === "" ||
        anchorsOf(pages.get(target) ?? "").has(anchor);
      if (!exists || !hasAnchor) broken.push(`${path}: ${link}`);
    }
  }
  deepStrictEqual(broken, []);
});

Deno.test("the README lists every page and every example", async () => {
  const pages = await readPages();
  const readme = pages.get("README.md")!;
  const missing = [...pages.keys()]
    .filter((path) => path.startsWith("docs/"))
    .filter((path) => !readme.includes(`](${path})`));
  const examples = pages.get("examples/README.md")!;
  for await (
    const { name, isDirectory } of Deno.readDir(new URL("examples/", ROOT))
  ) {
    // What the scripts of the examples share.
    if (!isDirectory || name === "local") continue;
    if (!examples.includes(`](${name}/)`)) missing.push(`examples/${name}`);
  }
  deepStrictEqual(missing, []);
});

Deno.test("docs/security.md names a test that exists for each threat", async () => {
  const page = (await readPages()).get("docs/security.md")!;
  const section = page.slice(
    page.indexOf("## What must never happen"),
    page.indexOf("## What is not defended"),
  );
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  const bare: string[] = [];
  for (const row of rows.slice(2)) {
    const [, threat, , tests] = row.split("|").map((cell) => cell.trim());
    const paths = [...tests!.matchAll(/`([^`]+)`/g)].map(([, path]) => path!);
    const exist = await Promise.all(paths.map(isTest));
    if (
      tests !== "listed there" && !(exist.length > 0 && exist.every(Boolean))
    ) {
      bare.push(`${threat}: ${tests}`);
    }
  }
  ok(rows.length > 15);
  deepStrictEqual(bare, []);
});

async function isTest(path: string): Promise<boolean> {
  return await Deno.stat(new URL(path, ROOT))
    .then(({ isFile }) => isFile && path.endsWith("_test.ts"), () => false);
}
