import type { Document } from "../document/change.ts";
import { CicdStateError } from "../errors.ts";
import { mapping } from "../schema/composite.ts";
import { problemError, readOrThrow } from "../schema/error.ts";
import type { Problem } from "../schema/schema.ts";
import { suggest } from "../util/messages.ts";
import { getKey, type Mapping, type Value } from "../values.ts";
import { readHandlers } from "./read_handlers.ts";
import { EventRun } from "./run.ts";
import type { EventOutcome, EventServices } from "./types.ts";

const WHERE = "the document";

/**
 * Runs the handlers of a pipeline's event, in file order: what one sets, the
 * next ones see. Nothing is stored.
 *
 * @param document The document.
 * @param pipeline The pipeline's name.
 * @param event The event's name.
 * @param services What handlers work with.
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
    findEvent(document, pipeline, event, services),
    {
      path: ["pipelines", pipeline, "event-handlers", event],
      http,
      log,
      report: (problem) => problems.push(problem),
    },
  );
  const [problem, ...others] = problems;
  if (problem !== undefined) {
    throw problemError(problem, { where: WHERE, others: others.length });
  }
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

function findEvent(
  document: Document,
  pipeline: string,
  event: string,
  { log, requireEvent = false }: EventServices,
): Value {
  const pipelines = mappingAt(document, ["pipelines"]);
  if (!Object.hasOwn(pipelines, pipeline)) {
    throw unknownPipeline(pipeline, Object.keys(pipelines));
  }
  const events = mappingAt(
    mappingAt(pipelines, ["pipelines", pipeline]),
    ["pipelines", pipeline, "event-handlers"],
  );
  const found = getKey(events, event);
  if (found !== undefined) return found;
  const what = `Pipeline "${pipeline}" has no event "${event}"`;
  const hint = hintForEvent(event, Object.keys(events));
  if (requireEvent) throw new CicdStateError("NOT_FOUND", what, { hint });
  log.info(`${what}, so nothing was done. ${hint}`);
  return {};
}

/** Returns the mapping at the last key of a path; a missing or null one is empty. */
function mappingAt(section: Mapping, path: readonly string[]): Mapping {
  const value = getKey(section, path.at(-1)!) ?? {};
  return readOrThrow(mapping(), value, { where: WHERE, path });
}

function unknownPipeline(
  pipeline: string,
  known: readonly string[],
): CicdStateError {
  const near = suggest(pipeline, known);
  const all = known.length === 0
    ? "It has no pipelines"
    : `Its pipelines are ${known.join(", ")}`;
  return new CicdStateError(
    "NOT_FOUND",
    `The document has no pipeline "${pipeline}"`,
    { hint: near === undefined ? all : `Did you mean "${near}"? ${all}` },
  );
}

function hintForEvent(event: string, known: readonly string[]): string {
  const near = suggest(event, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  return known.length === 0
    ? "It has no event-handlers"
    : `Its events are ${known.join(", ")}`;
}
