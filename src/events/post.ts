import { CicdStateError } from "../errors.ts";
import { parseJson } from "../formats/json.ts";
import type { HttpConfig } from "../http/config.ts";
import type { DeliveryResult } from "../http/deliver.ts";
import {
  type DeliveryRequest,
  maskHeaders,
  maskText,
  maskUrl,
  prepareRequest,
  withIdempotencyKey,
} from "../http/request.ts";
import type { Logger } from "../util/log.ts";
import { getKey, isMapping, type Value } from "../values.ts";
import type { EventRun } from "./run.ts";
import type { PlannedRequest } from "./types.ts";

/** How a handler's request is sent. */
export interface PostOptions {
  /** The handler: `notify`, or `notify.NAME`. */
  readonly label: string;
  /** Settings of the request, and of what a failure does. */
  readonly http: HttpConfig;
  /** Whether a response of `{"ok": false}` counts as a refusal, as with Slack. */
  readonly okMatters: boolean;
  /** Where values of the response will be set. */
  readonly captures?: readonly string[];
}

/** The response of a server. */
export interface Answer {
  /** The body, or `undefined` if it is not JSON. */
  readonly json: Value | undefined;
}

/**
 * Sends a handler's request, and records it if the config says so.
 *
 * @param run The running event.
 * @param request The request.
 * @param options The handler, and how the request is sent.
 * @returns The response, or `undefined` if there was none and the event continues.
 * @throws {CicdStateError} `DELIVERY` if the failure ends the event;
 * `PERMISSION`, `CONFIG` or `PATH`.
 */
export async function post(
  run: EventRun,
  request: DeliveryRequest,
  options: PostOptions,
): Promise<Answer | undefined> {
  const { dryRun, log, mask } = run.services;
  const { label, http } = options;
  checkJsonBody(request.body, label, http.invalidJson, log);
  const url = maskUrl(request.url, mask);
  if (dryRun) {
    const prepared = prepareRequest(request);
    if (typeof prepared === "string") {
      const message = `Cannot deliver ${label} to ${url}: ${prepared}`;
      reportFailure(message, null, options, log);
    } else {
      const planned = planRequest(withIdempotencyKey(request), options, run);
      run.planned.push(planned);
    }
    return undefined;
  }
  log.debug?.(`${label} sends ${maskText(request.body, request.url, mask)}`);
  const at = Date.now();
  const result = await run.deliver(label, request, http);
  const json = result.delivered ? parseBody(result.body) : undefined;
  const found = findProblem(result, json, options);
  const problem = found === undefined
    ? undefined
    : maskText(found, request.url, mask);
  const { attempts, durationMs, status = null } = result;
  const delivery = {
    handler: label,
    url,
    delivered: problem === undefined,
    status,
    attempts,
    durationMs,
    ...(problem !== undefined && { problem }),
  };
  run.services.onDelivery?.(delivery);
  if (http.record !== undefined) {
    const item = { at: new Date(at).toISOString(), ...delivery };
    run.commit([{ op: "append", path: http.record, items: [item] }]);
  }
  if (problem !== undefined) {
    const tries = attempts === 1 ? "" : ` in ${attempts} attempts`;
    const message = `Cannot deliver ${label} to ${url}${tries}: ${problem}`;
    reportFailure(message, status, options, log);
    return undefined;
  }
  if (result.delivered && result.body === undefined) {
    const limit = http.maxResponseBytes;
    log.warn(`Ignored the response to ${label}: it exceeds ${limit} bytes`);
  }
  return { json };
}

/**
 * Checks that a body that is sent as JSON is valid: a quote in a commit message
 * is enough to break it.
 */
function checkJsonBody(
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
    const message = `The body of ${label} is not JSON: ${error.message}`;
    const hint = "Insert values with json_dumps in the template";
    if (policy === "fail") {
      throw new CicdStateError("DELIVERY", message, { hint, cause: error });
    }
    log.warn(`${message}; it is sent as it is. ${hint}`);
  }
}

/**
 * Ends the event because of a failed delivery, or warns of it. Without
 * `on-error`, only a server that has answered may be ignored: as in the Python
 * tool, whose scripts rely on it.
 */
function reportFailure(
  message: string,
  status: number | null,
  { http: { onError } }: PostOptions,
  log: Logger,
): void {
  if ((onError ?? (status === null ? "fail" : "warn")) === "warn") {
    return log.warn(message);
  }
  const hint = /\bcertificate\b/.test(message)
    ? "Name the PEM file of its authority as ca-file under http:, or in SSL_CERT_FILE"
    : onError === undefined
    ? "Set on-error: warn under http: to go on when a delivery fails"
    : undefined;
  throw new CicdStateError("DELIVERY", message, { hint });
}

function planRequest(
  { url, headers, body }: DeliveryRequest,
  { label, captures = [] }: PostOptions,
  { services: { mask, showUrls } }: EventRun,
): PlannedRequest {
  return {
    handler: label,
    url: showUrls ? url : maskUrl(url, mask),
    headers: maskHeaders(headers, mask),
    body: showUrls ? mask(body) : maskText(body, url, mask),
    captures: captures.map((to) => mask(to)),
  };
}

function parseBody(body: string | undefined): Value | undefined {
  if (body === undefined) return undefined;
  try {
    return parseJson(body);
  } catch (error) {
    if (error instanceof CicdStateError) return undefined;
    throw error;
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
