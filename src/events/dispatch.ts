import { CicdStateError } from "../errors.ts";
import type { Document } from "../document/change.ts";
import { suggest } from "../util/messages.ts";
import { getKey, isMapping, type Mapping } from "../values.ts";
import { wrongType } from "./config_value.ts";
import { EventRun } from "./event_run.ts";
import type { HandlerConfig } from "./handler_config.ts";
import { parseHandlers } from "./parse_handlers.ts";
import type { EventOutcome, EventServices } from "./types.ts";

/**
 * Runs the handlers of a pipeline's event, in file order: what one sets, the
 * next ones see. Nothing is stored.
 *
 * @param document The document.
 * @param pipeline The pipeline's name.
 * @param event The event's name. One without handlers does nothing.
 * @param services What handlers need of the world around them.
 * @returns What they did, also if one of them failed.
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
  const where = `pipelines.${pipeline}.event-handlers.${event}`;
  const handlers = parseHandlers(findHandlers(document, pipeline, event), {
    where,
    http,
    log,
  });
  const run = new EventRun(document, services);
  try {
    for (const handler of handlers) await runHandler(handler, run);
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    return run.outcome(error);
  }
  return run.outcome(undefined);
}

async function runHandler(config: HandlerConfig, run: EventRun): Promise<void> {
  switch (config.kind) {
    case "notify": {
      const { notify } = await import("./handlers/notify.ts");
      return await notify(config, run);
    }
    case "manual-choice": {
      const { manualChoice } = await import("./handlers/manual_choice.ts");
      return await manualChoice(config, run);
    }
    case "trigger-pipeline": {
      const { triggerPipeline } = await import(
        "./handlers/trigger_pipeline.ts"
      );
      return await triggerPipeline(config, run);
    }
    case "respond": {
      const { respond } = await import("./handlers/respond.ts");
      return await respond(config, run);
    }
    case "set-values": {
      const { setValues } = await import("./handlers/set_values.ts");
      return await setValues(config, run);
    }
    default:
      return config satisfies never;
  }
}

function findHandlers(
  document: Document,
  pipeline: string,
  event: string,
): Mapping {
  const pipelines = mappingAt(document, "pipelines", "pipelines");
  if (!Object.hasOwn(pipelines, pipeline)) {
    throw unknownPipeline(pipeline, Object.keys(pipelines));
  }
  const at = `pipelines.${pipeline}`;
  const found = mappingAt(pipelines, pipeline, at);
  const events = mappingAt(found, "event-handlers", `${at}.event-handlers`);
  return mappingAt(events, event, `${at}.event-handlers.${event}`);
}

/** Reads a mapping; a missing or empty one has nothing in it. */
function mappingAt(mapping: Mapping, key: string, at: string): Mapping {
  const value = getKey(mapping, key) ?? {};
  if (!isMapping(value)) throw wrongType(at, value);
  return value;
}

function unknownPipeline(
  pipeline: string,
  known: readonly string[],
): CicdStateError {
  const near = suggest(pipeline, known);
  const all = known.length === 0
    ? "The document has none"
    : `Known are ${known.join(", ")}`;
  return new CicdStateError(
    "NOT_FOUND",
    `No pipeline "${pipeline}" in the document`,
    { hint: near === undefined ? all : `Did you mean "${near}"? ${all}` },
  );
}
