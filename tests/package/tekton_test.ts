import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { parseYaml } from "../../src/formats/yaml.ts";
import type { Mapping, Value } from "../../src/values.ts";
import { deno, ROOT } from "./process.ts";

const EXAMPLE = new URL("examples/tekton/", ROOT);
const PERMISSIONS = [
  ...["--allow-read", "--allow-write", "--allow-run", "--allow-env=PATH"],
  "--allow-net=127.0.0.1",
];

Deno.test("examples/tekton plays its walk-through without a cluster", async () => {
  const { code, stdout, stderr } = await deno(
    ["run", ...PERMISSIONS, "examples/tekton/run_locally.ts"],
  );
  strictEqual(code, 0, stderr);
  deepStrictEqual(stdout.trim().split("\n"), [
    "#deployments",
    'checkout 5c0ffee1 on main: Round "half" up; $(id)',
    "  │ Build it?  [ Build ]",
    "  │     → maria presses [ Build ]",
    "  │ Built registry.example/apps/checkout:5c0ffee1",
    "  │ Validate it?  [ Validate ]",
    "  │     → maria presses [ Validate ]",
    "  │ Validated: no findings",
    "  │ Where should registry.example/apps/checkout:5c0ffee1 go?" +
    "  [ Deploy to blue ]  [ Deploy to green ]",
    "  │     → maria presses [ Deploy to blue ]",
    "  │ maria chose blue",
    "  │ Deployed to blue",
    "  │ Test it?  [ Test ]",
    "  │     → maria presses [ Test ]",
    "  │ 15 tests passed: browser.xml, load.xml, unit.xml",
    "",
    "#deployments",
    // The name of the branch is a value, and nothing else.
    "checkout 0badcafe on x|state.approved=yes: Try another rounding",
    "  │ Built registry.example/apps/checkout:0badcafe",
    "  │ Validated: no findings",
    "  │ Deployed to preview",
    "  │ 15 tests passed: browser.xml, load.xml, unit.xml",
  ]);
});

Deno.test("examples/tekton has only fields of Tekton's API", async () => {
  const kustomization = parseYaml(
    await Deno.readTextFile(new URL("kustomization.yaml", EXAMPLE)),
  ) as { resources: string[] } & Mapping;
  let resources = 0;
  for (const path of kustomization.resources) {
    const text = await Deno.readTextFile(new URL(path, EXAMPLE));
    for (const part of text.split(/^---$/m)) {
      const { kind, apiVersion, spec } = parseYaml(part) as {
        kind: string;
        apiVersion: string;
        spec: Mapping;
      } & Mapping;
      if (!apiVersion.includes("tekton.dev/")) continue;
      strictEqual(apiVersion, API_VERSIONS[kind]);
      checkFields(spec, FIELDS[kind]!, `${path}: ${kind}`);
      resources++;
    }
  }
  strictEqual(resources, 17);
});

/** Fields of a mapping: `true` for a plain value, `[…]` for a list of items. */
type Fields = { readonly [field: string]: true | Fields | readonly [Fields] };

function checkFields(value: Value, fields: Fields, where: string): void {
  for (const [key, child] of Object.entries(value as Mapping)) {
    const expected = fields[key];
    ok(expected, `${where} has no field ${key}`);
    if (expected === true) continue;
    if (!Array.isArray(expected)) {
      checkFields(child, expected as Fields, `${where}.${key}`);
      continue;
    }
    ok(Array.isArray(child), `${where}.${key} must be a list`);
    for (const item of child as Value[]) {
      checkFields(item, expected[0]!, `${where}.${key}`);
    }
  }
}

const API_VERSIONS: Readonly<Record<string, string>> = {
  Task: "tekton.dev/v1",
  Pipeline: "tekton.dev/v1",
  EventListener: "triggers.tekton.dev/v1beta1",
  TriggerBinding: "triggers.tekton.dev/v1beta1",
  TriggerTemplate: "triggers.tekton.dev/v1beta1",
};

const PARAM_SPEC: Fields = {
  name: true,
  type: true,
  description: true,
  default: true,
  enum: true,
};
const PARAM: Fields = { name: true, value: true };
const WORKSPACE_DECLARATION: Fields = {
  name: true,
  description: true,
  mountPath: true,
  optional: true,
  readOnly: true,
};
const REF: Fields = {
  name: true,
  kind: true,
  apiVersion: true,
  resolver: true,
  params: [PARAM],
};

/** The fields of the APIs that an author can set, as far as the example uses them. */
const FIELDS: Readonly<Record<string, Fields>> = {
  Task: {
    description: true,
    params: [PARAM_SPEC],
    results: [{ name: true, type: true, description: true, value: true }],
    workspaces: [WORKSPACE_DECLARATION],
    stepTemplate: {
      image: true,
      workingDir: true,
      env: [PARAM],
      volumeMounts: [{ name: true, mountPath: true, readOnly: true }],
    },
    volumes: [{
      name: true,
      configMap: { name: true },
      secret: { secretName: true },
    }],
    steps: [{ name: true, image: true, env: [PARAM], script: true }],
  },
  Pipeline: {
    description: true,
    params: [PARAM_SPEC],
    workspaces: [{ name: true, description: true, optional: true }],
    tasks: [{
      name: true,
      taskRef: REF,
      runAfter: true,
      params: [PARAM],
      matrix: { params: [PARAM] },
      workspaces: [{ name: true, workspace: true, subPath: true }],
    }],
  },
  TriggerBinding: { params: [PARAM] },
  TriggerTemplate: {
    params: [{ name: true, description: true, default: true }],
    resourcetemplates: [{
      apiVersion: true,
      kind: true,
      metadata: { name: true, generateName: true, labels: true },
      spec: {
        pipelineRef: REF,
        params: [PARAM],
        workspaces: [{ name: true, volumeClaimTemplate: true }],
      },
    }],
  },
  EventListener: {
    serviceAccountName: true,
    triggers: [{
      name: true,
      interceptors: [{
        name: true,
        ref: { name: true, kind: true },
        params: [PARAM],
      }],
      bindings: [{ ref: true, kind: true, name: true, value: true }],
      template: { ref: true, spec: true },
    }],
  },
};
