import { pythonStr } from "../formats/python_text.ts";
import type { DeliveryRequest } from "../util/deliver.ts";
import type { Mapping } from "../values.ts";
import { configValue } from "./config_text.ts";

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
