import type { Answer } from "./post.ts";
import type { EventRun } from "./run.ts";
import { evaluateTransfers, type Transfer } from "./transfer.ts";

/**
 * Sets what captures take from a response.
 *
 * @param captures The captures. All see the document as it was before.
 * @param answer The response, if one came.
 * @param label The handler, for messages.
 * @param run The event at work.
 * @throws {CicdStateError} `PATH`, `INPUT` or `PERMISSION`.
 */
export async function capture(
  captures: readonly Transfer[],
  answer: Answer | undefined,
  label: string,
  run: EventRun,
): Promise<void> {
  if (answer === undefined || captures.length === 0) return;
  const { json: body } = answer;
  if (body === undefined) {
    run.services.log.warn(
      `Captured nothing from the response to ${label}: it is not JSON`,
    );
    return;
  }
  run.commit(await evaluateTransfers(captures, run.context({ body }), run));
}
