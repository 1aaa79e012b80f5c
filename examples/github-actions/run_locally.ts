/**
 * Runs the workflow of this example without GitHub:
 *
 *     deno run --allow-read --allow-write --allow-run --allow-env=PATH \
 *       examples/github-actions/run_locally.ts [BRANCH]
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a script that shows what steps print
import { parseYaml } from "../../mod.ts";
import { Checkout } from "../local/checkout.ts";

const WORKFLOW = new URL(".github/workflows/build.yml", import.meta.url);
const EXPRESSION_REGEXP = /\$\{\{\s*([\w.-]+)\s*\}\}/g;

type Strings = Readonly<Record<string, string>>;

interface Step {
  readonly id?: string;
  readonly run?: string;
  readonly env?: Strings;
}

interface Job {
  readonly needs?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, string[]>> };
  readonly outputs?: Strings;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly env: Strings;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What expressions can name, such as `github` or `matrix`. */
type Contexts = Readonly<Record<string, unknown>>;

/** Replaces `${{ a.b }}`. As on GitHub, what is missing is empty. */
function evaluate(text: string, contexts: Contexts): string {
  return text.replaceAll(EXPRESSION_REGEXP, (_, path: string) => {
    let value: unknown = contexts;
    for (const key of path.split(".")) {
      value = (value as Record<string, unknown> | undefined)?.[key];
    }
    return String(value ?? "");
  });
}

function evaluateAll(texts: Strings, contexts: Contexts): Strings {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, evaluate(text, contexts)]),
  );
}

/** Reads GITHUB_ENV or GITHUB_OUTPUT: `name=value`, or `name<<DELIMITER`. */
async function readCommands(path: string): Promise<Strings> {
  const values: Record<string, string> = {};
  const lines = (await Deno.readTextFile(path)).split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined) {
      const end = lines.indexOf(delimiter!, index + 1);
      values[name] = lines.slice(index + 1, end).join("\n");
      index = end;
    } else if (line.includes("=")) {
      const at = line.indexOf("=");
      values[line.slice(0, at)] = line.slice(at + 1);
    }
  }
  return values;
}

/** Runs the steps of a job. Returns its outputs. */
async function runJob(
  checkout: Checkout,
  name: string,
  { steps, outputs = {} }: Job,
  contexts: Contexts,
  variables: Strings,
): Promise<Strings> {
  const folder = await checkout.newJob();
  const env: Record<string, string> = {
    ...evaluateAll(variables, contexts),
    CICDSTATEMGR_SECRETS_PATH: "ci/secrets.yaml",
    GITHUB_ENV: `${folder}/github_env`,
    GITHUB_OUTPUT: `${folder}/github_output`,
  };
  const done: Record<string, { outputs: Strings }> = {};
  for (const { id, run, env: own = {} } of steps) {
    if (run === undefined) continue;
    await Deno.writeTextFile(env.GITHUB_OUTPUT!, "");
    await Deno.writeTextFile(env.GITHUB_ENV!, "");
    const inScope = { ...contexts, steps: done };
    const script = evaluate(run, inScope);
    const { code, stdout, stderr } = await checkout.run(
      folder,
      ["bash", "-e", "-o", "pipefail", "-c", script],
      { ...env, ...evaluateAll(own, inScope) },
    );
    if (code !== 0) throw new Error(`A step of ${name} failed: ${stderr}`);
    for (const line of stdout.trimEnd().split("\n")) {
      if (line) console.log(`${name}: ${line}`);
    }
    Object.assign(env, await readCommands(env.GITHUB_ENV!));
    if (id) done[id] = { outputs: await readCommands(env.GITHUB_OUTPUT!) };
  }
  return evaluateAll(outputs, { ...contexts, steps: done });
}

/** The values of each job of a matrix with one variable. */
function expand({ strategy }: Job): Strings[] {
  const [entry] = Object.entries(strategy?.matrix ?? {});
  if (!entry) return [{}];
  const [name, values] = entry;
  return values.map((value) => ({ [name]: value }));
}

const { env, jobs } = parseYaml(
  await Deno.readTextFile(WORKFLOW),
) as unknown as Workflow;
const branch = Deno.args[0] ?? "main";
const github = { run_id: "42" };
const needs: Record<string, { outputs: Strings }> = {};
await using checkout = await Checkout.create();
// The jobs are listed after those that they need.
for (const [name, job] of Object.entries(jobs)) {
  const outputs = await Promise.all(
    expand(job).map((matrix) =>
      runJob(checkout, name, job, { github, needs, matrix }, {
        ...env,
        GITHUB_SHA: "5c0ffee1d00d",
        GITHUB_REF_NAME: branch,
      })
    ),
  );
  needs[name] = { outputs: outputs[0]! };
}
