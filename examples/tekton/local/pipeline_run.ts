import type {
  Param,
  PipelineRun,
  PipelineTask,
  Resources,
  Task,
} from "./resources.ts";
import { substitute } from "./resources.ts";

/** What stands in for the cluster. */
export interface ClusterOptions {
  /** A folder that is kept while the cluster is used. */
  readonly folder: string;
  /** The folder of `cicdstatemgr`, the program. */
  readonly programs: string;
  /** What git-clone clones. */
  readonly source: URL;
  /** Called with what a step printed. */
  readonly onOutput: (task: string, output: string) => void;
}

/** Runs PipelineRuns on this machine: a folder for each workspace, no containers. */
export class Cluster {
  readonly #resources: Resources;
  readonly #options: ClusterOptions;
  #runs = 0;

  constructor(resources: Resources, options: ClusterOptions) {
    this.#resources = resources;
    this.#options = options;
  }

  /** Runs a PipelineRun to its end. */
  async run({ metadata, spec }: PipelineRun): Promise<void> {
    const workspace = `${this.#options.folder}/${metadata.generateName}${++this
      .#runs}`;
    await Deno.mkdir(workspace);
    const { tasks } = this.#resources.specs.Pipeline[spec.pipelineRef.name]!;
    const values = Object.fromEntries(
      spec.params.map(({ name, value }) => [`params.${name}`, value]),
    );
    for (const task of inOrder(tasks)) {
      const { resolver, name } = task.taskRef;
      if (resolver === "hub") {
        await copyFolder(this.#options.source, workspace);
        continue;
      }
      const results = await Promise.all(
        combinations(task).map((params) =>
          this.#runTask(this.#resources.specs.Task[name!]!, {
            name: task.name,
            workspace,
            params: params.map((param) => ({
              name: param.name,
              value: substitute(param.value, values),
            })),
          })
        ),
      );
      for (const [result, value] of Object.entries(results[0]!)) {
        values[`tasks.${task.name}.results.${result}`] = value;
      }
    }
  }

  /** Runs the steps of a Task. Returns its results. */
  async #runTask(
    task: Task,
    { name, workspace, params }: {
      name: string;
      workspace: string;
      params: readonly Param[];
    },
  ): Promise<Record<string, string>> {
    const pod = await Deno.makeTempDir({ dir: this.#options.folder });
    await Deno.mkdir(`${pod}/results`);
    const values: Record<string, string> = {
      "workspaces.source.path": workspace,
    };
    for (const param of params) values[`params.${param.name}`] = param.value;
    for (const result of task.results ?? []) {
      values[`results.${result.name}.path`] = `${pod}/results/${result.name}`;
    }
    const mounts = await this.#mount(task, pod);
    const local = (text: string) =>
      mounts.reduce(
        (result, [path, folder]) => result.replaceAll(path, folder),
        substitute(text, values),
      );
    const { workingDir, env } = task.stepTemplate;
    for (const step of task.steps) {
      // As Tekton does, a script is a file that is executed.
      const script = `${pod}/${step.name}.sh`;
      await Deno.writeTextFile(script, local(step.script), { mode: 0o755 });
      const variables = [...env, ...step.env ?? []]
        .map((variable) => [variable.name, local(variable.value)]);
      const { code, stdout, stderr } = await new Deno.Command(script, {
        cwd: local(workingDir),
        env: {
          PATH: `${this.#options.programs}:${Deno.env.get("PATH")}`,
          ...Object.fromEntries(variables),
        },
        clearEnv: true,
        stdin: "null",
      }).output();
      const output = new TextDecoder().decode(stdout) +
        new TextDecoder().decode(stderr);
      this.#options.onOutput(name, output);
      if (code !== 0) throw new Error(`The Task ${name} failed:\n${output}`);
    }
    const results: Record<string, string> = {};
    for (const result of task.results ?? []) {
      results[result.name] = await Deno.readTextFile(
        `${pod}/results/${result.name}`,
      );
    }
    return results;
  }

  /** Writes the files of a Task's volumes. Returns mount paths and folders. */
  async #mount(task: Task, pod: string): Promise<[string, string][]> {
    const mounts: [string, string][] = [];
    for (const { name, mountPath } of task.stepTemplate.volumeMounts) {
      const volume = task.volumes.find((volume) => volume.name === name)!;
      const source = volume.configMap?.name ?? volume.secret!.secretName;
      await Deno.mkdir(`${pod}/${name}`);
      for (const [file, text] of this.#resources.files.get(source)!) {
        await Deno.writeTextFile(`${pod}/${name}/${file}`, text);
      }
      mounts.push([mountPath, `${pod}/${name}`]);
    }
    // One path may begin with another.
    return mounts.sort(([one], [other]) => other.length - one.length);
  }
}

/** The tasks, each after those that it names and whose results it takes. */
function inOrder(tasks: readonly PipelineTask[]): PipelineTask[] {
  const ordered: PipelineTask[] = [];
  const visit = (task: PipelineTask) => {
    if (ordered.includes(task)) return;
    const text = JSON.stringify(task);
    for (const other of tasks) {
      const isNeeded = task.runAfter?.includes(other.name) ||
        text.includes(`$(tasks.${other.name}.results.`);
      if (isNeeded) visit(other);
    }
    ordered.push(task);
  };
  for (const task of tasks) visit(task);
  return ordered;
}

/** The parameters of each run of a task: one, or one for each item of its matrix. */
function combinations({ params, matrix }: PipelineTask): Param[][] {
  let runs: Param[][] = [[...params]];
  for (const { name, value } of matrix?.params ?? []) {
    runs = runs.flatMap((run) =>
      value.map((item) => [...run, { name, value: item }])
    );
  }
  return runs;
}

async function copyFolder(from: URL, to: string): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(from)) {
    if (isFile) await Deno.copyFile(new URL(name, from), `${to}/${name}`);
  }
}
