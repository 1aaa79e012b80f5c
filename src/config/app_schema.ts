import {
  list,
  mapping,
  nullable,
  object,
  record,
} from "../schema/composite.ts";
import { type Schema, string } from "../schema/schema.ts";

/**
 * Makes the schema of an app config.
 *
 * @typeParam Handlers What the handlers of an event are read as.
 * @param handlers The schema of an event: its handlers by kind.
 * @returns The schema of the whole file.
 */
export function appSchema<Handlers>(handlers: Schema<Handlers>) {
  const pipeline = object({
    "event-handlers": record(nullable(handlers), {
      description: "The handlers of each event, by the name of the event.",
    }),
  }, {
    isOpen: true,
    description:
      "A pipeline: the handlers of its events, and keys of your own.",
  });
  const context = object({
    "pipelines": record(nullable(pipeline), {
      description: "The pipelines, by name.",
    }),
  }, {
    isOpen: true,
    description:
      "What the documents of this context begin with: its pipelines, and keys of your own.",
  });
  return object({
    "bases": list(string(), {
      description:
        "Files that this one builds on, in the folder of the bases. Each is merged over those before it, and this file over all of them.",
    }),
    "jinja2-macros": record(string({ mayBeEmpty: true }), {
      description: "Macros that every template can call: names and sources.",
    }),
    "variables": mapping({
      description:
        "Values of the document under variables. Strings are templates, rendered in order when the document is created.",
    }),
    "cicd-contexts": record(nullable(context), {
      description: "The contexts, by name. A document is created from one.",
    }),
  }, {
    isOpen: true,
    description: "What an app defines for the pipelines that it goes through.",
  });
}
