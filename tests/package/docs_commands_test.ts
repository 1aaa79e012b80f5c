import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { installProgram } from "../../examples/local/program.ts";
import { ROOT, TemporaryFolder } from "./process.ts";

const SECTION_REGEXP = /^### `(\w+)`\n(.*?)(?=^##)/gms;
const SHELL_REGEXP = /^```sh\n(.*?)^```/gms;
const PACKAGE = "jsr:@cicdstatemgr/cicdstatemgr@0.1.0/cli";
/** What examples run, besides this program. */
const STUBS = ["make", "kubectl", "terraform", "helm", "npm"];

const CONFIG = {
  cicdstatemgr: {
    datasources: {
      sqlite: { path: "localdata/state.db", isPrimary: true },
      jsonfile: { path: "localdata/state.json" },
      shellfile: { path: "localdata/state.sh" },
    },
  },
};
const SET = { "set-values": { set: [{ from: "yes", to: "state.done" }] } };
const HANDLERS = { "event-handlers": { started: SET, finished: SET } };
const CONTEXT = {
  replicas: 2,
  title: "build {{ state.tag }}",
  pipelines: {
    build: {
      ...HANDLERS,
      generators: {
        image: { name: { set: [{ key: "state.image", value: "v1" }] } },
      },
    },
    deploy: HANDLERS,
  },
};
const STATE = {
  git: { sha: "5c0ffee1d00d", branch: "main" },
  tag: "v1",
  image: "registry.example/checkout:v1",
  shards: { a: 1, b: 2 },
  attempts: 1,
  slots: 3,
  lock: "job-7",
  approved: "yes",
  approval: "yes",
};

/** A folder in which the documented commands find what they name. */
class Stage implements AsyncDisposable {
  readonly #folder: TemporaryFolder;

  private constructor(folder: TemporaryFolder) {
    this.#folder = folder;
  }

  static async create(): Promise<Stage> {
    const folder = await TemporaryFolder.create();
    const { path } = folder;
    await installProgram(`${path}/bin`);
    for (const stub of STUBS) {
      await Deno.writeTextFile(`${path}/bin/${stub}`, "#!/bin/sh\n", {
        mode: 0o755,
      });
    }
    await Deno.symlink(Deno.execPath(), `${path}/bin/deno`);
    const files = {
      "config.yaml": CONFIG,
      "app.yaml": { "cicd-contexts": { stage: CONTEXT, prod: CONTEXT } },
      "report.xml": "<testsuite/>",
      "message.txt.j2": "{{ state.tag }}",
    };
    for (const [name, content] of Object.entries(files)) {
      const text = typeof content === "string"
        ? content
        : JSON.stringify(content);
      await Deno.writeTextFile(`${path}/${name}`, text);
    }
    return new Stage(folder);
  }

  /** Creates the document. */
  async initialize(): Promise<void> {
    const state = Object.entries(STATE).map(([key, value]) =>
      `--set-json 'state.${key}=${JSON.stringify(value)}'`
    );
    const script = `cicdstatemgr init build-42 --app-config app.yaml ${
      state.join(" ")
    }`;
    strictEqual(await this.run(script), "");
  }

  /** Runs a script. Returns what went wrong; empty if nothing did. */
  async run(script: string): Promise<string> {
    const { path } = this.#folder;
    const { code, stderr } = await new Deno.Command("sh", {
      args: [
        "-euc",
        script.replaceAll(PACKAGE, new URL("cli.ts", ROOT).pathname)
          .replaceAll("/tekton/results", `${path}/results`),
      ],
      cwd: path,
      env: {
        PATH: `${path}/bin:${Deno.env.get("PATH")}`,
        CICDSTATEMGR_CONFIG_PATH: "config.yaml",
        CICDSTATEMGR_CONTEXT_DATA_ID: "build-42",
        GITHUB_OUTPUT: `${path}/github_output`,
        GITHUB_ENV: `${path}/github_env`,
        EDITOR: "true",
        NO_COLOR: "1",
      },
      stdin: "null",
    }).output();
    if (code === 0) return "";
    return `${script} exits ${code}: ${new TextDecoder().decode(stderr)}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folder[Symbol.asyncDispose]();
  }
}

async function readPage(name: string): Promise<string> {
  return await Deno.readTextFile(new URL(`docs/${name}`, ROOT));
}

const SEVEN_REVISIONS =
  "for tag in v2 v3 v4 v5 v6 v7; do cicdstatemgr set state.tag=$tag; done";
/** What a command's examples need first. */
const BEFORE: Readonly<Record<string, string>> = {
  diff: SEVEN_REVISIONS,
  rollback: SEVEN_REVISIONS,
  remove: "cicdstatemgr init pr-17-a --app-config app.yaml",
  reseal: `sed -i 's|{"cicdstatemgr":{|&"encryption":{"keys":["${
    new Uint8Array(32).toBase64()
  }"]},|' config.yaml`,
};

Deno.test("every example of docs/cli.md runs", async (test) => {
  const page = await readPage("cli.md");
  for (const [, command, section] of page.matchAll(SECTION_REGEXP)) {
    const lines = Array.from(
      section!.matchAll(SHELL_REGEXP),
      ([, block]) => block!.trim().split("\n"),
    ).flat();
    await test.step(command!, async () => {
      await using stage = await Stage.create();
      if (command !== "init") await stage.initialize();
      if (BEFORE[command!]) strictEqual(await stage.run(BEFORE[command!]!), "");
      for (const line of lines) strictEqual(await stage.run(line), "");
    });
  }
});

Deno.test("every command of the other pages of docs runs", async (test) => {
  for await (const { name } of Deno.readDir(new URL("docs/", ROOT))) {
    if (!name.endsWith(".md") || name === "cli.md") continue;
    const page = await readPage(name);
    const blocks = Array.from(
      page.matchAll(SHELL_REGEXP),
      ([, block]) => block!,
    );
    if (blocks.length === 0) continue;
    await test.step(name, async () => {
      await using stage = await Stage.create();
      await stage.initialize();
      const failures: string[] = [];
      for (const block of blocks) {
        const failure = await stage.run(block);
        if (failure) failures.push(failure);
      }
      deepStrictEqual(failures, []);
    });
  }
});
