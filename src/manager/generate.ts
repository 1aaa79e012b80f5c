import {
  applyChange,
  type Document,
  type Operation,
} from "../document/change.ts";
import { assign } from "../document/assignment.ts";
import { queryPath } from "../document/jsonpath.ts";
import { checkRevision } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import type { AppFiles } from "../events/types.ts";
import type { Renderer } from "../templates/renderer.ts";
import { describeType } from "../util/messages.ts";
import { fileNamedBy } from "../util/read_text.ts";
import {
  getKey,
  isFalsy,
  isMapping,
  type Mapping,
  type Value,
} from "../values.ts";
import { changeDocument } from "./change.ts";
import { appFiles } from "./files.ts";
import type { GenerateOptions } from "./options.ts";
import type { ManagerParts } from "./parts.ts";
import { createContextOf, named, rendererOf } from "./rendering.ts";

/** What generators need. */
interface GenerateServices {
  /** Renders keys, values and conditions. */
  readonly renderer: Renderer;
  /** Builds the template context of a document. */
  readonly contextOf: (document: Document) => Mapping;
  /** Reads files that the document names. */
  readonly files: AppFiles;
}

/**
 * Runs generators and stores what they set; see {@linkcode CicdStateMgr.generate}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param path A JSONPath that finds exactly one mapping of generators.
 * @param options The template variables and the conditions.
 * @returns The document.
 * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `INPUT`, `STORE`, `CONFLICT`, `PERMISSION` or `TIMEOUT`.
 */
export async function generateValues(
  parts: ManagerParts,
  id: string,
  path: string,
  options: GenerateOptions,
): Promise<Document> {
  const { document, revision } = await parts.repository.read(id);
  checkRevision(id, revision, options.ifRevision);
  const operations = await runGenerators(document, path, {
    renderer: rendererOf(parts, document, options),
    contextOf: await createContextOf(parts, options),
    files: appFiles(parts.config),
  });
  if (operations.length === 0) return document;
  return await changeDocument(parts, id, operations, options);
}

/** Returns the operations that set the generated values. */
async function runGenerators(
  document: Document,
  path: string,
  services: GenerateServices,
): Promise<Operation[]> {
  const generators = findGenerators(document, path);
  const operations: Operation[] = [];
  let current = document;
  for (const name of Object.keys(generators)) {
    const generator = generators[name]!;
    const at = `${path}.${name}`;
    if (!isMapping(generator)) throw wrongType(at, generator, "a mapping");
    const made = await named(
      at,
      runGenerator(generator, at, current, services),
    );
    current = applyChange(current, made);
    operations.push(...made);
  }
  return operations;
}

function findGenerators(document: Document, path: string): Mapping {
  const found = queryPath(document, path);
  if (found.length === 0) {
    throw new CicdStateError(
      "NOT_FOUND",
      `Cannot generate "${path}": it finds nothing`,
      { hint: "Check the path with cicdstatemgr get", place: { path } },
    );
  }
  if (found.length === 1) {
    const generators = found[0]!;
    if (isMapping(generators)) return generators;
    throw wrongType(path, generators, "a mapping of generators");
  }
  throw new CicdStateError(
    "PATH",
    `Cannot generate "${path}": it finds ${found.length} values`,
    {
      hint:
        "Name exactly one mapping of generators; cicdstatemgr get shows what a path finds",
    },
  );
}

async function runGenerator(
  generator: Mapping,
  at: string,
  document: Document,
  services: GenerateServices,
): Promise<Operation[]> {
  const { renderer, contextOf } = services;
  // Built once, so that the entries of a generator do not see each other.
  const context = { ...contextOf(document), generator };
  if (!await renderer.allows(getKey(generator, "if"), context)) return [];
  const entries = required(generator, "set", at);
  if (!Array.isArray(entries)) throw wrongType(`${at}.set`, entries, "a list");
  const operations: Operation[] = [];
  for (const [index, entry] of entries.entries()) {
    const where = `${at}.set[${index}]`;
    if (!isMapping(entry)) throw wrongType(where, entry, "a mapping");
    const key = required(entry, "key", where);
    if (typeof key !== "string") {
      throw wrongType(`${where}.key`, key, "a string");
    }
    const source = required(entry, "value", where);
    if (isFalsy(source)) continue;
    const target = (await renderer.render(key, context)).trim();
    if (target === "") continue;
    const value = await renderValue(source, context, where, services);
    operations.push(assign(target, value));
  }
  return operations;
}

async function renderValue(
  source: Value,
  context: Mapping,
  where: string,
  { renderer, files }: GenerateServices,
): Promise<Value> {
  if (typeof source !== "string") return source;
  const text = (await renderer.render(source, context)).trim();
  const path = fileNamedBy(source, text);
  return path === undefined ? text : await files.load(path, `${where}.value`);
}

function required(mapping: Mapping, key: string, at: string): Value {
  const value = getKey(mapping, key);
  if (value !== undefined) return value;
  throw new CicdStateError("PATH", `Cannot generate: "${at}" has no "${key}"`, {
    hint: "Write set: [{key: PATH, value: TEMPLATE}]",
  });
}

function wrongType(at: string, value: Value, wanted: string): CicdStateError {
  return new CicdStateError(
    "PATH",
    `Cannot generate: "${at}" is ${describeType(value)}`,
    { hint: `It must be ${wanted}` },
  );
}
