import { ok, strictEqual } from "node:assert/strict";
import { parseYaml } from "../src/formats/yaml.ts";
import { editorAccepts } from "../tests/support/schema.ts";
import { editorSchemas } from "./editor_schemas.ts";

const SCHEMAS = await editorSchemas();
const EXAMPLES = new URL("../examples/", import.meta.url);

/** Reports whether an editor accepts a file, given as YAML. */
function accepts(schemaName: string, yaml: string): boolean {
  const schema = SCHEMAS.get(`${schemaName}.schema.json`);
  ok(schema, `there is no ${schemaName}.schema.json`);
  return editorAccepts(schema, parseYaml(yaml));
}

for (
  const [schema, paths] of [
    ["config", [
      "events/config.yaml",
      "quickstart/config.yaml",
      "redis/config.yaml",
    ]],
    ["secrets", [
      "events/secrets.yaml",
      "quickstart/secrets.yaml",
      "redis/secrets.yaml",
    ]],
    ["app", [
      "events/app.yaml",
      "quickstart/app.yaml",
      "quickstart/bases/base.yaml",
    ]],
  ] as const
) {
  for (const path of paths) {
    Deno.test(`editorSchemas() accepts examples/${path}`, async () => {
      const yaml = await Deno.readTextFile(new URL(path, EXAMPLES));
      strictEqual(accepts(schema, yaml), true);
    });
  }
}

const SQLITE = "sqlite: {path: a.db, isPrimary: true}";

/** Files of each schema: some that fit, and some that do not. */
const FILES = {
  config: {
    fits: [
      `cicdstatemgr: {datasources: {${SQLITE}}}`,
      `cicdstatemgr: {datasources: {${SQLITE}}, mine: {x: [1]}, slack: {room: a}}`,
      `cicdstatemgr: {datasources: {reports: {kind: yamlfile, path: x}}}`,
      "cicdstatemgr: {datasources: {redis: {tls: {ca-file: a}, ttl: 7d, port: '1'}}}",
      "cicdstatemgr: {datasources: {redis: {host: null, sentinels: ['a:1']}}}",
      "cicdstatemgr: {http: {on-error: fail, retries: 0}, slack: {url: ''}}",
      "cicdstatemgr: {trigger: {headers: [{name: a, value: b, note: c}]}}",
      "x-common: {a: 1}\ncicdstatemgr: {encryption: {key-env: KEY}}",
    ],
    broken: [
      "{}",
      "cicdstatemgr:",
      "cicdstatemgr: []",
      "cicdstatemgr: {datasources: [redis]}",
      "cicdstatemgr: {datasources: {reddis: {}}}",
      "cicdstatemgr: {datasources: {reports: {path: x}}}",
      "cicdstatemgr: {datasources: {reports: {kind: xml, path: x}}}",
      "cicdstatemgr: {datasources: {reports: {kind: yamlfile}}}",
      "cicdstatemgr: {datasources: {reports: {kind: redis, prot: 1}}}",
      "cicdstatemgr: {datasources: {redis: {port: 99999}}}",
      "cicdstatemgr: {datasources: {redis: {prot: 1}}}",
      "cicdstatemgr: {datasources: {redis: {ttl: 7 days}}}",
      "cicdstatemgr: {datasources: {redis: {url: localhost}}}",
      "cicdstatemgr: {datasources: {redis: {cluster: [a]}}}",
      "cicdstatemgr: {datasources: {sqlite: {isPrimary: true}}}",
      "cicdstatemgr: {datasources: {sqlite: {path: a, isPrimary: 'yes'}}}",
      "cicdstatemgr: {http: {timeout-ms: -1}}",
      "cicdstatemgr: {http: {on-error: stop}}",
      "cicdstatemgr: {encryption: {key: x}}",
      "cicdstatemgr: {slack: {url: slack.com}}",
      "cicdstatemgr: {trigger: {headers: {a: b}}}",
      "cicdstatemgr: {trigger: {headers: [{value: b}]}}",
      "cicdstatemgr: {notify: {auto-capture-response-data: [{from: a}]}}",
      "cicdstatemgr: {templates: {notify: [a]}}",
      "cicdstatemgr: {files-from: data}",
    ],
  },
  secrets: {
    fits: [
      "{}",
      "cicdstatemgr:",
      "cicdstatemgr: {mine: a, slack: {token: ''}, trigger: {token: 1}}",
      // The config has the rest of the datasource.
      "cicdstatemgr: {datasources: {redis: {password: a}, sqlite: {}}}",
      "cicdstatemgr: {datasources: {mine: {password: a}}}",
      "cicdstatemgr: {encryption: {keys: [a]}}",
    ],
    broken: [
      "cicdstatemgr: a",
      "cicdstatemgr: {slack: {token: [a]}}",
      "cicdstatemgr: {slack: token}",
      "cicdstatemgr: {datasources: {redis: {pasword: a}}}",
      "cicdstatemgr: {datasources: {redis: {port: 0}}}",
      "cicdstatemgr: {encryption: {keys: a}}",
    ],
  },
  app: {
    fits: [
      "{}",
      "bases: [a.yaml]\nmine: 1\nvariables: {a: 1}",
      "cicd-contexts: {stage: null, prod: {region: a, pipelines: {build: null}}}",
      event("null"),
      event("{notify: {message: 'a', channel: '#b'}}"),
      event("{notify: {enabled: false}}"),
      event("{notify: {one: {message: a}, two: {message: b, if: c}}}"),
      event("{set-values: {set: [{from: a, to: b}]}}"),
      event("{mine: [1]}"),
    ],
    broken: [
      "[]",
      "bases: a.yaml",
      "jinja2-macros: [a]",
      "jinja2-macros: {a: [b]}",
      "variables: []",
      "cicd-contexts: []",
      "cicd-contexts: {stage: []}",
      "cicd-contexts: {stage: {pipelines: []}}",
      event("[notify]"),
      event("{notify: [a]}"),
      event("{notify: {message: a, http: {retries: 99}}}"),
      event("{notify: {http: {retrys: 1}}}"),
      event("{set-values: {set: {from: a}}}"),
      event("{trigger-pipeline: {name: a, args: [b]}}"),
    ],
  },
};

function event(yaml: string): string {
  return `cicd-contexts: {stage: {pipelines: {build: {event-handlers: {done: ${yaml}}}}}}`;
}

for (const [schema, { fits, broken }] of Object.entries(FILES)) {
  for (const yaml of fits) {
    Deno.test(`editorSchemas() accepts the ${schema} ${yaml}`, () => {
      strictEqual(accepts(schema, yaml), true);
    });
  }
  for (const yaml of broken) {
    Deno.test(`editorSchemas() refuses the ${schema} ${yaml}`, () => {
      strictEqual(accepts(schema, yaml), false);
    });
  }
}
