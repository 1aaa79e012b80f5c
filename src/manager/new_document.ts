import {
  type AppConfig,
  collectMacros,
  loadAppConfig,
} from "../config/app_config.ts";
import { applyChange, type Change, type Document } from "../document/change.ts";
import { checkIdStays } from "../document/condition.ts";
import { getKey, isFalsy, setKey } from "../values.ts";
import type { InitOptions } from "./options.ts";
import type { ManagerParts } from "./parts.ts";
import { createContextOf, named, rendererOf } from "./templates/rendering.ts";

/**
 * Builds the document of an app config without running handlers or storing it.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param options The app config, and what is set first.
 * @returns The document.
 * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `PATH` or `PERMISSION`.
 */
export async function draftDocument(
  parts: ManagerParts,
  id: string,
  options: InitOptions,
): Promise<Document> {
  const { appConfig, basesDir, contextName = "stage", change = [] } = options;
  const refused = parts.config.sources;
  const app = await loadAppConfig(appConfig, {
    basesDir,
    contextName,
    refused,
  });
  const document = newDocument(app, id, contextName, change);
  return await addVariables(app, document, parts, options);
}

/** Builds the document without its variables, in the key order of stored documents. */
function newDocument(
  app: AppConfig,
  id: string,
  contextName: string,
  change: Change,
): Document {
  const { context } = app;
  const document: Document = {};
  for (const key of Object.keys(context)) setKey(document, key, context[key]!);
  document["appPipelinesConfig"] = app.own;
  document["jinja2Macros"] = collectMacros(app);
  document["state"] = { cicdContextDataId: id, cicdContextName: contextName };
  checkIdStays(document, change, id);
  return applyChange(document, change);
}

/** Renders the app config's variables in order: each sees those before it. */
async function addVariables(
  app: AppConfig,
  document: Document,
  parts: ManagerParts,
  options: InitOptions,
): Promise<Document> {
  const renderer = rendererOf(parts, document, options);
  const contextOf = await createContextOf(parts, options);
  const variables = app.variables;
  let current = document;
  for (const name of Object.keys(variables)) {
    if (isFalsy(getKey(current, "variables"))) {
      current = applyChange(current, [
        { op: "set", path: ["variables"], value: {} },
      ]);
    }
    const source = variables[name]!;
    const value = typeof source === "string"
      ? await named(
        `variables.${name}`,
        renderer.render(source, contextOf(current)),
      )
      : source;
    const path = ["variables", name];
    current = applyChange(current, [{ op: "set", path, value }]);
  }
  return current;
}
