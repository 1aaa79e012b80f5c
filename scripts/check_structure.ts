// Prints how src/ is divided, and checks the limits that CONTRIBUTING.md names:
// `deno task structure`.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it

const SRC = new URL("../src/", import.meta.url);
const MAX_LINES = 300;
const MAX_FILES = 15;
const MAX_SHARE = 0.3;
/** Groups whose tests have at least as many lines as their code. */
const TESTED_GROUPS: readonly string[] = ["jinja", "document", "datasources"];
/** Longer files that DECISIONS.md argues for. */
const LONG_FILES: ReadonlySet<string> = new Set([]);

/** The lines of code and of tests of a folder. */
interface Count {
  files: number;
  code: number;
  tests: number;
}

const folders = new Map<string, Count>();
const problems: string[] = [];

async function visit(folder: string): Promise<void> {
  for await (
    const { name, isDirectory } of Deno.readDir(new URL(folder, SRC))
  ) {
    const path = folder + name;
    if (isDirectory) await visit(`${path}/`);
    else if (name.endsWith(".ts")) await count(path, folder);
  }
}

async function count(path: string, folder: string): Promise<void> {
  const lines =
    (await Deno.readTextFile(new URL(path, SRC))).split("\n").length - 1;
  const found = folders.get(folder) ?? { files: 0, code: 0, tests: 0 };
  folders.set(folder, found);
  if (path.endsWith("_test.ts")) found.tests += lines;
  else if (!path.endsWith("_bench.ts")) {
    found.files++;
    found.code += lines;
    if (lines > MAX_LINES && !LONG_FILES.has(path)) {
      problems.push(
        `src/${path} has ${lines} lines: the limit is ${MAX_LINES}`,
      );
    }
  }
}

function sum(counts: Iterable<Count>): Count {
  const total = { files: 0, code: 0, tests: 0 };
  for (const { files, code, tests } of counts) {
    total.files += files;
    total.code += code;
    total.tests += tests;
  }
  return total;
}

function row(
  name: string,
  { files, code, tests }: Count,
  whole: number,
): string {
  return [
    `src/${name}`.padEnd(28),
    String(files).padStart(6),
    String(code).padStart(7),
    `${(100 * code / whole).toFixed(1)} %`.padStart(8),
    String(tests).padStart(7),
    code === 0 ? "" : (tests / code).toFixed(2).padStart(6),
  ].join("");
}

await visit("");
const whole = sum(folders.values());
console.log(
  "folder                       files   code   share  tests  tests/code",
);
for (const [folder, found] of [...folders].sort()) {
  console.log(row(folder, found, whole.code));
  if (found.files > MAX_FILES) {
    problems.push(
      `src/${folder} has ${found.files} modules: the limit is ${MAX_FILES}`,
    );
  }
  if (found.code > MAX_SHARE * whole.code) {
    problems.push(
      `src/${folder} has ${
        Math.round(100 * found.code / whole.code)
      } % of the code: ` +
        `the limit is ${100 * MAX_SHARE} %`,
    );
  }
}
for (const group of TESTED_GROUPS) {
  const inside = [...folders].filter(([folder]) =>
    folder.startsWith(`${group}/`)
  );
  const total = sum(inside.map(([, found]) => found));
  console.log(row(`${group}/**`, total, whole.code));
  if (total.tests < total.code) {
    problems.push(
      `src/${group}: ${total.tests} lines of tests for ${total.code} of code`,
    );
  }
}
console.log(row("**", whole, whole.code));
for (const problem of problems) console.error(problem);
if (problems.length > 0) Deno.exit(1);
