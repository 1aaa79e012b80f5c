import { pythonStr } from "../formats/python_text.ts";
import type { DeliveryRequest } from "../http/request.ts";
import { mayReceiveToken } from "../http/token_hosts.ts";
import { getKey, isMapping } from "../values.ts";
import type { EventRun } from "./run.ts";
import { readSection, SLACK } from "./sections.ts";

/**
 * Builds the request that carries a message to Slack, or to a server that works
 * like it. It carries Slack's token only to the hosts that the token is for.
 *
 * @param url Where it goes.
 * @param body The rendered message.
 * @param label The handler, for messages.
 * @param run The event at work.
 * @returns The request.
 * @throws {CicdStateError} `CONFIG`.
 */
export function slackRequest(
  url: string,
  body: string,
  label: string,
  run: EventRun,
): DeliveryRequest {
  const { configData, log } = run.services;
  const headers: [string, string][] = [
    ["Content-Type", "application/json; charset=UTF-8"],
    ["Accept", "*/*"],
    ["Cache-Control", "no-cache"],
  ];
  // Incoming webhooks need no token: their address is the secret.
  const token = slackToken(run);
  if (token === "") return { url, headers, body };
  const slack = readSection(SLACK, "slack", configData);
  const hosts = slack.tokenHosts ?? [];
  if (mayReceiveToken(url, { home: slack.url, hosts })) {
    headers.push(["Authorization", `Bearer ${token}`]);
  } else if (/^\s*https?:/i.test(url)) {
    log.warn(
      `${label} goes to ${URL.parse(url)?.host} without slack.token, which ` +
        "is for slack.com and the hosts of slack.url and slack.token-hosts, " +
        "by https or on this machine",
    );
  }
  return { url, headers, body };
}

function slackToken({ services: { secretData } }: EventRun): string {
  const slack = getKey(secretData, "slack");
  const token = isMapping(slack) ? getKey(slack, "token") : undefined;
  return token === undefined || token === null ? "" : pythonStr(token);
}
