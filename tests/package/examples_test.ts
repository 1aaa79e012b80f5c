import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { Ended } from "../support/workspace.ts";
import { deno, ROOT, TemporaryFolder } from "./process.ts";

const PERMISSIONS = [
  ...["--allow-read", "--allow-write", "--allow-run", "--allow-env=PATH"],
];
const IMAGE = "registry.example/apps/checkout:5c0ffee1-slim";
const BRANCH = "x|state.approved=yes $(id) `id` @app.yaml";

function runLocally(name: string, ...args: string[]): Promise<Ended> {
  const script = `examples/${name}/run_locally.ts`;
  return deno(["run", ...PERMISSIONS, script, ...args]);
}

/** The lines of an output. Those of jobs that run at the same time are sorted. */
function linesOf({ code, stdout, stderr }: Ended): string[] {
  strictEqual(code, 0, stderr);
  const lines = stdout.trim().split("\n");
  const tests = lines.filter((line) => line.includes("testing")).sort();
  const [before, ...after] = lines.filter((line) => !tests.includes(line));
  return [
    before!,
    ...tests,
    // The order of a list that three jobs append to is theirs.
    ...after.map((line) =>
      line.replace(/\[.*\]/, (list) => JSON.stringify(JSON.parse(list).sort()))
    ),
  ];
}

Deno.test("examples/github-actions runs its workflow", async () => {
  deepStrictEqual(linesOf(await runLocally("github-actions")), [
    "start: checkout-42",
    "test: testing browser",
    "test: testing load",
    "test: testing unit",
    'image: ["browser.xml","load.xml","unit.xml"]',
    `deploy: deploying ${IMAGE} of branch main`,
  ]);
});

Deno.test("examples/gitlab-ci runs its pipeline", async () => {
  deepStrictEqual(linesOf(await runLocally("gitlab-ci")), [
    "start: checkout-42",
    "test: testing browser",
    "test: testing load",
    "test: testing unit",
    'image: ["browser.xml","load.xml","unit.xml"]',
    `deploy: deploying ${IMAGE}, 2 replicas`,
  ]);
});

Deno.test("examples/jenkins runs its stages", async () => {
  deepStrictEqual(linesOf(await runLocally("jenkins")), [
    "checkout-42",
    "testing browser",
    "testing load",
    "testing unit",
    '["browser.xml","load.xml","unit.xml"]',
    `deploying ${IMAGE}, 2 replicas`,
  ]);
});

Deno.test("the examples take a branch name as it is, whatever it says", async () => {
  const github = await runLocally("github-actions", BRANCH);
  strictEqual(github.code, 0, github.stderr);
  match(github.stdout, /:5c0ffee1-debug of branch /);
  strictEqual(github.stdout.endsWith(`of branch ${BRANCH}\n`), true);
  for (const name of ["gitlab-ci", "jenkins"]) {
    const { code, stdout, stderr } = await runLocally(name, BRANCH);
    strictEqual(code, 0, stderr);
    match(stdout, /:5c0ffee1-debug, 2 replicas\n$/);
  }
});

Deno.test("examples/deno-tasks runs its tasks", async () => {
  await using folder = await TemporaryFolder.create("deno-tasks");
  const path = `${folder.path}/deno.json`;
  const config = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, config.replaceAll("../../", ROOT.pathname));
  const { code, stdout, stderr } = await deno(["task", "--quiet", "ci"], {
    cwd: folder.path,
  });
  strictEqual(code, 0, stderr);
  strictEqual(
    stdout.trim().split("\n").at(-1),
    "145 tests passed: browser.xml, unit.xml",
  );
});

/** An object store: ETags and conditional writes. */
function serveObjects(): Deno.HttpServer<Deno.NetAddr> {
  const objects = new Map<string, { text: string; etag: string }>();
  let versions = 0;
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      const found = objects.get(pathname);
      if (request.method !== "PUT") {
        return found
          ? new Response(found.text, { headers: { etag: found.etag } })
          : new Response(null, { status: 404 });
      }
      const text = await request.text();
      // Another request may have written meanwhile.
      const current = objects.get(pathname);
      const expected = request.headers.get("if-match");
      const isNew = request.headers.get("if-none-match") === "*";
      if (isNew ? current : expected && expected !== current?.etag) {
        return new Response(null, { status: 412 });
      }
      const etag = `"v${++versions}"`;
      objects.set(pathname, { text, etag });
      return new Response(null, { headers: { etag } });
    },
  );
}

Deno.test("examples/deno-tasks/report.ts loses nothing on an object store", async () => {
  await using server = serveObjects();
  await using folder = await TemporaryFolder.create();
  const host = `127.0.0.1:${server.addr.port}`;
  const runs = await Promise.all(
    ["unit", "browser", "load", "lint"].map((name, index) =>
      deno([
        ...["run", `--allow-net=${host}`, "--allow-read", "--allow-write"],
        "examples/deno-tasks/report.ts",
        `http://${host}/documents/`,
        `${folder.path}/${name}.md`,
        `${name}.xml`,
        String(10 ** index),
      ])
    ),
  );
  for (const { code, stderr } of runs) strictEqual(code, 0, stderr);
  const response = await fetch(`http://${host}/documents/build-1`);
  const { state } = await response.json();
  strictEqual(state.passed, 1111);
  deepStrictEqual(state.reports.toSorted(), [
    "browser.xml",
    "lint.xml",
    "load.xml",
    "unit.xml",
  ]);
  const summary = await Deno.readTextFile(`${folder.path}/unit.md`);
  match(
    summary,
    /^# build-1\n\n\| value \| \|\n.*\n\| state\.passed \| \d+ \|/,
  );
});

Deno.test("examples/library.ts prints what two tasks at once wrote", async () => {
  const { code, stdout, stderr } = await deno(
    ["run", "--allow-read", "--allow-write", "examples/library.ts"],
  );
  strictEqual(code, 0, stderr);
  match(stdout, /^passed: 145$/m);
  match(stdout, /"unit\.xml"/);
  match(stdout, /"browser\.xml"/);
  match(stdout, /checkout:5c0ffee1-slim --set replicas=6$/m);
});
