import { pythonStr } from "../../formats/python_text.ts";
import { list, object, present, record } from "../../schema/composite.ts";
import { readOrThrow } from "../../schema/error.ts";
import {
  getKey,
  isMapping,
  type Mapping,
  setKey,
  type Value,
} from "../../values.ts";
import { CHOICE_GENERATOR, generateChoices } from "../choice_generator.ts";
import { defineHandler } from "../handler.ts";
import { CAPTURE_KEYS, messageSettings, sendMessage } from "../message.ts";
import type { EventRun } from "../run.ts";
import { template } from "../sections.ts";

const CHOICE = object({
  "header": template({ description: "A template: what is asked." }),
  "options": list(
    object({
      "text": template({ description: "A template: what people read." }),
      "value": template({ description: "A template: what choosing it sends." }),
    }, { isOpen: true }),
    { description: "What people can choose." },
  ),
}, { isOpen: true });

/** Sends a message with choices and captures values of the response. */
export const manualChoice = defineHandler({
  kind: "manual-choice",
  ownKey: "title",
  contextName: "manualChoice",
  description: "Sends a message with choices to slack.url.",
  keys: {
    "title": present(template({ description: "A template: the title." })),
    "choices": record(CHOICE, { description: "Choices by name." }),
    "choice-generators": record(CHOICE_GENERATOR, {
      description: "Generators of further choices by name.",
    }),
    ...CAPTURE_KEYS,
  },
  async run(job, run) {
    const { label, keys, section, context } = job;
    const { manualChoice, templates } = run.services.sections;
    const settings = messageSettings(
      {
        template: templates?.manualChoice,
        captures: manualChoice?.autoCaptureResponseData,
      },
      job,
      run,
    );
    section["title"] = await run.render(
      keys.title ?? "",
      context,
      "title",
    );
    const choices = copyOf(getKey(section, "choices"));
    section["choices"] = choices;
    for (const [name, generator] of keys.choiceGenerators ?? []) {
      const at = `${label}.choice-generators.${name}`;
      await generateChoices(generator, choices, { at, context, run });
    }
    for (const name of Object.keys(choices)) {
      const path = ["choices", name];
      // Generated choices have not been checked yet.
      readOrThrow(CHOICE, choices[name]!, { where: label, path });
      await renderChoice(choices, name, context, run);
    }
    await sendMessage(settings, job, run);
  },
});

/**
 * Renders a choice in place, so that later ones see the result. YAML aliases
 * share choices and options, and what a template rendered must not be rendered
 * again, so each place gets a copy.
 */
async function renderChoice(
  choices: Mapping,
  name: string,
  context: Mapping,
  run: EventRun,
): Promise<void> {
  const choice = copyOf(choices[name]);
  setKey(choices, name, choice);
  await renderKey(choice, "header", context, run);
  const options = getKey(choice, "options");
  if (!Array.isArray(options)) return;
  const copies = options.map(copyOf);
  choice["options"] = copies;
  for (const option of copies) {
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
  mapping[key] = await run.render(pythonStr(source), context, key);
}

function copyOf(value: Value | undefined): Mapping {
  return isMapping(value) ? { ...value } : {};
}
