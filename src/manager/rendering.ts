import type { Config } from "../config/types.ts";
import type { Document } from "../document/change.ts";
import { valueAt } from "../document/path.ts";
import {
  addTemplateOwner,
  createRenderer,
  type Renderer,
  type RendererOptions,
} from "../templates/renderer.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";
import type { GetOptions, RenderingOptions } from "./options.ts";
import type { ManagerParts } from "./parts.ts";

/**
 * Returns the renderer of a document's templates, with its macros.
 *
 * @param parts The manager's parts.
 * @param document The document.
 * @param options What happens when a template fails.
 * @returns The renderer.
 */
export function rendererOf(
  { config, log }: ManagerParts,
  document: Document,
  options: RenderingOptions,
): Renderer {
  return createRenderer(
    macrosOf(document),
    log,
    rendererOptions(config, options),
  );
}

/** Returns how templates are rendered: as the caller or else the config says. */
export function rendererOptions(
  { limits, templatesOnError }: Config,
  { onTemplateError, strictUndefined }: RenderingOptions,
): RendererOptions {
  return {
    onError: onTemplateError ?? templatesOnError,
    strict: strictUndefined,
    limits: limits?.templates,
  };
}

function macrosOf(document: Document): string {
  const macros = getKey(document, "jinja2Macros");
  const all = isMapping(macros) ? getKey(macros, "all") : undefined;
  return typeof all === "string" ? all : "";
}

/**
 * Returns the function that builds the template context of a document: its
 * keys, `configData` and the variables.
 *
 * @param parts The manager's parts.
 * @param options The variables. They override values of the document at the
 * same paths.
 * @returns A function from a document to its context. It throws a
 * {@linkcode CicdStateError} with code `PATH` if a variable cannot be set.
 */
export async function createContextOf(
  { config: { configData } }: ManagerParts,
  { variables = [] }: RenderingOptions,
): Promise<(document: Document) => Mapping> {
  if (variables.length === 0) {
    return (document) => ({ ...document, configData });
  }
  // Only variables need JSONPath.
  const { addVariables } = await import("./variables.ts");
  return (document) =>
    addVariables({ ...document, configData }, document, variables);
}

/**
 * Waits for a rendering, and says what was rendered if its template fails.
 *
 * @param what What is rendered, for messages: `variables.tag`.
 * @param rendering The rendering.
 * @returns Its result.
 * @throws {CicdStateError} `TEMPLATE`.
 */
export async function named<T>(
  what: string,
  rendering: Promise<T>,
): Promise<T> {
  try {
    return await rendering;
  } catch (error) {
    throw addTemplateOwner(error, `Cannot render "${what}"`, what);
  }
}

/**
 * Reads values of one revision of a document; see
 * {@linkcode CicdStateMgr.getAll}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param expressions JSONPaths.
 * @param options Where to read, and how to render.
 * @returns The value of each: a list if several match, `undefined` if none does.
 * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `TEMPLATE`, `PERMISSION` or `TIMEOUT`.
 */
export async function getValues(
  parts: ManagerParts,
  id: string,
  expressions: readonly string[],
  options: GetOptions,
): Promise<(Value | undefined)[]> {
  const { raw = false } = options;
  const document = await readDocument(parts, id, options);
  const contextOf = await createContextOf(parts, options);
  const renderer = rendererOf(parts, document, options);
  const values: (Value | undefined)[] = [];
  for (const expression of expressions) {
    const value = await findValue(document, expression);
    // Otherwise an empty string would render to what its macros print.
    const isTemplate = !raw && typeof value === "string" && value !== "";
    const rendering = isTemplate
      ? renderer.render(value, contextOf(document))
      : undefined;
    values.push(rendering ? await named(expression, rendering) : value);
  }
  return values;
}

/**
 * Renders a template over a document; see {@linkcode CicdStateMgr.render}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param template The source of the template.
 * @param options Where to read, and how to render.
 * @returns The output.
 * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `TEMPLATE`, `PERMISSION` or `TIMEOUT`.
 */
export async function renderDocument(
  parts: ManagerParts,
  id: string,
  template: string,
  options: Omit<GetOptions, "raw">,
): Promise<string> {
  const document = await readDocument(parts, id, options);
  const contextOf = await createContextOf(parts, options);
  return await rendererOf(parts, document, options)
    .render(template, contextOf(document));
}

/** Keys joined by dots. JSONPath means the same by them as a property path. */
const KEYS_REGEXP = /^(?!.*\bwhere)[a-z_][\w-]*(?:\.[a-z_][\w-]*){0,99}$/i;

/** Most paths are keys: they need no JSONPath. */
async function findValue(
  document: Document,
  expression: string,
): Promise<Value | undefined> {
  if (KEYS_REGEXP.test(expression)) {
    return valueAt(document, expression.split("."));
  }
  const { queryPath } = await import("../document/jsonpath.ts");
  const found = queryPath(document, expression);
  return found.length > 1 ? found : found[0];
}

async function readDocument(
  { repository }: ManagerParts,
  id: string,
  { fresh = false }: GetOptions,
): Promise<Document> {
  if (fresh) return (await repository.read(id)).document;
  return await repository.readNearest(id);
}
