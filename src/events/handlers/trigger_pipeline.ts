import { stringifyJson } from "../../formats/json_writer.ts";
import { pythonStr } from "../../formats/python_text.ts";
import {
  cloneValue,
  getKey,
  isMapping,
  type Mapping,
  setKey,
} from "../../values.ts";
import {
  configValue,
  missingKey,
  requiredConfigText,
  wrongType,
} from "../config_value.ts";
import type { EventRun } from "../event_run.ts";
import type { TriggerPipelineConfig } from "../handler_config.ts";
import { post } from "../post.ts";

/** Starts a pipeline by a request to the CI engine. */
export async function triggerPipeline(
  config: TriggerPipelineConfig,
  run: EventRun,
): Promise<void> {
  const { configData, secretData } = run.services;
  const { label, http } = config;
  const context = run.context({ triggerPipeline: cloneValue(config.section) });
  if (!await run.allows(config.condition, context)) return;
  const url = requiredConfigText(configData, "trigger", "url", label);
  const autoArgs = configValue(configData, "trigger", "auto-args") ?? {};
  if (!isMapping(autoArgs)) {
    throw wrongType("cicdstatemgr.trigger.auto-args", autoArgs);
  }
  const payload: Mapping = {};
  for (const args of [autoArgs, config.args]) {
    for (const name of Object.keys(args)) {
      const source = pythonStr(args[name]);
      setKey(payload, name, await run.render(source, context));
    }
  }
  const headers = await renderHeaders({ ...context, secretData }, run);
  const body = stringifyJson(payload);
  const request = { url: url.trim(), headers, body };
  await post(run, request, { label, http, okMatters: false });
}

/** Renders the config's headers over the standard ones. */
async function renderHeaders(
  context: Mapping,
  run: EventRun,
): Promise<[string, string][]> {
  const headers = new Map<string, [string, string]>();
  function set(name: string, value: string): void {
    headers.set(name.toLowerCase(), [name, value]);
  }
  set("Content-Type", "application/json");
  set("Accept", "*/*");
  set("Cache-Control", "no-cache");
  const list = configValue(run.services.configData, "trigger", "headers") ?? [];
  if (!Array.isArray(list)) {
    throw wrongType(
      "cicdstatemgr.trigger.headers",
      list,
      "a list of {name, value}",
    );
  }
  for (const [index, item] of list.entries()) {
    const at = `cicdstatemgr.trigger.headers[${index}]`;
    if (!isMapping(item)) throw wrongType(at, item);
    const name = getKey(item, "name");
    const value = getKey(item, "value");
    if (typeof name !== "string") throw missingKey(at, "name");
    if (value === undefined) throw missingKey(at, "value");
    set(name, await run.render(pythonStr(value), context));
  }
  return [...headers.values()];
}
