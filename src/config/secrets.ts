import { object } from "../schema/composite.ts";
import { type Schema, string } from "../schema/schema.ts";
import { TOP_KEY } from "./schema.ts";

/** The sections that secrets share with the config. */
export interface SharedSections {
  /** The schema of `datasources`. */
  readonly datasources: Schema<unknown>;
  /** The schema of `encryption`. */
  readonly encryption: Schema<unknown>;
}

/**
 * Makes the schema of a secrets file. What it shares with the config may be
 * incomplete: it is checked again when both are merged.
 *
 * @param shared The sections that it shares with the config.
 * @returns The schema of the whole file.
 */
export function secretsSchema({ datasources, encryption }: SharedSections) {
  return object({
    [TOP_KEY]: object({
      datasources,
      encryption,
      "slack": withToken(
        "Sent as a bearer token with each notify, manual-choice and respond.",
      ),
      "trigger": withToken(
        "For the headers of trigger-pipeline, as secretData.trigger.token.",
      ),
    }, {
      isOpen: true,
      description:
        "Only the headers of trigger see the secrets, as secretData. You may add keys of your own.",
    }),
  }, { isOpen: true });
}

function withToken(description: string) {
  return object({
    "token": string({ isSecret: true, mayBeEmpty: true, description }),
  }, { isOpen: true });
}
