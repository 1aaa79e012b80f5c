import { appSchema, contextSchema } from "../src/config/app_config.ts";
import { LIMITS } from "../src/config/limits.ts";
import {
  configSchema,
  ENCRYPTION,
  secretsSchema,
  TOP_KEY,
} from "../src/config/schema.ts";
import type { Ability } from "../src/datasources/declaration.ts";
import { loadAllKinds } from "../src/datasources/registry.ts";
import { loadAllHandlers } from "../src/events/handlers/registry.ts";
import { HTTP } from "../src/http/config.ts";
import { mapping } from "../src/schema/composite.ts";
import { either, type JsonSchema } from "../src/schema/schema.ts";
import { commonKeys, keyList, withoutKeys } from "./key_list.ts";

const INTRODUCTION = `# Configuration reference

<!-- Written by deno task reference from the schemas in src/. Do not edit. -->

Configs, secrets, app configs and bases are YAML files. Every file is checked
when it is read. An error names the file with line and column, the key, what was
found and what is allowed.

Keys that are not listed here are your own, and templates can read them. A key
of your own that looks like a misspelling of a listed key that is missing is an
error. A key without a value (\`null\`) counts as missing.

The files in [\`schemas/\`](../schemas/) let editors check and complete what you
type. Name the schema in the first line of a file:

\`\`\`yaml
# yaml-language-server: $schema=schemas/config.schema.json
\`\`\`

\`config.schema.json\` is for configs, \`secrets.schema.json\` for secrets, and
\`app.schema.json\` for app configs and bases.
`;

const CONFIG = `## Config

\`--config\` or \`CICDSTATEMGR_CONFIG_PATH\` names the config. Everything is
below its only key, \`${TOP_KEY}\`:

\`\`\`yaml
cicdstatemgr:
  datasources:
    sqlite: { path: state.db, isPrimary: true }
    jsonfile: { path: localdata/state.json }
\`\`\`

Templates can read the whole config as \`configData\`.
`;

const SECRETS = `## Secrets

\`--secrets\` or \`CICDSTATEMGR_SECRETS_PATH\` names the secrets. Everything is
below \`${TOP_KEY}\`, as in the config.
`;

const APP = `## App configs and bases

\`--init-app-config-file\` or \`CICDSTATEMGR_INIT_APP_CONFIG_PATH\` names the app
config. It is merged over its bases: mappings are merged key by key, and any
other value replaces the one below it. A key that has different types in two
files is an error.
`;

const HANDLERS = `## Event handlers

Handlers are below \`pipelines.PIPELINE.event-handlers.EVENT\` of a context. Each
key is the kind of a handler. In place of one configuration, a handler can have
several named ones, which run in order:

\`\`\`yaml
set-values:
  version: { set: [{ from: "{{ tag }}", to: state.version }] }
  owner: { if: "{{ team }}", set: [{ from: "{{ team }}", to: state.owner }] }
\`\`\`
`;

/** Writes docs/configuration.md, before \`deno fmt\`. */
export async function configurationPage(): Promise<string> {
  const config = configSchema({
    datasources: mapping(),
    encryption: ENCRYPTION,
    http: HTTP,
    limits: LIMITS,
  }).json().properties?.[TOP_KEY]?.properties ?? {};
  const { datasources: _, ...sections } = config;
  return [
    INTRODUCTION,
    CONFIG,
    await datasourcesPart(),
    ...Object.entries(sections).map(([name, json]) =>
      part(`### \`${name}\``, json.description, json)
    ),
    SECRETS,
    secretsPart(),
    APP,
    keyList(appSchema(contextSchema(mapping())).json()),
    HANDLERS,
    await handlersPart(),
  ].join("\n");
}

function part(
  heading: string,
  description: string | undefined,
  json: JsonSchema,
): string {
  return `${heading}\n\n${description}\n\n${keyList(json)}`;
}

function secretsPart(): string {
  const json = secretsSchema({
    datasources: mapping({
      description: "Merged over the datasources of the config.",
    }),
    encryption: mapping({
      description: "Merged over the encryption of the config.",
    }),
  }).json();
  return keyList(json.properties?.[TOP_KEY] ?? {});
}

/** What a kind of datasource can do, in the words of the page. */
const ABILITIES: readonly (readonly [Ability, string])[] = [
  ["be primary", "be the primary"],
  ["be a readable mirror", "be read as a mirror"],
  ["hold many documents", "hold many documents"],
  ["keep history", "keep history"],
  ["expire documents", "expire documents"],
];

async function datasourcesPart(): Promise<string> {
  const kinds = await loadAllKinds();
  const all = kinds.map(({ section }) => section.json());
  const common = commonKeys(all);
  const parts = kinds.map(({ name, description, can }, index) => {
    const abilities = ABILITIES.filter(([ability]) => can(ability))
      .map(([, words]) => words);
    const able = abilities.length === 0
      ? description
      : `${description} It can ${
        either(abilities).replace(/ or ([^,]*)$/, " and $1")
      }.`;
    return part(`#### \`${name}\``, able, withoutKeys(all[index]!, common));
  });
  const intro = `### \`datasources\`

Where documents are kept. Each key is the name of a kind, or a name of your own
with a key \`kind\`. Exactly one datasource is the primary, and the others mirror
it. Two datasources cannot share a file. Every datasource has these keys:

${keyList(common)}`;
  return [intro, ...parts].join("\n");
}

async function handlersPart(): Promise<string> {
  const handlers = await loadAllHandlers();
  const all = handlers.map((handler) => handler.json());
  const common = commonKeys(all);
  const parts = handlers.map(({ kind, ownKey, description }, index) =>
    part(
      `### The handler \`${kind}\``,
      `${description} Each configuration has \`${ownKey}\`.`,
      withoutKeys(all[index]!, common),
    )
  );
  return [`Every handler has these keys:\n\n${keyList(common)}`, ...parts]
    .join("\n");
}
