import {
  list,
  mapping,
  nullable,
  object,
  once,
  record,
} from "../schema/composite.ts";
import { type Schema, string } from "../schema/schema.ts";

/** The key that holds the contexts of an app config. */
export const CONTEXTS_KEY = "cicd-contexts";

/**
 * Makes the schema of an app config.
 *
 * @typeParam Context What a context is read as.
 * @param context The schema of a context.
 * @returns The schema of the whole file.
 */
export function appSchema<Context>(context: Schema<Context>) {
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
    [CONTEXTS_KEY]: record(context, {
      description: "The contexts, by name. A document is created from one.",
    }),
  }, {
    isOpen: true,
    description: "What an app defines for the pipelines that it goes through.",
  });
}

/**
 * Makes the schema of a context. What YAML aliases repeat is read once.
 *
 * @typeParam Event What an event is read as.
 * @param event The schema of an event: its handlers by kind.
 * @returns The schema.
 */
export function contextSchema<Event>(event: Schema<Event>) {
  const pipeline = object({
    "event-handlers": record(nullable(once(event)), {
      description: "The handlers of each event, by the name of the event.",
    }),
  }, {
    isOpen: true,
    description:
      "A pipeline: the handlers of its events, and keys of your own.",
  });
  return nullable(object({
    "pipelines": record(nullable(once(pipeline)), {
      description: "The pipelines, by name.",
    }),
  }, {
    isOpen: true,
    description:
      "What the documents of this context begin with: its pipelines, and keys of your own.",
  }));
}
