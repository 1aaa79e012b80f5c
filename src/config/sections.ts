import {
  list,
  mapping,
  object,
  present,
  required,
} from "../schema/composite.ts";
import { url } from "../schema/network.ts";
import { string } from "../schema/schema.ts";

const HTTP_URL = ["http", "https"] as const;

const TEMPLATE = { mayBeEmpty: true } as const;

/** The sections that event handlers use. Users may add keys of their own. */
export const HANDLER_SECTIONS = {
  "trigger": object({
    "url": url(HTTP_URL, {
      description: "Where trigger-pipeline sends its requests.",
      mayBeEmpty: true,
    }),
    "headers": list(
      object({
        "name": required(string({ description: "The name of the header." })),
        "value": present(string({
          ...TEMPLATE,
          description: "The template of its value.",
        })),
      }, { isOpen: true }),
      {
        description:
          "Headers of every request. Their templates are the only ones that see the secrets, as secretData.",
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
  "notify": captures("notify"),
  "manual-choice": captures("manual-choice"),
  "slack": object({
    "url": url(HTTP_URL, {
      description:
        "Where notify and manual-choice send their messages: Slack, or any other webhook.",
      mayBeEmpty: true,
    }),
  }, { isOpen: true, description: "Where messages go." }),
  "templates": object({
    "notify": template("notify", "notify"),
    "manual-choice": template("manual-choice", "manualChoice"),
    "respond": template("respond", "respond"),
  }, { isOpen: true, description: "Templates of the messages that are sent." }),
} as const;

function captures(handler: string) {
  return object({
    "auto-capture-response-data": list(
      object({
        "from": required(string({
          ...TEMPLATE,
          description:
            "The template of the value. It sees the response as body. An empty result sets nothing.",
        })),
        "to": required(string({
          ...TEMPLATE,
          description: "The template of the path that is set.",
        })),
      }, { isOpen: true }),
      {
        description:
          `Values of the document that are set from the response to every ${handler}.`,
      },
    ),
  }, { isOpen: true, description: `What all ${handler} handlers share.` });
}

function template(handler: string, variable: string) {
  return string({
    ...TEMPLATE,
    description:
      `What ${handler} sends: a template that renders to JSON. It sees the handler's keys as ${variable}.`,
  });
}
