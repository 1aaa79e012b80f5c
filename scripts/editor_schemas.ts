import { appSchema, contextSchema } from "../src/config/app_config.ts";
import { LIMITS } from "../src/config/limits.ts";
import {
  configSchema,
  ENCRYPTION,
  secretsSchema,
} from "../src/config/schema.ts";
import type { DatasourceKind } from "../src/datasources/kind.ts";
import { loadAllKinds } from "../src/datasources/registry.ts";
import type { Handler } from "../src/events/handler.ts";
import { loadAllHandlers } from "../src/events/handlers/registry.ts";
import { HTTP } from "../src/http/config.ts";
import { type JsonSchema, scalar, type Schema } from "../src/schema/schema.ts";

// Editors know draft-07 best, and what is used here means the same in 2020-12.
const DRAFT = "http://json-schema.org/draft-07/schema#";

/** The JSON Schemas of all files, by the name of the schema's file. */
export async function editorSchemas(): Promise<Map<string, JsonSchema>> {
  const kinds = await loadAllKinds();
  const handlers = await loadAllHandlers();
  return new Map([
    ["config.schema.json", {
      $schema: DRAFT,
      title: "A config of cicdstatemgr",
      ...configSchema({
        datasources: jsonOnly(datasourcesJson(kinds, false)),
        encryption: ENCRYPTION,
        http: HTTP,
        limits: LIMITS,
      }).json(),
      definitions: Object.fromEntries(
        kinds.map(({ name, section }) => [name, section.json()]),
      ),
    }],
    ["secrets.schema.json", {
      $schema: DRAFT,
      title: "Secrets of cicdstatemgr",
      ...secretsSchema({
        datasources: jsonOnly(datasourcesJson(kinds, true)),
        encryption: ENCRYPTION,
      }).json(true),
      definitions: Object.fromEntries(
        kinds.map(({ name, section }) => [name, section.json(true)]),
      ),
    }],
    ["app.schema.json", {
      $schema: DRAFT,
      title: "An app config of cicdstatemgr, or a base of one",
      ...appSchema(contextSchema(jsonOnly(eventJson(handlers)))).json(true),
      definitions: Object.fromEntries(
        handlers.map((handler) => [handler.kind, handler.json(true)]),
      ),
    }],
  ]);
}

/** Makes a schema that is only written, and never reads a value. */
function jsonOnly(json: JsonSchema): Schema<undefined> {
  return scalar<undefined>({
    json,
    wanted: "",
    convert: () => undefined,
    fallback: undefined,
  });
}

function reference(name: string): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}

/** `datasources`: by the name of a kind, or by any name with a key `kind`. */
function datasourcesJson(
  kinds: readonly DatasourceKind[],
  isPartial: boolean,
): JsonSchema {
  const names = kinds.map(({ name }) => name);
  const named = {
    type: "object",
    properties: { kind: { enum: names } },
    required: ["kind"],
    allOf: names.map((name) => ({
      if: { properties: { kind: { const: name } } },
      then: reference(name),
    })),
  };
  return {
    type: "object",
    properties: Object.fromEntries(
      names.map((name) => [name, reference(name)]),
    ),
    additionalProperties: isPartial ? { type: "object" } : named,
    description:
      "Where documents are kept. Each key is the name of a kind, or a name of your own with a key kind. Exactly one datasource has isPrimary: true, the others mirror it.",
  };
}

/** The handlers of an event: each is one config, or a mapping of named ones. */
function eventJson(handlers: readonly Handler[]): JsonSchema {
  const properties = handlers.map(({ mayBeNull, ...handler }) => {
    const { kind, ownKey, description } = handler;
    return [kind, {
      anyOf: [
        reference(kind),
        ...mayBeNull ? [{ type: "null" }] : [],
        {
          type: "object",
          not: { required: [ownKey] },
          properties: { enabled: { type: "boolean" }, http: HTTP.json() },
          additionalProperties: reference(kind),
        },
      ],
      description,
    }];
  });
  return { type: "object", properties: Object.fromEntries(properties) };
}
