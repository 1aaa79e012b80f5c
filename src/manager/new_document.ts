import {
  type AppConfig,
  collectMacros,
  selectContext,
  selectVariables,
} from "../config/app_config.ts";
import { applyChange, type Change, type Document } from "../document/change.ts";
import { checkIdStays } from "../document/condition.ts";
import type { Renderer } from "../templates/renderer.ts";
import { getKey, isFalsy, type Mapping, setKey } from "../values.ts";

/**
 * Makes the document of an app config's context, without its variables.
 *
 * @param app The app config.
 * @param id The document's id.
 * @param contextName The context's name.
 * @param change What is set before anything is rendered.
 * @returns The document; its key order is that of stored documents.
 * @throws {CicdStateError} `NOT_FOUND`, `CONFIG` or `PATH`.
 */
export function newDocument(
  app: AppConfig,
  id: string,
  contextName: string,
  change: Change,
): Document {
  const context = selectContext(app, contextName);
  const document: Document = {};
  for (const key of Object.keys(context)) setKey(document, key, context[key]!);
  document["appPipelinesConfig"] = app.own;
  document["jinja2Macros"] = collectMacros(app);
  document["state"] = { cicdContextDataId: id, cicdContextName: contextName };
  checkIdStays(document, change, id);
  return applyChange(document, change);
}

/**
 * Renders an app config's variables into a document, in order: each sees those
 * before it.
 *
 * @param app The app config.
 * @param document The document.
 * @param renderer Renders them.
 * @param contextOf Makes what templates see of a document.
 * @returns The document with its variables.
 * @throws {CicdStateError} `CONFIG` or `PATH`.
 */
export async function addVariables(
  app: AppConfig,
  document: Document,
  renderer: Renderer,
  contextOf: (document: Document) => Mapping,
): Promise<Document> {
  const variables = selectVariables(app);
  let current = document;
  for (const name of Object.keys(variables)) {
    if (isFalsy(getKey(current, "variables"))) {
      current = applyChange(current, [
        { op: "set", path: ["variables"], value: {} },
      ]);
    }
    const source = variables[name]!;
    const value = typeof source === "string"
      ? await renderer.render(source, contextOf(current))
      : source;
    const path = ["variables", name];
    current = applyChange(current, [{ op: "set", path, value }]);
  }
  return current;
}
