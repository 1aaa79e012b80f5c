import type { Document } from "../document/change.ts";
import { CicdStateError } from "../errors.ts";
import {
  completeHttpConfig,
  DEFAULT_HTTP_CONFIG,
  HTTP,
  type HttpConfig,
} from "../http/config.ts";
import { mapping } from "../schema/composite.ts";
import {
  type Path,
  pathText,
  type Problem,
  readValue,
  type Report,
} from "../schema/schema.ts";
import { asSentence, type Logger } from "../util/log.ts";
import { suggest } from "../util/messages.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";
import type { Handler, HandlerPlace, HandlerTask } from "./handler.ts";
import { HANDLER_KINDS, loadHandler } from "./handlers/registry.ts";
import { EventRun } from "./run.ts";
import type { EventOutcome, EventServices } from "./types.ts";

const WHERE = "the document";

/**
 * Runs the handlers of a pipeline's event, in file order. Each sees what the
 * earlier ones set. Nothing is stored.
 *
 * @param document The document.
 * @param pipeline The pipeline's name.
 * @param event The event's name.
 * @param services What handlers need.
 * @returns What they did, even if one of them failed.
 * @throws {CicdStateError} `NOT_FOUND`, if there is no such pipeline, or
 * `CONFIG`, before any handler runs.
 */
export async function handleEvent(
  document: Document,
  pipeline: string,
  event: string,
  services: EventServices,
): Promise<EventOutcome> {
  const { http, log } = services;
  const problems: Problem[] = [];
  const tasks = await readHandlers(
    await findEvent(document, pipeline, event, services),
    {
      path: ["pipelines", pipeline, "event-handlers", event],
      http,
      log,
      report: (problem) => problems.push(problem),
    },
  );
  await throwProblems(problems);
  const run = new EventRun(document, services);
  const { signal } = services;
  try {
    for (const task of tasks) {
      signal?.throwIfAborted();
      await task(run);
    }
  } catch (error) {
    if (signal?.aborted) return run.interrupted();
    if (!(error instanceof CicdStateError)) throw error;
    return run.outcome(error);
  }
  return run.outcome();
}

async function findEvent(
  document: Document,
  pipeline: string,
  event: string,
  { log, requireEvent = false }: EventServices,
): Promise<Value> {
  const pipelines = await mappingAt(document, ["pipelines"]);
  if (!Object.hasOwn(pipelines, pipeline)) {
    const { unknownPipeline } = await import("./missing_event.ts");
    throw unknownPipeline(pipeline, Object.keys(pipelines));
  }
  const events = await mappingAt(
    await mappingAt(pipelines, ["pipelines", pipeline]),
    ["pipelines", pipeline, "event-handlers"],
  );
  const found = getKey(events, event);
  if (found !== undefined) return found;
  const { unknownEvent } = await import("./missing_event.ts");
  const error = unknownEvent(pipeline, event, Object.keys(events));
  if (requireEvent) throw error;
  log.info(asSentence(`${error.message}, so no handler ran. ${error.hint}`));
  return {};
}

/** Returns the mapping at the last key of a path; it is empty if missing or null. */
async function mappingAt(
  section: Mapping,
  path: readonly string[],
): Promise<Mapping> {
  const value = getKey(section, path.at(-1)!) ?? {};
  const outcome = readValue(mapping(), value, path);
  if (outcome.ok) return outcome.value;
  await throwProblems(outcome.problems);
  return {};
}

async function throwProblems(problems: readonly Problem[]): Promise<void> {
  const [problem, ...others] = problems;
  if (problem === undefined) return;
  const { problemError } = await import("../schema/error.ts");
  throw problemError(problem, { where: WHERE, others: others.length });
}

// Reading handlers stays in this file because every event needs it: a separate
// module would add 0.3 ms to each command that runs one. The check of an app
// config would gain little, since most handlers that it loads import run.ts.

/** Options of {@linkcode readHandlers}. */
export interface ReadHandlersOptions {
  /** The keys that lead to the event, for messages. */
  readonly path: Path;
  /** The config's `http`, which handlers inherit. */
  readonly http: HttpConfig;
  /** Receives what is skipped. */
  readonly log: Logger;
  /** Receives each problem. */
  readonly report: Report;
}

/**
 * Reads all handlers of an event, so that every problem is found before the
 * first handler runs.
 *
 * @param event Kinds of handlers and their configs; null has none.
 * @param options Where the event is, and what handlers inherit.
 * @returns The tasks of enabled handlers, in file order. They must not run
 * after a problem.
 */
async function readHandlers(
  event: Value,
  { path: eventPath, http, log, report }: ReadHandlersOptions,
): Promise<HandlerTask[]> {
  const tasks: HandlerTask[] = [];
  const sections = mapping().read(event ?? {}, eventPath, report);
  for (const kind of Object.keys(sections)) {
    const section = sections[kind]!;
    if (isMapping(section) && getKey(section, "enabled") === false) {
      log.info(`${kind} enabled:False skipping`);
      continue;
    }
    const path = [...eventPath, kind];
    const handler = await loadHandler(kind);
    if (handler === undefined) {
      log.warn(unknownKind(kind, path));
    } else {
      const place = { label: kind, path, http };
      tasks.push(...readKind(handler, section, place, { log, report }));
    }
  }
  return tasks;
}

/**
 * Checks all handlers of an event without running them.
 *
 * @param event Kinds of handlers and their configs; null has none.
 * @param path The keys that lead to the event.
 * @param report Receives each problem.
 */
export async function checkHandlers(
  event: Value,
  path: Path,
  report: Report,
): Promise<void> {
  const log = { info() {}, warn() {}, error() {} };
  const http = DEFAULT_HTTP_CONFIG;
  await readHandlers(event, { path, http, log, report });
}

function unknownKind(kind: string, path: Path): string {
  const near = suggest(kind, HANDLER_KINDS);
  const hint = near === undefined
    ? `known handlers: ${HANDLER_KINDS.join(", ")}`
    : `did you mean "${near}"?`;
  return `Skipped "${pathText(path)}": ${hint}`;
}

/** Receives what {@linkcode readHandlers} finds. */
type Listeners = Pick<ReadHandlersOptions, "log" | "report">;

/** Reads the config of a kind of handler, or its named configs. */
function readKind(
  handler: Handler,
  value: Value,
  place: HandlerPlace,
  { log, report }: Listeners,
): HandlerTask[] {
  const given = handler.mayBeNull ? value ?? {} : value;
  const section = mapping().read(given, place.path, report);
  if (Object.hasOwn(section, handler.ownKey)) {
    return [handler.prepare(section, place, report)];
  }
  const { path } = place;
  const http = isSetting(handler, "http", section)
    ? readHttp(section, place, report)
    : place.http;
  const names = Object.keys(section).filter((name) =>
    !isSetting(handler, name, section)
  );
  const wrong = names.filter((name) => !isMapping(section[name]));
  if (wrong.length > 0) {
    const problem = noOwnKey(handler, wrong, path);
    report(problem);
    // It is a config with a misspelled key, so its mappings are not named configs.
    if (problem.isKey) return [];
  }
  const tasks: HandlerTask[] = [];
  for (const name of names) {
    const config = section[name]!;
    if (!isMapping(config)) continue;
    const at = [...path, name];
    if (getKey(config, "enabled") === false) {
      log.warn(
        `"${
          pathText(at)
        }.enabled" has no effect: use "if", or disable all of ${handler.kind}`,
      );
    }
    const label = `${place.label}.${name}`;
    tasks.push(handler.prepare(config, { label, path: at, http }, report));
  }
  return tasks;
}

/** Reports whether a key beside named configs applies to all of them. */
function isSetting(handler: Handler, name: string, section: Mapping): boolean {
  const value = getKey(section, name);
  if (value === undefined) return false;
  if (name === "enabled") return !isMapping(value);
  return name === "http" &&
    !(isMapping(value) && Object.hasOwn(value, handler.ownKey));
}

function readHttp(
  section: Mapping,
  { path, http }: HandlerPlace,
  report: Report,
): HttpConfig {
  const own = getKey(section, "http") ?? {};
  return completeHttpConfig(HTTP.read(own, [...path, "http"], report), http);
}

/** Describes why a section is neither a config nor a mapping of named configs. */
function noOwnKey(
  { kind, ownKey }: Handler,
  names: readonly string[],
  path: Path,
): Problem {
  const misspelt = names.find((name) => suggest(name, [ownKey]) !== undefined);
  return misspelt === undefined
    ? {
      path,
      message: `has no "${ownKey}"`,
      hint: `Add ${ownKey}:, or make "${names[0]}" a mapping: a named ${kind}`,
    }
    : {
      path: [...path, misspelt],
      isKey: true,
      message: "is not a known key",
      hint: `Did you mean "${ownKey}"?`,
    };
}
