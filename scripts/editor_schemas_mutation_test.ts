import { deepStrictEqual } from "node:assert/strict";
import { loadAppConfig } from "../src/config/app_config.ts";
import { loadConfig } from "../src/config/load.ts";
import { CicdStateError } from "../src/errors.ts";
import { parseYaml } from "../src/formats/yaml.ts";
import {
  cloneValue,
  isMapping,
  type Mapping,
  type Value,
} from "../src/values.ts";
import { editorAccepts } from "../tests/support/schema.ts";
import { editorSchemas } from "./editor_schemas.ts";

const SCHEMAS = await editorSchemas();

const CONFIG = `
cicdstatemgr:
  datasources:
    redis: {host: a, port: 1, tls: {ca-file: x}, sentinels: ["a:1"], ttl: 7d, history: {max-entries: 1}, isPrimary: true}
    jsonfile: {path: a.json}
    shellfile: {path: a.sh, excludeKeyNames: [a]}
    mine: {kind: yamlfile, path: a.yaml}
  encryption: {keys: [a]}
  http: {timeout-ms: 1, on-error: fail, record: state.a, ca-file: x}
  trigger: {url: "http://a", headers: [{name: a, value: b}], auto-args: {a: b}}
  notify: {auto-capture-response-data: [{from: a, to: b}]}
  slack: {url: "http://a", token-hosts: [a]}
  templates: {notify: a}
  files-from: [a]
  limits: {templates: {max-steps: 5}}
  own: {a: [1]}
`;

const SECRETS = `
cicdstatemgr:
  datasources: {redis: {password: a}}
  slack: {token: a}
  trigger: {token: a}
  own: a
`;

const APP = `
jinja2-macros: {a: b}
variables: {a: b, c: [1]}
own: 1
cicd-contexts:
  stage:
    own: {a: b}
    pipelines:
      build:
        own: 1
        event-handlers:
          done:
            notify: {message: a, if: b, capture-response-data: [{from: a, to: b}], http: {retries: 1}}
            manual-choice: {title: a, choices: {c: {header: a, options: [{text: a, value: b}]}}, choice-generators: {g: {foreach: a, iterator: b, template: c}}}
            trigger-pipeline: {name: a, args: {a: b}}
            respond: {one: {message: a, url: b, own: c}, two: {message: a}}
            set-values: {set: [{from: a, to: b}]}
`;

const JUNK: readonly Value[] = [
  null,
  true,
  0,
  -1,
  99_999,
  1.5,
  "",
  "text",
  [],
  ["a"],
  [{}],
  {},
  { a: 1 },
];

/** Returns copies of a value, each with something else at one place. */
function* mutations(value: Value): Generator<[path: string, changed: Value]> {
  for (const junk of JUNK) yield [` is ${JSON.stringify(junk)}`, junk];
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const [path, changed] of mutations(item)) {
        yield [`[${index}]${path}`, value.with(index, changed)];
      }
    }
  }
  if (!isMapping(value)) return;
  for (const key of Object.keys(value)) {
    const { [key]: own, ...others } = value;
    yield [`.${key} is missing`, others];
    for (const [path, changed] of mutations(own!)) {
      yield [`.${key}${path}`, { ...value, [key]: changed }];
    }
  }
}

/** Returns what a reader says against a file, or nothing. */
async function refusal(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
    return "";
  } catch (error) {
    // Anything else is a defect of the reader.
    if (!(error instanceof CicdStateError)) throw error;
    return error.message;
  }
}

/** What only the reader knows: rules for the whole, or for what is merged. */
const READER_ONLY_REGEXP =
  /has no (?:primary|key|".*")|is a key of the primary|is missing|^No context/;

/** Checks that an editor accepts what the reader accepts, for each mutation. */
function checkAgreement(
  name: string,
  yaml: string,
  read: (content: Mapping) => Promise<unknown>,
): void {
  Deno.test(`editorSchemas() agrees with the reader of ${name} files`, async () => {
    const schema = SCHEMAS.get(`${name}.schema.json`)!;
    const disagreements: string[] = [];
    for (const [path, content] of mutations(parseYaml(yaml))) {
      if (!isMapping(content)) continue;
      const said = await refusal(read(cloneValue(content)));
      const accepts = editorAccepts(schema, content);
      if (accepts === (said === "")) continue;
      if (accepts && READER_ONLY_REGEXP.test(said)) continue;
      disagreements.push(`${path}: ${said || "the reader accepts it"}`);
    }
    deepStrictEqual(disagreements, []);
  });
}

checkAgreement(
  "config",
  CONFIG,
  (content) => loadConfig(content, undefined, true),
);
checkAgreement("secrets", SECRETS, (content) => {
  const config = parseYaml(CONFIG);
  return loadConfig(isMapping(config) ? config : {}, content, true);
});
checkAgreement(
  "app",
  APP,
  (content) =>
    loadAppConfig(content, { basesDir: undefined, contextName: "stage" }),
);
