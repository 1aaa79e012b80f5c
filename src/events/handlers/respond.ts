import { pythonStr } from "../../formats/python_text.ts";
import { cloneValue, getKey, type Mapping, setKey } from "../../values.ts";
import { requiredConfigText } from "../config_value.ts";
import type { EventRun } from "../event_run.ts";
import type { RespondConfig } from "../handler_config.ts";
import { post, slackRequest } from "../post.ts";

/** Keys that the other keys' rendering leaves alone. */
const NOT_RENDERED = ["message", "url", "if"];

/** Sends a message to a URL that the document has. */
export async function respond(
  config: RespondConfig,
  run: EventRun,
): Promise<void> {
  const { configData, secretData, log } = run.services;
  const { label, http, section } = config;
  const context = run.context({ respond: cloneValue(section) });
  if (!await run.allows(config.condition, context)) return;
  const message = (await run.render(config.message, context)).trim();
  if (message === "") return;
  const template = requiredConfigText(
    configData,
    "templates",
    "respond",
    label,
  );
  const written = { ...cloneValue(section), message };
  context["respond"] = written;
  context["respond"] = await renderOthers(written, context, run);
  const url = getKey(section, "url") ?? "";
  if (url === "") log.warn(`Passed over ${label}: it has no "url"`);
  const target = (await run.render(pythonStr(url), context)).trim();
  if (target === "") return;
  const body = await run.render(template, context);
  const request = slackRequest(target, body, secretData);
  await post(run, request, { label, http, okMatters: true });
}

/** Renders all other texts; each sees the others as they were written. */
async function renderOthers(
  written: Mapping,
  context: Mapping,
  run: EventRun,
): Promise<Mapping> {
  const rendered = { ...written };
  for (const key of Object.keys(written)) {
    const source = written[key]!;
    if (NOT_RENDERED.includes(key) || typeof source !== "string") continue;
    setKey(rendered, key, await run.render(source, context));
  }
  return rendered;
}
