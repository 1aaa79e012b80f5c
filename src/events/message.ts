import { pythonStr } from "../formats/python_text.ts";
import { type DeliveryRequest, mayReceiveToken } from "../http/request.ts";
import { getKey, isMapping } from "../values.ts";
import { type HandlerJob, requireSetting } from "./handler.ts";
import { type Answer, post } from "./post.ts";
import { evaluateTransfers, type EventRun } from "./run.ts";
import { type Transfer, transfers } from "./sections.ts";

/** The keys of a handler that sends a message and uses the response. */
export const CAPTURE_KEYS = {
  "capture-response-data": transfers({
    description:
      "Values of the document that are set from the response: a list of {from, to}. Templates see the response as body.",
  }),
};

/** A config of a handler that sends a message. */
type MessageJob = HandlerJob<
  { readonly captureResponseData?: readonly Transfer[] | undefined }
>;

/** Settings of the config for one kind of message. */
export interface MessageDefaults {
  /** The template of their body. */
  readonly template: string | undefined;
  /** What is set from every response. */
  readonly captures: readonly Transfer[] | undefined;
}

/** How a message is sent. */
export interface MessageSettings {
  /** Where it goes. */
  readonly url: string;
  /** The template of its body. */
  readonly template: string;
  /** What is set from the response. */
  readonly captures: readonly Transfer[];
}

/**
 * Collects what a message needs. Handlers call this first, so that nothing is
 * rendered or sent if something is missing.
 *
 * @param defaults The settings of the config for this kind of message.
 * @param job The handler's config.
 * @param run The running event.
 * @returns The settings.
 * @throws {CicdStateError} `CONFIG`, if a required setting is missing.
 */
export function messageSettings(
  defaults: MessageDefaults,
  { kind, keys, label }: MessageJob,
  { services: { sections } }: EventRun,
): MessageSettings {
  const captures = [
    ...defaults.captures ?? [],
    ...keys.captureResponseData ?? [],
  ];
  const template = requireSetting(
    defaults.template,
    label,
    `templates.${kind}`,
  );
  const url = requireSetting(sections.slack?.url, label, "slack.url");
  return { url, template, captures };
}

/**
 * Renders and sends a message, then sets the values captured from the
 * response.
 *
 * @param settings How it is sent.
 * @param job The handler's config; its context holds what the template sees.
 * @param run The running event.
 * @throws {CicdStateError} `DELIVERY`, `PATH`, `INPUT`, `CONFIG` or `PERMISSION`.
 */
export async function sendMessage(
  { url, template, captures }: MessageSettings,
  { kind, label, http, context }: MessageJob,
  run: EventRun,
): Promise<void> {
  const key = `cicdstatemgr.templates.${kind}`;
  const body = await run.render(template, context, key);
  const answer = await post(run, slackRequest(url, body, label, run), {
    label,
    http,
    captures: captures.map(({ to }) => to),
    okMatters: true,
  });
  await capture(captures, answer, label, run);
}

/** Sets the values captured from a response. No capture sees what another sets. */
async function capture(
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

/**
 * Builds the request that sends a message to Slack or a compatible server. It has
 * Slack's token only if the token may be sent to that host.
 *
 * @param url Where it goes.
 * @param body The rendered message.
 * @param label The handler, for messages.
 * @param run The running event.
 * @returns The request.
 */
export function slackRequest(
  url: string,
  body: string,
  label: string,
  { services: { sections, secretData, log } }: EventRun,
): DeliveryRequest {
  const headers: [string, string][] = [
    ["Content-Type", "application/json; charset=UTF-8"],
    ["Accept", "*/*"],
    ["Cache-Control", "no-cache"],
  ];
  const secrets = getKey(secretData, "slack");
  const token = (isMapping(secrets) && getKey(secrets, "token")) || "";
  // Incoming webhooks need no token: their address is the secret.
  if (token === "") return { url, headers, body };
  const { url: home, tokenHosts: hosts = [] } = sections.slack ?? {};
  if (mayReceiveToken(url, { home, hosts })) {
    headers.push(["Authorization", `Bearer ${pythonStr(token)}`]);
    return { url, headers, body };
  }
  const target = URL.parse(url);
  // Other addresses are refused when the request is sent.
  if (target !== null && /^https?:$/.test(target.protocol)) {
    log.warn(
      `${label} goes to ${target.host} without slack.token, which ` +
        "is for slack.com and the hosts of slack.url and slack.token-hosts, " +
        "by https or on this machine",
    );
  }
  return { url, headers, body };
}
