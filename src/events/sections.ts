import { pythonStr } from "../formats/python_text.ts";
import {
  list,
  mapping,
  object,
  type ObjectOf,
  present,
  required,
} from "../schema/composite.ts";
import {
  type About,
  pathText,
  scalar,
  type Schema,
  string,
  url,
} from "../schema/schema.ts";
import { getKey, isMapping } from "../values.ts";

const HTTP_URL = ["http", "https"] as const;

/**
 * A template. Every value is one: a number, list or mapping is rendered as
 * Python prints it.
 *
 * @param about What the template is for.
 * @returns The schema.
 */
export function template(about?: About): Schema<string> {
  return scalar({
    json: {},
    wanted: "It must be a template",
    convert: (value) => pythonStr(value),
    fallback: "",
    ...about,
  });
}

/** A `{from, to}` of a config, before it is rendered. */
export interface Transfer {
  /** The template of the value. */
  readonly from: string;
  /** The template of the property path. */
  readonly to: string;
  /** Where it is, for messages. */
  readonly where: string;
}

const TRANSFER_KEYS = object({
  "from": present(
    template({
      description:
        "The template of the value. Null or an empty result sets nothing.",
    }),
  ),
  "to": required(string({
    mayBeEmpty: true,
    description: "The template of the path that is set.",
  })),
}, { isOpen: true });

const TRANSFER: Schema<Transfer> = {
  about: TRANSFER_KEYS.about,
  json: (isPartial) => TRANSFER_KEYS.json(isPartial),
  read(value, path, report) {
    const isEmpty = isMapping(value) && getKey(value, "from") === null;
    const given = isEmpty ? { ...value, from: "" } : value;
    const { from = "", to } = TRANSFER_KEYS.read(given, path, report);
    return { from, to, where: pathText(path) };
  },
};

/**
 * A list of `{from, to}`.
 *
 * @param about What the list is for.
 * @returns The schema.
 */
export function transfers(about?: About): Schema<Transfer[]> {
  return list(TRANSFER, about);
}

/** The sections of a config that handlers use. Users may add other keys. */
export const EVENT_SECTIONS = {
  "trigger": object({
    "url": url(HTTP_URL, {
      mayBeEmpty: true,
      description: "Where trigger-pipeline sends its requests.",
    }),
    "headers": list(
      object({
        "name": required(string({ description: "The name of the header." })),
        "value": present(
          template({ description: "The template of its value." }),
        ),
      }, { isOpen: true }),
      {
        description:
          "Headers of every request. A template that names secretData sees the secrets and no macros of the document; any other one sees the macros and no secrets.",
      },
    ),
    "auto-args": mapping({
      description:
        "Arguments of every request: names and templates. The args of a handler override them.",
    }),
  }, {
    isOpen: true,
    description: "The CI engine that trigger-pipeline starts pipelines on.",
  }),
  "notify": capturing("notify"),
  "manual-choice": capturing("manual-choice"),
  "slack": object({
    "url": url(HTTP_URL, {
      mayBeEmpty: true,
      description:
        "Where notify and manual-choice send their messages: Slack, or any other webhook.",
    }),
    "token-hosts": list(string(), {
      description:
        "Hosts that slack.token may be sent to, besides slack.com and the host of slack.url. *.example.com means the subdomains of example.com.",
    }),
  }, { isOpen: true, description: "Where messages go." }),
  "templates": object({
    "notify": bodyTemplate("notify", "notify"),
    "manual-choice": bodyTemplate("manual-choice", "manualChoice"),
    "respond": bodyTemplate("respond", "respond"),
  }, { isOpen: true, description: "Templates of the messages that are sent." }),
};

/** The sections of a config that handlers use, as they are read. */
export type EventSections = ObjectOf<typeof EVENT_SECTIONS>;

function capturing(handler: string) {
  return object({
    "auto-capture-response-data": transfers({
      description:
        `Values of the document that are set from the response to every ${handler}. Templates see the response as body.`,
    }),
  }, { isOpen: true, description: `What all ${handler} handlers share.` });
}

function bodyTemplate(handler: string, variable: string) {
  return string({
    mayBeEmpty: true,
    description:
      `What ${handler} sends: a template that renders to JSON. It sees the handler's keys as ${variable}.`,
  });
}
