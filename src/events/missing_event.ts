import type { Document } from "../document/change.ts";
import { CicdStateError } from "../errors.ts";
import { suggest } from "../util/messages.ts";
import { getKey, isMapping } from "../values.ts";

/**
 * Checks that a document has an event, before anything is stored. What is not
 * a mapping is left to handleEvent().
 *
 * @param document The document.
 * @param pipeline The pipeline's name.
 * @param event The event's name.
 * @throws {CicdStateError} `NOT_FOUND`.
 */
export function checkEvent(
  document: Document,
  pipeline: string,
  event: string,
): void {
  const pipelines = getKey(document, "pipelines") ?? {};
  if (!isMapping(pipelines)) return;
  const found = getKey(pipelines, pipeline);
  if (found === undefined) {
    throw unknownPipeline(pipeline, Object.keys(pipelines));
  }
  const section = found ?? {};
  if (!isMapping(section)) return;
  const events = getKey(section, "event-handlers") ?? {};
  if (!isMapping(events) || Object.hasOwn(events, event)) return;
  throw unknownEvent(pipeline, event, Object.keys(events));
}

/**
 * Returns the error for a pipeline that a document does not have.
 *
 * @param pipeline The name.
 * @param known The pipelines that it has.
 * @returns The error, with a suggestion.
 */
export function unknownPipeline(
  pipeline: string,
  known: readonly string[],
): CicdStateError {
  const near = suggest(pipeline, known);
  const all = known.length === 0
    ? "It has no pipelines"
    : `Known pipelines: ${known.join(", ")}`;
  return new CicdStateError(
    "NOT_FOUND",
    `The document has no pipeline "${pipeline}"`,
    { hint: near === undefined ? all : `Did you mean "${near}"? ${all}` },
  );
}

/**
 * Returns the error for an event that a pipeline does not have.
 *
 * @param pipeline The pipeline.
 * @param event The name.
 * @param known The events that it has.
 * @returns The error, with a suggestion.
 */
export function unknownEvent(
  pipeline: string,
  event: string,
  known: readonly string[],
): CicdStateError {
  const near = suggest(event, known);
  const all = known.length === 0
    ? "It has no event-handlers"
    : `Known events: ${known.join(", ")}`;
  return new CicdStateError(
    "NOT_FOUND",
    `Pipeline "${pipeline}" has no event "${event}"`,
    { hint: near === undefined ? all : `Did you mean "${near}"?` },
  );
}
