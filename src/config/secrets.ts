import { mapping, object } from "../schema/composite.ts";
import { string } from "../schema/schema.ts";

/**
 * The secrets. Their `datasources` and `encryption` are read merged with the
 * config's, everything else is there for the headers of `trigger`.
 */
export const SECRETS = object({
  "datasources": mapping({
    description: "Merged over the datasources of the config.",
  }),
  "encryption": mapping({
    description: "Merged over the encryption of the config.",
  }),
  "slack": withToken(
    "Sent as a bearer token with each notify, manual-choice and respond.",
  ),
  "trigger": withToken(
    "For the headers of trigger-pipeline, as secretData.trigger.token.",
  ),
}, {
  isOpen: true,
  description:
    "Secrets. Only the headers of trigger see them, as secretData. You may add your own.",
});

function withToken(description: string) {
  return object({
    "token": string({ isSecret: true, mayBeEmpty: true, description }),
  }, { isOpen: true });
}
