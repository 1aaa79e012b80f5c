import { cloneValue } from "../../values.ts";
import { requiredConfigText } from "../config_value.ts";
import type { EventRun } from "../event_run.ts";
import type { NotifyConfig } from "../handler_config.ts";
import { post, slackRequest } from "../post.ts";
import { capture, capturesOf } from "../transfer.ts";

/** Sends a message and captures values of the answer. */
export async function notify(
  config: NotifyConfig,
  run: EventRun,
): Promise<void> {
  const { configData, secretData } = run.services;
  const { label, http } = config;
  const section = cloneValue(config.section);
  const context = run.context({ notify: section });
  if (!await run.allows(config.condition, context)) return;
  const captures = capturesOf(config, run);
  const template = requiredConfigText(configData, "templates", "notify", label);
  const url = requiredConfigText(configData, "slack", "url", label);
  section["message"] = await run.render(config.message, context);
  const body = await run.render(template, context);
  const request = slackRequest(url, body, secretData);
  const options = { label, http, captures, okMatters: true };
  await capture(captures, await post(run, request, options), label, run);
}
