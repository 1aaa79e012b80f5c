import { CicdStateError } from "../errors.ts";
import {
  list,
  mapping,
  nullable,
  object,
  once,
  record,
} from "../schema/composite.ts";
import {
  anything,
  type Path,
  type Problem,
  readValue,
  type Report,
  type Schema,
  string,
} from "../schema/schema.ts";
import { suggest } from "../util/messages.ts";
import { isMapping, type Mapping, setKey, type Value } from "../values.ts";
import { type BasesOptions, readBases } from "./bases.ts";
import {
  type ConfigSource,
  mergeSources,
  readSource,
  type Source,
  sourceError,
} from "./source.ts";
import { findSuspects } from "./suspects.ts";

/** The key that holds the contexts of an app config. */
export const CONTEXTS_KEY = "cicd-contexts";

/** An app config, merged over its bases and checked. */
export interface AppConfig {
  /** The app config file alone. */
  readonly own: Mapping;
  /** The context that documents are created from. */
  readonly context: Mapping;
  /** The sources of the macros that templates can call, by name. */
  readonly macros: ReadonlyMap<string, string>;
  /** The variables, not rendered yet. */
  readonly variables: Mapping;
  /** What looks wrong in the context, though it can be used. */
  readonly suspects: readonly Problem[];
}

/** Options of {@linkcode loadAppConfig}. */
export interface AppConfigOptions extends BasesOptions {
  /** The name of the context. */
  readonly contextName: string;
}

/** How many handlers a context may have. YAML aliases can repeat a few lines many times. */
const MAX_HANDLERS = 100_000;

/**
 * Reads an app config file, merges it over its bases and checks the result. Only
 * the requested context is checked in full, because other contexts may be
 * unfinished parts that it is built from.
 *
 * @param source The app config file.
 * @param options The folder of the bases, and the context.
 * @returns The app config.
 * @throws {CicdStateError} `CONFIG`, with the file, the line and the column of
 * what is wrong; `NOT_FOUND`, listing the known contexts; or `PERMISSION`.
 */
export async function loadAppConfig(
  source: ConfigSource,
  { contextName, ...options }: AppConfigOptions,
): Promise<AppConfig> {
  const app = await readSource(source, {
    what: "app config",
    naming: "the app config",
  });
  const bases = await readBases(app, options);
  const sources = [...bases, app];
  const merged = await mergeSources(sources);
  const outcome = readValue(appSchema(anything()), merged);
  if (!outcome.ok) throw await sourceError(outcome.problems, sources);
  const misspelled = misspelledKeys(sources);
  if (misspelled.length > 0) throw await sourceError(misspelled, sources);
  const { jinja2Macros, cicdContexts, variables = {} } = outcome.value;
  const context = cicdContexts?.get(contextName);
  if (context === undefined) {
    throw unknownContext(contextName, [...cicdContexts?.keys() ?? []], app);
  }
  const problems = await checkContext(context, [CONTEXTS_KEY, contextName]);
  if (problems.length > 0) throw await sourceError(problems, sources);
  const used = isMapping(context) ? context : {};
  return {
    own: app.content,
    context: used,
    macros: jinja2Macros ?? new Map(),
    variables,
    suspects: findSuspects(used, [CONTEXTS_KEY, contextName]),
  };
}

/**
 * Finds keys at the top of each file that look like a misspelling of one that
 * the file lacks. The merged files may have that key from another one.
 *
 * @param sources The bases and the app config.
 * @returns A problem for each of these keys.
 */
export function misspelledKeys(sources: readonly Source[]): Problem[] {
  return sources.flatMap(({ content }) => {
    const outcome = readValue(appSchema(anything()), content);
    return outcome.ok
      ? []
      : outcome.problems.filter(({ path, isKey }) =>
        isKey && path.length === 1
      );
  });
}

/**
 * Checks a context and all handlers of its events.
 *
 * @param context The context.
 * @param path The keys that lead to it.
 * @returns What is wrong with it.
 */
export async function checkContext(
  context: Value,
  path: Path,
): Promise<Problem[]> {
  const events: { readonly value: Value; readonly path: Path }[] = [];
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const collector: Schema<void> = {
    about: {},
    json: () => ({}),
    read: (value, path) => void events.push({ value, path }),
  };
  contextSchema(collector).read(context, path, report);
  if (events.length === 0) return problems;
  let handlers = 0;
  const { checkHandlers } = await import("../events/dispatch.ts");
  for (const { value, path } of events) {
    handlers += countHandlers(value);
    if (handlers > MAX_HANDLERS) return [...problems, tooManyHandlers(path)];
    await checkHandlers(value, path, report);
  }
  return problems;
}

/** Counts the handlers of an event, including those that aliases repeat. */
function countHandlers(event: Value): number {
  if (!isMapping(event)) return 0;
  const sections = Object.values(event).filter(isMapping);
  return sections.reduce(
    (count, section) => count + Object.keys(section).length,
    0,
  );
}

function tooManyHandlers(path: Path): Problem {
  return {
    path,
    message: `is an event of a context with more than ${MAX_HANDLERS} handlers`,
    hint: "Split the context, or repeat less by aliases",
  };
}

/**
 * Returns the error for a context that an app config does not have.
 *
 * @param name Its name.
 * @param known The contexts that it has.
 * @param source The app config file.
 * @returns The error.
 */
export function unknownContext(
  name: string,
  known: readonly string[],
  { label }: Source,
): CicdStateError {
  const near = suggest(name, known);
  const meant = near === undefined ? "" : `Did you mean "${near}"? `;
  return new CicdStateError(
    "NOT_FOUND",
    `No context "${name}" in ${label}`,
    {
      hint: known.length === 0
        ? `It has none: write one under ${CONTEXTS_KEY}`
        : `${meant}Known contexts: ${known.join(", ")}`,
    },
  );
}

/**
 * Collects an app config's macros as documents keep them.
 *
 * @param app The app config.
 * @returns `byName`, the source of each macro, and `all`, the sources one after the other.
 */
export function collectMacros({ macros }: AppConfig): Mapping {
  const byName: Mapping = {};
  for (const [name, source] of macros) setKey(byName, name, source);
  const all = [...macros.values()].map((source) => source.trim()).join("");
  return { byName, all };
}

/**
 * Creates the schema of an app config.
 *
 * @typeParam Context What a context is read as.
 * @param context The schema of a context.
 * @returns The schema of the whole file.
 */
export function appSchema<Context>(context: Schema<Context>) {
  return object({
    "bases": list(string(), {
      description:
        "Files that this one builds on, in the folder of the bases. Each is merged over those before it, and this file over all of them.",
    }),
    "jinja2-macros": record(string({ mayBeEmpty: true }), {
      description: "Macros that every template can call: names and sources.",
    }),
    "variables": mapping({
      description:
        "Values of the document under variables. Strings are templates, rendered in order when the document is created.",
    }),
    [CONTEXTS_KEY]: record(context, {
      description: "The contexts, by name. A document is created from one.",
    }),
  }, {
    isOpen: true,
    description: "What an app defines for the pipelines that it goes through.",
  });
}

/**
 * Creates the schema of a context. What YAML aliases repeat is read once.
 *
 * @typeParam Event What an event is read as.
 * @param event The schema of an event: its handlers by kind.
 * @returns The schema.
 */
export function contextSchema<Event>(event: Schema<Event>) {
  const pipeline = object({
    "event-handlers": record(nullable(once(event)), {
      description: "The handlers of each event, by the name of the event.",
    }),
  }, {
    isOpen: true,
    description:
      "A pipeline: the handlers of its events, and keys of your own.",
  });
  return nullable(object({
    "pipelines": record(nullable(once(pipeline)), {
      description: "The pipelines, by name.",
    }),
  }, {
    isOpen: true,
    description:
      "What the documents of this context begin with: its pipelines, and keys of your own.",
  }));
}
