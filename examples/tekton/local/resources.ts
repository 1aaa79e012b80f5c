import { parseYaml } from "../../../mod.ts";

/** A name and a value, as most lists of Tekton's resources have them. */
export interface Param {
  readonly name: string;
  readonly value: string;
}

/** A Task. */
export interface Task {
  readonly results?: readonly { readonly name: string }[];
  readonly stepTemplate: {
    readonly workingDir: string;
    readonly env: readonly Param[];
    readonly volumeMounts: readonly { name: string; mountPath: string }[];
  };
  readonly volumes: readonly {
    readonly name: string;
    readonly configMap?: { readonly name: string };
    readonly secret?: { readonly secretName: string };
  }[];
  readonly steps: readonly {
    readonly name: string;
    readonly env?: readonly Param[];
    readonly script: string;
  }[];
}

/** A task of a Pipeline. */
export interface PipelineTask {
  readonly name: string;
  readonly taskRef: { readonly name?: string; readonly resolver?: string };
  readonly runAfter?: readonly string[];
  readonly params: readonly Param[];
  readonly matrix?: {
    readonly params: readonly { name: string; value: readonly string[] }[];
  };
}

/** What a TriggerTemplate creates. */
export interface PipelineRun {
  readonly metadata: { readonly generateName: string };
  readonly spec: {
    readonly pipelineRef: { readonly name: string };
    readonly params: readonly Param[];
  };
}

/** A trigger of the EventListener. */
export interface Trigger {
  readonly name: string;
  readonly interceptors: readonly {
    readonly ref: { readonly name: string };
    readonly params: readonly { name: string; value: unknown }[];
  }[];
  readonly bindings: readonly { readonly ref: string }[];
  readonly template: { readonly ref: string };
}

/** The specs of the resources, by kind and name. */
export interface Specs {
  readonly Task: Readonly<Record<string, Task>>;
  readonly Pipeline: Readonly<Record<string, { tasks: PipelineTask[] }>>;
  readonly TriggerBinding: Readonly<Record<string, { params: Param[] }>>;
  readonly TriggerTemplate: Readonly<
    Record<string, { resourcetemplates: PipelineRun[] }>
  >;
  readonly EventListener: Readonly<Record<string, { triggers: Trigger[] }>>;
}

/** The resources of the example, and the files of its ConfigMaps and Secrets. */
export interface Resources {
  readonly specs: Specs;
  /** ConfigMaps and Secrets by name: their files by name. */
  readonly files: ReadonlyMap<string, Map<string, string>>;
}

interface Generator {
  readonly name: string;
  readonly files?: readonly string[];
  readonly literals?: readonly string[];
}

/** Reads kustomization.yaml and what it names. */
export async function readResources(folder: URL): Promise<Resources> {
  const read = (path: string) => Deno.readTextFile(new URL(path, folder));
  const kustomization = parseYaml(
    await read("kustomization.yaml"),
  ) as unknown as {
    resources: string[];
    configMapGenerator: Generator[];
    secretGenerator: Generator[];
  };
  const specs: Record<string, Record<string, unknown>> = {};
  for (const path of kustomization.resources) {
    for (const text of (await read(path)).split(/^---$/m)) {
      const { kind, metadata, spec } = parseYaml(text) as unknown as {
        kind: string;
        metadata: { name: string };
        spec: unknown;
      };
      (specs[kind] ??= {})[metadata.name] = spec;
    }
  }
  const files = new Map<string, Map<string, string>>();
  for (
    const { name, files: paths = [], literals = [] } of [
      ...kustomization.configMapGenerator,
      ...kustomization.secretGenerator,
    ]
  ) {
    const entries = new Map<string, string>();
    for (const path of paths) {
      entries.set(path.slice(path.lastIndexOf("/") + 1), await read(path));
    }
    for (const literal of literals) {
      const [key, value] = literal.split("=", 2);
      entries.set(key!, value!);
    }
    files.set(name, entries);
  }
  return { specs: specs as unknown as Specs, files };
}

/**
 * Replaces `$(name)` by a value, as Tekton does: textually, and only names that
 * it knows.
 */
export function substitute(
  text: string,
  values: Readonly<Record<string, string>>,
): string {
  return text.replaceAll(
    /\$\(([\w.-]+)\)/g,
    (reference, name: string) => values[name] ?? reference,
  );
}
