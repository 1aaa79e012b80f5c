import { CicdStateError } from "../errors.ts";
import { parseJson } from "../formats/json.ts";
import { parsePropertyPath } from "../state/property_path.ts";
import type { DeliveryRequest, DeliveryResult } from "../util/deliver.ts";
import type { HttpConfig } from "../util/deliver_config.ts";
import { maskHeaders, maskUrl } from "../util/redact.ts";
import { getKey, isMapping, type Value } from "../values.ts";
import type { EventRun } from "./event_run.ts";
import type { Transfer } from "./transfer.ts";

/** A request of a handler. */
export interface PostOptions {
  /** Names the handler: `notify`, or `notify.NAME`. */
  readonly label: string;
  /** How it is sent, and what follows when that fails. */
  readonly http: HttpConfig;
  /** Whether an answer of `{"ok": false}` is a refusal, as Slack means it. */
  readonly okMatters: boolean;
  /** What will be taken from the answer. */
  readonly captures?: readonly Transfer[];
}

/** What a server said. */
export interface Answer {
  /** The answer as JSON, or `undefined` if it is none. */
  readonly json: Value | undefined;
}

/**
 * Sends a handler's request, and leaves the record that the config asks for.
 *
 * @param run The event at work.
 * @param request The request.
 * @param options Which handler it is of, and how it is sent.
 * @returns The answer, or `undefined` if none came and the event goes on.
 * @throws {CicdStateError} `DELIVERY` if `on-error` is `fail`; `PERMISSION`,
 * `CONFIG` or `PATH`.
 */
export async function post(
  run: EventRun,
  request: DeliveryRequest,
  options: PostOptions,
): Promise<Answer | undefined> {
  const { services } = run;
  const { label, http } = options;
  checkBody(run, request, options);
  if (services.dryRun) {
    run.planned.push(planned(run, request, options));
    return undefined;
  }
  services.log.debug(`${label} sends ${request.body}`);
  const at = new Date().toISOString();
  const result = await services.deliver(request, http);
  const json = result.delivered ? parseAnswer(result.body) : undefined;
  const problem = findProblem(result, json, options);
  const url = maskUrl(request.url, services.mask);
  if (http.record !== undefined) {
    const path = parsePropertyPath(http.record);
    const item = {
      at,
      handler: label,
      url,
      delivered: problem === undefined,
      status: result.status ?? null,
      attempts: result.attempts,
      durationMs: result.durationMs,
      ...(problem !== undefined && { problem: services.mask(problem) }),
    };
    run.commit([{ op: "append", path, items: [item] }]);
  }
  if (problem === undefined) {
    if (result.delivered && result.body === undefined) {
      services.log.warn(
        `Ignored the answer to ${label}: it exceeds ${http.maxResponseBytes} bytes`,
      );
    }
    return { json };
  }
  const tries = result.attempts === 1 ? "" : ` in ${result.attempts} attempts`;
  const message = `Cannot deliver ${label} to ${url}${tries}: ${problem}`;
  if (http.onError === "fail") throw new CicdStateError("DELIVERY", message);
  services.log.warn(message);
  return undefined;
}

/** A quote in a commit message is all it takes to break a template's JSON. */
function checkBody(
  { services }: EventRun,
  { body }: DeliveryRequest,
  { label, http: { invalidJson } }: PostOptions,
): void {
  if (invalidJson === "send") return;
  try {
    parseJson(body);
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const message = `The body of ${label} is no JSON: ${error.message}`;
    const hint = "Put json_dumps behind what the template inserts";
    if (invalidJson === "fail") {
      throw new CicdStateError("DELIVERY", message, { hint, cause: error });
    }
    services.log.warn(`${message}; it is sent as it is. ${hint}`);
  }
}

function planned(
  { services: { mask } }: EventRun,
  { url, headers, body }: DeliveryRequest,
  { label, captures = [] }: PostOptions,
) {
  return {
    handler: label,
    url: mask(url.replace(/\/\/[^/?#]*@/, "//***@")),
    headers: maskHeaders(headers, mask),
    body: mask(body),
    captures: captures.map(({ to }) => mask(to)),
  };
}

function parseAnswer(body: string | undefined): Value | undefined {
  if (body === undefined) return undefined;
  try {
    return parseJson(body);
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    return undefined;
  }
}

function findProblem(
  result: DeliveryResult,
  json: Value | undefined,
  { okMatters }: PostOptions,
): string | undefined {
  if (!result.delivered) return result.problem;
  if (!okMatters || !isMapping(json) || getKey(json, "ok") !== false) {
    return undefined;
  }
  const error = getKey(json, "error");
  return typeof error === "string"
    ? `the server refused it: ${error}`
    : "the server refused it";
}
