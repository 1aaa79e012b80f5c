/**
 * Runs the pipeline of this example without GitLab:
 *
 *     deno run --allow-read --allow-write --allow-run --allow-env=PATH \
 *       examples/gitlab-ci/run_locally.ts [BRANCH]
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a script that shows what jobs print
import { parseYaml } from "../../mod.ts";
import { Checkout } from "../local/checkout.ts";

type Strings = Readonly<Record<string, string>>;

interface Job {
  readonly stage: string;
  readonly script: readonly string[];
  readonly parallel?: {
    readonly matrix: readonly Readonly<Record<string, string[]>>[];
  };
  readonly artifacts?: { readonly reports: { readonly dotenv: string } };
}

/** Runs a job. Returns the variables of its dotenv report. */
async function runJob(
  name: string,
  { script, artifacts }: Job,
  env: Strings,
): Promise<Strings> {
  const folder = await checkout.newJob();
  const { code, stdout, stderr } = await checkout.run(
    folder,
    ["sh", "-ec", script.join("\n")],
    env,
  );
  if (code !== 0) throw new Error(`${name} failed: ${stderr}`);
  for (const line of stdout.trimEnd().split("\n")) {
    if (line) console.log(`${name}: ${line}`);
  }
  if (!artifacts) return {};
  const report = `${folder}/${artifacts.reports.dotenv}`;
  const lines = (await Deno.readTextFile(report)).trimEnd().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2)));
}

/** The variables of each job of a matrix with one variable. */
function expand({ parallel }: Job): Strings[] {
  if (!parallel) return [{}];
  return parallel.matrix.flatMap((variables) =>
    Object.entries(variables).flatMap(([name, values]) =>
      values.map((value) => ({ [name]: value }))
    )
  );
}

const { stages, variables, default: _, ...jobs } = parseYaml(
  await Deno.readTextFile(new URL(".gitlab-ci.yml", import.meta.url)),
) as unknown as {
  readonly stages: readonly string[];
  readonly variables: Strings;
  readonly default: unknown;
} & Readonly<Record<string, Job>>;
await using checkout = await Checkout.create();
let reports: Strings = {};
for (const stage of stages) {
  const selected = Object.entries(jobs).filter(([, job]) =>
    job.stage === stage
  );
  const results = await Promise.all(
    selected.flatMap(([name, job]) =>
      expand(job).map((matrix) =>
        runJob(name, job, {
          ...variables,
          CICDSTATEMGR_CONTEXT_DATA_ID: "checkout-42",
          CICDSTATEMGR_SECRETS_PATH: "ci/secrets.yaml",
          CI_COMMIT_SHA: "5c0ffee1d00d",
          CI_COMMIT_BRANCH: Deno.args[0] ?? "main",
          ...matrix,
          ...reports,
        })
      )
    ),
  );
  reports = Object.assign({}, reports, ...results);
}
