import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  checkRefusedConfigs,
  configFile,
  loadSections,
} from "../../tests/support/config.ts";
import type { GivenLimits } from "../jinja/runtime/budget.ts";
import { CicdStateMgr } from "../manager/manager.ts";
import type { Mapping } from "../values.ts";

const FILES = { jsonfile: { path: "a.json", isPrimary: true } };

checkRefusedConfigs([
  [
    "a time limit of zero",
    configFile("limits: {templates: {timeout-ms: 0}}"),
    "line 4, column 36",
    '"cicdstatemgr.limits.templates.timeout-ms" is 0. ' +
    "It must be an integer from 1 to 3600000",
  ],
  [
    "a depth that would exhaust the stack",
    configFile("limits:", "  templates:", "    max-depth: 1001"),
    "line 6, column 18",
    '"cicdstatemgr.limits.templates.max-depth" is 1001. ' +
    "It must be an integer from 1 to 1000",
  ],
  [
    "a misspelt limit",
    configFile("limits: {templates: {max-step: 5}}"),
    "line 4, column 24",
    '"cicdstatemgr.limits.templates.max-step" is not a known key. ' +
    'Did you mean "max-steps"? A key of your own needs another name',
  ],
]);

Deno.test("loadConfig() reads the limits that are given", async () => {
  strictEqual((await loadSections({ datasources: FILES })).limits, undefined);
  for (
    const [section, changed] of [
      [{}, {}],
      [{ templates: { "max-steps": 7 } }, { maxSteps: 7 }],
      [
        {
          templates: {
            "timeout-ms": 1,
            "max-steps": 2,
            "max-length": 3,
            "max-bytes": 4,
            "max-depth": 5,
          },
        },
        { timeoutMs: 1, maxSteps: 2, maxLength: 3, maxBytes: 4, maxDepth: 5 },
      ],
      // A section of the user's own may have had this name before.
      [{ disk: "10G" }, {}],
    ] satisfies [Mapping, GivenLimits][]
  ) {
    const { limits } = await loadSections({
      datasources: FILES,
      limits: section,
    });
    deepStrictEqual(limits?.templates ?? {}, changed);
  }
});

/** Renders a template with these limits, and returns what is reported. */
async function render(source: string, templates: Mapping): Promise<string[]> {
  const said: string[] = [];
  const folder = await Deno.makeTempDir();
  try {
    await using manager = await CicdStateMgr.open({
      config: {
        cicdstatemgr: {
          datasources: {
            jsonfile: { path: `${folder}/a.json`, isPrimary: true },
          },
          limits: { templates },
        },
      },
      logger: {
        info() {},
        warn() {},
        error: (message) => said.push(message),
      },
    });
    const stage = { template: source };
    await manager.init("a", { appConfig: { "cicd-contexts": { stage } } });
    await manager.get("a", "template");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return said;
}

for (
  const [name, source, templates] of [
    ["steps", "{% for i in range(100) %}{% endfor %}", { "max-steps": 50 }],
    ["length", "{{ 'a' * 100 }}", { "max-length": 50 }],
    ["bytes", "{% set a = 'a' * 100 %}", { "max-bytes": 50 }],
    [
      "depth",
      "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(20) }}",
      { "max-depth": 10 },
    ],
    [
      "time",
      "{% for i in range(9000) %}{% for j in range(900) %}{% endfor %}{% endfor %}",
      { "timeout-ms": 1 },
    ],
  ] as const
) {
  Deno.test(`limits bound the ${name} of a template`, async () => {
    strictEqual((await render(source, templates)).length, 1);
    if (name !== "time") deepStrictEqual(await render(source, {}), []);
  });
}
