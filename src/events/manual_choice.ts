import { pythonStr } from "../formats/python_text.ts";
import {
  cloneValue,
  getKey,
  isMapping,
  type Mapping,
  type Value,
} from "../values.ts";
import { capture, capturesOf } from "./capture.ts";
import { generateChoices } from "./choice_generators.ts";
import { wrongType } from "./config_error.ts";
import { requiredConfigText } from "./config_text.ts";
import type { EventRun } from "./event_run.ts";
import type { ManualChoiceConfig } from "./handler_config.ts";
import { post } from "./post.ts";
import { slackRequest } from "./slack_request.ts";

/** Sends a message with choices and captures values of the answer. */
export async function manualChoice(
  config: ManualChoiceConfig,
  run: EventRun,
): Promise<void> {
  const { configData, secretData } = run.services;
  const { label, http } = config;
  const section = cloneValue(config.section);
  const context = run.context({ manualChoice: section });
  if (!await run.allows(config.condition, context)) return;
  const captures = capturesOf(config, run);
  const template = requiredConfigText(
    configData,
    "templates",
    "manual-choice",
    label,
  );
  const url = requiredConfigText(configData, "slack", "url", label);
  section["title"] = await run.render(config.title, context);
  const choices = getKey(section, "choices") ?? {};
  if (!isMapping(choices)) throw wrongType(`${label}.choices`, choices);
  section["choices"] = choices;
  await generateChoices(section, choices, label, context, run);
  for (const name of Object.keys(choices)) {
    await renderChoice(
      choices[name]!,
      `${label}.choices.${name}`,
      context,
      run,
    );
  }
  const body = await run.render(template, context);
  const request = slackRequest(url, body, secretData);
  const options = { label, http, captures, okMatters: true };
  await capture(captures, await post(run, request, options), label, run);
}

/** Renders a choice in place: those behind it see it rendered. */
async function renderChoice(
  choice: Value,
  where: string,
  context: Mapping,
  run: EventRun,
): Promise<void> {
  if (!isMapping(choice)) throw wrongType(where, choice);
  await renderKey(choice, "header", context, run);
  const options = getKey(choice, "options") ?? [];
  if (!Array.isArray(options)) {
    throw wrongType(`${where}.options`, options, "a list");
  }
  for (const [index, option] of options.entries()) {
    if (!isMapping(option)) {
      throw wrongType(`${where}.options[${index}]`, option);
    }
    await renderKey(option, "value", context, run);
    await renderKey(option, "text", context, run);
  }
}

async function renderKey(
  mapping: Mapping,
  key: string,
  context: Mapping,
  run: EventRun,
): Promise<void> {
  const source = getKey(mapping, key);
  if (source === undefined) return;
  mapping[key] = await run.render(pythonStr(source), context);
}
