import { CicdStateError } from "../errors.ts";
import { pythonStr } from "../formats/python_text.ts";
import { list, mapping, object, required } from "../schema/composite.ts";
import { readOrThrow } from "../schema/error.ts";
import { url } from "../schema/network.ts";
import { type Schema, string } from "../schema/schema.ts";
import { getKey, type Mapping } from "../values.ts";
import { template } from "./template.ts";
import { transfers } from "./transfer.ts";

const SCHEMES = ["http", "https"];

/** `slack`: where messages go. */
export const SLACK = object({
  "url": url(SCHEMES, {
    description: "Where notify and manual-choice send their messages.",
  }),
  "token-hosts": list(string(), {
    description:
      "Hosts that the token may be sent to, besides that of slack.url and slack.com. *.example.com means the subdomains of example.com.",
  }),
}, { isOpen: true, description: "Slack, or a server that works like it." });

/** `trigger`: how pipelines are started. */
export const TRIGGER = object({
  "url": url(SCHEMES, {
    description: "Where trigger-pipeline sends its requests.",
  }),
  "headers": list(
    object({
      "name": required(string({ description: "The header's name." })),
      "value": required(
        template({
          description:
            "A template: the header's value. It sees secretData, but no macros of the document.",
        }),
      ),
    }),
    { description: "Headers of every request." },
  ),
  "auto-args": mapping({
    description: "Arguments of every request: names and templates.",
  }),
}, { isOpen: true, description: "The CI engine." });

/** `notify` and `manual-choice`: what both do with a response. */
export const CAPTURING = object({
  "auto-capture-response-data": transfers({
    description:
      "What every handler of this kind sets from a response, which templates see as body.",
  }),
}, { isOpen: true });

/** `templates`: the bodies of requests. */
export const TEMPLATES = object({
  "notify": template({ description: "The body of a notify's request." }),
  "manual-choice": template({
    description: "The body of a manual-choice's request.",
  }),
  "respond": template({ description: "The body of a respond's request." }),
}, { isOpen: true, description: "The bodies of requests." });

/** The sections of a config that handlers read. Their other keys are the user's own. */
export const EVENT_SECTIONS = {
  "slack": SLACK,
  "trigger": TRIGGER,
  "notify": CAPTURING,
  "manual-choice": CAPTURING,
  "templates": TEMPLATES,
};

/**
 * Reads a section of a config.
 *
 * @typeParam T What the schema reads it as.
 * @param schema The section's schema.
 * @param name The section's name.
 * @param configData The config under its top key.
 * @returns The section, as if it were empty if the config has none.
 * @throws {CicdStateError} `CONFIG`.
 */
export function readSection<T>(
  schema: Schema<T>,
  name: keyof typeof EVENT_SECTIONS,
  configData: Mapping,
): T {
  return readOrThrow(schema, getKey(configData, name) ?? {}, {
    where: "the config",
    path: ["cicdstatemgr", name],
  });
}

/**
 * Returns the template of a request's body.
 *
 * @param name The template's name under `templates`.
 * @param label The handler, for messages.
 * @param configData The config under its top key.
 * @returns The template.
 * @throws {CicdStateError} `CONFIG`, if there is none.
 */
export function requiredTemplate(
  name: string,
  label: string,
  configData: Mapping,
): string {
  const templates = readSection(mapping(), "templates", configData);
  const value = getKey(templates, name) ?? "";
  if (value === "") throw missingInConfig(label, "templates", name);
  return pythonStr(value);
}

/**
 * Returns the error of a handler whose config lacks a key.
 *
 * @param label The handler.
 * @param section The section.
 * @param key The key in it.
 * @returns The error.
 */
export function missingInConfig(
  label: string,
  section: string,
  key: string,
): CicdStateError {
  return new CicdStateError(
    "CONFIG",
    `Cannot run ${label}: the config has no "cicdstatemgr.${section}.${key}"`,
    { hint: `Add ${key}: under ${section}: in the config` },
  );
}
