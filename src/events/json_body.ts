import { CicdStateError } from "../errors.ts";
import { parseJson } from "../formats/json.ts";
import type { HttpConfig } from "../util/deliver_config.ts";
import type { Logger } from "../util/log.ts";

/**
 * Looks whether a body that is sent as JSON is JSON: a quote in a commit message
 * is all it takes to break a template's.
 *
 * @param body The rendered body.
 * @param label The handler.
 * @param policy Whether it is looked at, and what follows.
 * @param log Where a body that is none is reported.
 * @throws {CicdStateError} `DELIVERY`, with line and column, if the policy is `fail`.
 */
export function checkJsonBody(
  body: string,
  label: string,
  policy: HttpConfig["invalidJson"],
  log: Logger,
): void {
  if (policy === "send") return;
  try {
    parseJson(body);
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const message = `The body of ${label} is no JSON: ${error.message}`;
    const hint = "Put json_dumps behind what the template inserts";
    if (policy === "fail") {
      throw new CicdStateError("DELIVERY", message, { hint, cause: error });
    }
    log.warn(`${message}; it is sent as it is. ${hint}`);
  }
}
