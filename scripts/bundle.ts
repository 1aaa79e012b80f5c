// Writes the bundle to dist/: the parts that bundle_parts.ts describes.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { bundle } from "./deno_bundle.ts";
import { markCalled } from "./mark_called.ts";
import { BUNDLE_FILES, bundleParts } from "./bundle_parts.ts";

const ROOT = new URL("../", import.meta.url);
const DIST = new URL("dist/", ROOT);
const DIST_PATH = decodeURIComponent(DIST.pathname);
const EAGER = "__eager";
const EAGER_REGEXP = new RegExp(`\\b${EAGER}(?=\\()`, "g");
const NODE_REQUIRE_REGEXP = /(?<![\w$])(?!import\()[\w$]+\("(node:[^"]+)"\)/;
const OWN_IMPORT_REGEXP = /(?:\bimport\(|\bfrom ?|\bimport ?)"[^"]*\.ts"/;

/** Replaces a file of dist/ at once: somebody may be reading it. */
async function write(name: string, text: string): Promise<void> {
  const temporary = await Deno.makeTempFile({ dir: DIST_PATH });
  await Deno.writeTextFile(temporary, text);
  await Deno.chmod(temporary, 0o644);
  await Deno.rename(temporary, new URL(name, DIST));
  const kilobytes = Math.ceil(new TextEncoder().encode(text).length / 1024);
  console.log(`dist/${name}  ${kilobytes} KiB`);
}

/** Escapes what is not ASCII: V8 stores such a file in half the memory. */
function escapeBeyondAscii(code: string): string {
  return code.replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Minifies the parts of the CLI so that the functions which most commands call
 * are compiled with their file.
 *
 * V8 compiles a function when it is first called, in every process again. A
 * function in parentheses is compiled with the file, so Deno's code cache holds
 * it for the next process. A cache of all functions would be slow to read. The
 * minifier removes needless parentheses, so until it is done they belong to a
 * call.
 */
async function minifyParts(
  parts: ReadonlyMap<string, string>,
  folder: string,
): Promise<Map<string, string>> {
  const paths = Array.from(parts.keys(), (name) => `${folder}/${name}`);
  const writeAll = async (texts: Iterable<string>) => {
    for (const [index, text] of [...texts].entries()) {
      await Deno.writeTextFile(paths[index]!, text);
    }
  };
  await writeAll(parts.values());
  await writeAll(await markCalled(paths, EAGER));
  const minified = new Map<string, string>();
  for (const [index, name] of [...parts.keys()].entries()) {
    const code = await bundle(
      paths[index]!,
      "--platform=browser",
      ...BUNDLE_FILES.filter((other) => other !== name)
        .map((other) => `--external=./${other}`),
      "--external=node:*",
      "--minify",
    );
    minified.set(name, escapeBeyondAscii(code.replaceAll(EAGER_REGEXP, "")));
  }
  return minified;
}

await Deno.mkdir(DIST, { recursive: true });
const folder = await Deno.makeTempDir({ dir: DIST_PATH });
try {
  const parts = await bundleParts(folder);
  for (const [name, code] of await minifyParts(parts, folder)) {
    const unresolved = NODE_REQUIRE_REGEXP.exec(code)?.[1] ??
      OWN_IMPORT_REGEXP.exec(code)?.[0];
    if (unresolved) {
      throw new Error(
        `dist/${name} needs ${unresolved}: load it with import()`,
      );
    }
    if (code.includes(EAGER)) throw new Error(`dist/${name} has a mark left`);
    await write(name, code);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
