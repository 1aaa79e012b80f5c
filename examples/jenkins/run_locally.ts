/**
 * Runs the pipeline of this example without Jenkins:
 *
 *     deno run --allow-read --allow-write --allow-run --allow-env=PATH \
 *       examples/jenkins/run_locally.ts [BRANCH]
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a script that shows what stages print
import { Checkout } from "../local/checkout.ts";

const STEP_REGEXP = /sh '''\n(.*?)'''/gs;
const AXIS_REGEXP = /name '(\w+)'\s+values (.+)/;

const jenkinsfile = await Deno.readTextFile(
  new URL("Jenkinsfile", import.meta.url),
);
const [, axis, values] = AXIS_REGEXP.exec(jenkinsfile)!;
await using checkout = await Checkout.create();

/** Runs a step in a new workspace. */
async function runStep(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const folder = await checkout.newJob();
  const { code, stdout, stderr } = await checkout.run(
    folder,
    ["sh", "-ec", script],
    {
      CICDSTATEMGR_CONFIG_PATH: "ci/config.yaml",
      CICDSTATEMGR_SECRETS_PATH: "ci/secrets.yaml",
      CICDSTATEMGR_CONTEXT_DATA_ID: "checkout-42",
      GIT_COMMIT: "5c0ffee1d00d",
      GIT_BRANCH: Deno.args[0] ?? "main",
      ...env,
    },
  );
  if (code !== 0) throw new Error(`A step failed: ${stderr}`);
  if (stdout) console.log(stdout.trimEnd());
}

for (const [, script] of jenkinsfile.matchAll(STEP_REGEXP)) {
  // The step of the matrix is the one that reads its axis.
  const runs = script!.includes(`$${axis}`)
    ? values!.split(", ").map((value) => ({ [axis!]: value.slice(1, -1) }))
    : [{}];
  await Promise.all(runs.map((env) => runStep(script!, env)));
}
