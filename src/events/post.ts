import { CicdStateError } from "../errors.ts";
import { parseJson } from "../formats/json.ts";
import { pythonStr } from "../formats/python_text.ts";
import { parsePropertyPath } from "../document/path.ts";
import type { DeliveryRequest, DeliveryResult } from "../http/deliver.ts";
import { withIdempotencyKey } from "../http/attempt.ts";
import type { HttpConfig } from "../http/config.ts";
import type { Logger } from "../util/log.ts";
import { maskHeaders, maskUrl } from "../http/redact.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";
import { configValue } from "./config_value.ts";
import type { EventRun } from "./event_run.ts";
import type { Transfer } from "./transfer.ts";
import type { PlannedRequest } from "./types.ts";

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
    const message = `The body of ${label} is no JSON: ${error.message}`;
    const hint = "Put json_dumps behind what the template inserts";
    if (policy === "fail") {
      throw new CicdStateError("DELIVERY", message, { hint, cause: error });
    }
    log.warn(`${message}; it is sent as it is. ${hint}`);
  }
}

/**
 * Makes what a dry run shows of a request.
 *
 * @param request The request.
 * @param label The handler.
 * @param captures What would be taken from the answer.
 * @param mask Hides secrets in a text.
 * @returns The request without secrets.
 */
function planRequest(
  { url, headers, body }: DeliveryRequest,
  label: string,
  captures: readonly Transfer[],
  mask: (text: string) => string,
): PlannedRequest {
  return {
    handler: label,
    url: mask(url.replace(/\/\/[^/?#]*@/, "//***@")),
    headers: maskHeaders(headers, mask),
    body: mask(body),
    captures: captures.map(({ to }) => mask(to)),
  };
}

/**
 * Makes the request that carries a message to Slack, or to what speaks like it.
 *
 * @param url Where it goes to.
 * @param body The rendered message.
 * @param secretData The secrets, which may have a `slack.token`.
 * @returns The request.
 */
export function slackRequest(
  url: string,
  body: string,
  secretData: Mapping,
): DeliveryRequest {
  const token = configValue(secretData, "slack", "token") ?? "";
  const headers: [string, string][] = [
    ["Content-Type", "application/json; charset=UTF-8"],
    ["Accept", "*/*"],
    ["Cache-Control", "no-cache"],
  ];
  // Incoming webhooks need no token: their address is the secret.
  if (token !== "") {
    headers.push(["Authorization", `Bearer ${pythonStr(token)}`]);
  }
  return { url: url.trim(), headers, body };
}

/** A request of a handler. */
interface PostOptions {
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
  const { deliver, dryRun, log, mask } = run.services;
  const { label, http, captures = [] } = options;
  checkJsonBody(request.body, label, http.invalidJson, log);
  if (dryRun) {
    run.planned.push(
      planRequest(withIdempotencyKey(request), label, captures, mask),
    );
    return undefined;
  }
  const recordPath = http.record && parsePropertyPath(http.record);
  log.debug?.(`${label} sends ${request.body}`);
  const at = Date.now();
  const result = await deliver(request, http);
  const json = result.delivered ? parseAnswer(result.body) : undefined;
  const found = findProblem(result, json, options);
  const problem = found === undefined ? undefined : mask(found);
  const { attempts, durationMs, status = null } = result;
  if (recordPath) {
    const item = {
      at: new Date(at).toISOString(),
      handler: label,
      url: maskUrl(request.url, mask),
      delivered: problem === undefined,
      status,
      attempts,
      durationMs,
      ...(problem !== undefined && { problem }),
    };
    run.commit([{ op: "append", path: recordPath, items: [item] }]);
  }
  if (problem !== undefined) {
    const tries = attempts === 1 ? "" : ` in ${attempts} attempts`;
    const url = maskUrl(request.url, mask);
    const message = `Cannot deliver ${label} to ${url}${tries}: ${problem}`;
    if (http.onError === "fail") throw new CicdStateError("DELIVERY", message);
    log.warn(message);
    return undefined;
  }
  if (result.delivered && result.body === undefined) {
    const limit = http.maxResponseBytes;
    log.warn(`Ignored the answer to ${label}: it exceeds ${limit} bytes`);
  }
  return { json };
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
