// Runs the tests of the groups that carry the product and prints how much of
// their code the tests reach: `deno task coverage`.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it

const ROOT = new URL("../", import.meta.url);
/** Groups of src/, whose branches must be covered to this share. */
const GROUPS: readonly string[] = ["jinja", "document", "datasources"];
const MIN_BRANCHES = 0.9;
/** Tests of these groups that do not stand beside a module. */
const MORE_TESTS: readonly string[] = ["tests/jinja", "tests/conformance"];

/** How many lines and branches there are, and how many were reached. */
interface Coverage {
  lines: number;
  linesHit: number;
  branches: number;
  branchesHit: number;
}

async function deno(...args: string[]): Promise<string> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    stdin: "null",
    stderr: "inherit",
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (success) return text;
  console.error(text);
  throw new Error(`deno ${args[0]} failed`);
}

/** Sums up an lcov report by group. */
function sumUp(report: string): Map<string, Coverage> {
  const groups = new Map<string, Coverage>();
  let current: Coverage | undefined;
  for (const line of report.split("\n")) {
    const [key, value = ""] = line.split(/:(.*)/s);
    if (key === "SF") {
      const group = /\/src\/([^/]+)\//.exec(value)?.[1] ?? "";
      current = groups.get(group) ??
        { lines: 0, linesHit: 0, branches: 0, branchesHit: 0 };
      groups.set(group, current);
    } else if (current !== undefined) {
      if (key === "LF") current.lines += Number(value);
      else if (key === "LH") current.linesHit += Number(value);
      else if (key === "BRF") current.branches += Number(value);
      else if (key === "BRH") current.branchesHit += Number(value);
    }
  }
  return groups;
}

function percent(part: number, whole: number): string {
  return `${(100 * part / (whole || 1)).toFixed(1)} %`;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(new URL(path, ROOT)).then(() => true, () => false);
}

const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-coverage-" });
try {
  const paths = GROUPS.map((group) => `src/${group}`);
  for (const path of MORE_TESTS) if (await exists(path)) paths.push(path);
  // deno-fmt-ignore
  await deno("test", "-P", "--quiet", "--parallel", `--coverage=${folder}`, ...paths);
  const report = sumUp(await deno("coverage", "--lcov", folder));
  let low = false;
  for (const group of GROUPS) {
    const found = report.get(group);
    if (found === undefined) throw new Error(`No coverage of src/${group}`);
    const { lines, linesHit, branches, branchesHit } = found;
    console.log(
      `coverage of src/${group}: branches ${percent(branchesHit, branches)}, ` +
        `lines ${percent(linesHit, lines)}`,
    );
    low ||= branchesHit < MIN_BRANCHES * branches;
  }
  if (low) {
    console.error(
      `Fewer than ${100 * MIN_BRANCHES} % of a group's branches are covered`,
    );
    Deno.exit(1);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
