import { stringifyJson } from "../../formats/json_writer.ts";
import { pythonStr } from "../../formats/python_text.ts";
import { mapping } from "../../schema/composite.ts";
import { type Mapping, setKey } from "../../values.ts";
import { defineHandler, requireSetting } from "../handler.ts";
import { post } from "../post.ts";
import type { EventRun } from "../run.ts";
import { type EventSections, template } from "../sections.ts";

const STANDARD_HEADERS = [
  { name: "Content-Type", value: "application/json" },
  { name: "Accept", value: "*/*" },
  { name: "Cache-Control", value: "no-cache" },
];

type TriggerHeaders = NonNullable<
  NonNullable<EventSections["trigger"]>["headers"]
>;

/** Starts a pipeline with a request to the CI engine. */
export const triggerPipeline = defineHandler({
  kind: "trigger-pipeline",
  ownKey: "name",
  contextName: "triggerPipeline",
  description: "Starts a pipeline with a request to trigger.url.",
  keys: {
    "name": template({
      description:
        "The pipeline's name, which templates see as triggerPipeline.name.",
    }),
    "args": mapping({
      description: "Arguments of the request: names and templates.",
    }),
  },
  async run({ label, http, keys, context }, run) {
    const { trigger = {} } = run.services.sections;
    const url = requireSetting(trigger.url, label, "trigger.url");
    const payload: Mapping = {};
    for (const args of [trigger.autoArgs ?? {}, keys.args ?? {}]) {
      for (const name of Object.keys(args)) {
        const source = pythonStr(args[name]);
        setKey(payload, name, await run.render(source, context, name));
      }
    }
    const request = {
      url,
      headers: await renderHeaders(trigger.headers ?? [], context, run),
      body: stringifyJson(payload),
    };
    await post(run, request, { label, http, okMatters: false });
  },
});

/**
 * Renders the config's headers; they replace standard ones of the same name. A
 * header sees either the secrets or the document's macros: macros come from app
 * configs, which could send secrets to the CI engine.
 */
async function renderHeaders(
  headers: TriggerHeaders,
  names: Mapping,
  run: EventRun,
): Promise<[string, string][]> {
  const { secretData, trustedRenderer } = run.services;
  const withSecrets = { ...names, secretData };
  const rendered = new Map<string, [string, string]>();
  for (const { name, value } of STANDARD_HEADERS) {
    rendered.set(name.toLowerCase(), [name, value]);
  }
  for (const { name, value = "" } of headers) {
    const text = value.includes("secretData")
      ? await trustedRenderer.render(value, withSecrets)
      : await run.render(value, names, name);
    rendered.set(name.toLowerCase(), [name, text]);
  }
  return [...rendered.values()];
}
