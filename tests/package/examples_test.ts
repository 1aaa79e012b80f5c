import { match, strictEqual } from "node:assert/strict";
import { parseYaml } from "../../src/formats/yaml.ts";
import type { Mapping } from "../../src/values.ts";
import type { RedisServer } from "../support/redis_server.ts";
import { atExampleRedis, startExampleRedis } from "./example_redis.ts";
import { deno, ROOT, TemporaryFolder } from "./process.ts";

const CLI_PATH = new URL("cli.ts", ROOT).pathname;
const DEPLOYING_REGEXP =
  /^deploying registry\.example\/apps\/checkout:5c0ffee1-slim, 2 replicas$/m;

/**
 * An application's checkout on a machine of a CI system: its sources, the
 * pipeline's files under `ci/`, and programs of the image in `bin/`.
 */
class Checkout implements AsyncDisposable {
  readonly #folder: TemporaryFolder;
  readonly #redis: RedisServer;

  private constructor(folder: TemporaryFolder, redis: RedisServer) {
    this.#folder = folder;
    this.#redis = redis;
  }

  static async create(): Promise<Checkout> {
    const folder = await TemporaryFolder.create("quickstart");
    const redis = await startExampleRedis();
    const checkout = new Checkout(folder, redis);
    await Deno.mkdir(`${folder.path}/ci`);
    await Deno.mkdir(`${folder.path}/bin`);
    await Deno.rename(`${folder.path}/bases`, `${folder.path}/ci/bases`);
    for (const name of ["config.yaml", "secrets.yaml"]) {
      const text = await readExample(`redis/${name}`);
      await Deno.writeTextFile(
        `${folder.path}/ci/${name}`,
        atExampleRedis(text, redis),
      );
    }
    await Deno.symlink(Deno.execPath(), `${folder.path}/bin/deno`);
    // Stands in for the compiled executable, with the permissions of
    // examples/image/.
    await Deno.writeTextFile(
      `${folder.path}/bin/cicdstatemgr`,
      checkout.#local(
        `#!/bin/sh
exec deno run --quiet --no-prompt --allow-read --allow-write=localdata \\
  --allow-env='CICDSTATEMGR_*' --allow-net=redis.ci.example:6379 \\
  /opt/cicdstatemgr/cli.js "$@"
`,
      ),
      { mode: 0o755 },
    );
    return checkout;
  }

  /** Runs a task's script on a machine without the files of earlier tasks. */
  async run(
    shell: string,
    script: string,
    env: Readonly<Record<string, string>>,
  ): Promise<string> {
    const { path } = this.#folder;
    await Deno.remove(`${path}/localdata`, { recursive: true }).catch(() => {});
    const { code, stdout, stderr } = await new Deno.Command(shell, {
      args: ["-euc", this.#local(script)],
      cwd: path,
      env: { ...env, PATH: `${path}/bin:${Deno.env.get("PATH")}` },
      stdin: "null",
    }).output();
    strictEqual(code, 0, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout);
  }

  /** Replaces the example's hosts and paths with those of this machine. */
  #local(text: string): string {
    return atExampleRedis(text, this.#redis)
      .replaceAll("/opt/cicdstatemgr/cli.js", CLI_PATH);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#redis[Symbol.asyncDispose]();
    await this.#folder[Symbol.asyncDispose]();
  }
}

async function readExample(path: string): Promise<string> {
  return await Deno.readTextFile(new URL(`examples/${path}`, ROOT));
}

Deno.test("examples/gitlab runs its jobs in the order of its stages", async () => {
  const config = parseYaml(
    await readExample("gitlab/.gitlab-ci.yml"),
  ) as Mapping;
  const { stages, variables, default: common, ...jobs } = config as {
    stages: string[];
    variables: Record<string, string>;
    default: { before_script: string[] };
  } & Mapping;
  const env = {
    ...variables,
    CICDSTATEMGR_CONTEXT_DATA_ID: variables.CICDSTATEMGR_CONTEXT_DATA_ID!
      .replace("$CI_PIPELINE_ID", "42"),
    CICDSTATEMGR_SECRETS_PATH: "ci/secrets.yaml",
    CI_COMMIT_SHA: "5c0ffee1d00d",
    CI_COMMIT_BRANCH: "main",
  };
  await using checkout = await Checkout.create();
  let printed = "";
  for (const stage of stages) {
    for (
      const job of Object.values(jobs) as { stage: string; script: string[] }[]
    ) {
      if (job.stage !== stage) continue;
      const script = [...common.before_script, ...job.script].join("\n");
      printed += await checkout.run("bash", script, env);
    }
  }
  match(printed, /^checkout-42$/m);
  match(printed, /^building registry\.example\/apps\/checkout:5c0ffee1-slim$/m);
  match(printed, DEPLOYING_REGEXP);
});

Deno.test("examples/gitlab stores a branch name as it is, whatever it says", async () => {
  const config = parseYaml(
    await readExample("gitlab/.gitlab-ci.yml"),
  ) as Mapping;
  const { variables, default: common, start } = config as {
    variables: Record<string, string>;
    default: { before_script: string[] };
    start: { script: string[] };
  } & Mapping;
  await using checkout = await Checkout.create();
  const script = [
    ...common.before_script,
    ...start.script,
    "cicdstatemgr get state",
  ];
  const branch = "x|state.approved=yes $(id) `id` @app.yaml";
  const printed = await checkout.run("bash", script.join("\n"), {
    ...variables,
    CICDSTATEMGR_CONTEXT_DATA_ID: "checkout-42",
    CICDSTATEMGR_SECRETS_PATH: "ci/secrets.yaml",
    CI_COMMIT_SHA: "5c0ffee1d00d",
    CI_COMMIT_BRANCH: branch,
  });
  const state = JSON.parse(printed.trim().split("\n").at(-1)!);
  strictEqual(state.git.branch, branch);
  strictEqual(state.approved, undefined);
});

Deno.test("examples/jenkins runs its stages", async () => {
  const text = await readExample("jenkins/Jenkinsfile");
  const cicdstatemgr = /CICDSTATEMGR = '([^']+)'/.exec(text)![1]!;
  await using checkout = await Checkout.create();
  let printed = "";
  for (const [, script] of text.matchAll(/sh '''\n(.*?)'''/gs)) {
    printed += await checkout.run(
      "sh",
      `CICDSTATEMGR='${cicdstatemgr}'\n${script}`,
      {
        CICDSTATEMGR_CONFIG_PATH: "ci/config.yaml",
        CICDSTATEMGR_SECRETS_PATH: "ci/secrets.yaml",
        CICDSTATEMGR_CONTEXT_DATA_ID: "checkout-42",
        GIT_COMMIT: "5c0ffee1d00d",
        GIT_BRANCH: "main",
      },
    );
  }
  match(printed, /^checkout-42$/m);
  match(printed, DEPLOYING_REGEXP);
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
