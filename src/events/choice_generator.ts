import { queryPath } from "../document/jsonpath.ts";
import { CicdStateError } from "../errors.ts";
import { object, required } from "../schema/composite.ts";
import { type Infer, string } from "../schema/schema.ts";
import { describeType } from "../util/messages.ts";
import {
  cloneValue,
  isMapping,
  type Mapping,
  setKey,
  type Value,
} from "../values.ts";
import type { EventRun } from "./run.ts";

/** One of a manual-choice's `choice-generators`. */
export const CHOICE_GENERATOR = object({
  "foreach": required(
    string({
      description:
        "A template: a JSONPath that finds one mapping, whose values are iterated.",
    }),
  ),
  "iterator": required(
    string({
      description:
        "The name under which the template sees each value, or a JSONPath that finds the name.",
    }),
  ),
  "template": required(
    string({
      description:
        "A template: YAML whose first key is the name of a choice and whose value is the choice.",
    }),
  ),
}, { isOpen: true });

/** What a choice generator needs. */
interface Generation {
  /** Where it is in the document, for messages. */
  readonly at: string;
  /** The template context. Each item stays in it, under the iterator's name. */
  readonly context: Mapping;
  /** The running event. */
  readonly run: EventRun;
}

/**
 * Adds a choice for each value of a mapping.
 *
 * @param generator The generator.
 * @param choices The choices that the new ones are added to.
 * @param generation Where it is, and the event.
 * @throws {CicdStateError} `CONFIG`, `PATH` or `INPUT`.
 */
export async function generateChoices(
  generator: Infer<typeof CHOICE_GENERATOR>,
  choices: Mapping,
  generation: Generation,
): Promise<void> {
  const { at, context, run } = generation;
  const items = await findItems(generator.foreach, generation);
  const iterator = await findIterator(generator.iterator, generation);
  for (const key of Object.keys(items)) {
    setKey(context, iterator, cloneValue(items[key]!));
    const text = await run.render(
      generator.template,
      context,
      `${at}.template`,
    );
    const choice = await parseChoice(text, `${at}.template`);
    if (choice !== undefined) setKey(choices, ...choice);
  }
}

async function findItems(
  foreach: string,
  { at, context, run }: Generation,
): Promise<Mapping> {
  const expression = (await run.render(foreach, context, `${at}.foreach`))
    .trim();
  const found = expression === "" ? [] : queryPath(run.document, expression);
  const [first] = found;
  if (found.length === 1 && isMapping(first)) return first;
  const what = found.length > 1
    ? `${found.length} values`
    : first === undefined
    ? "nothing"
    : describeType(first);
  run.services.log.warn(
    `Made no choices with "${at}": ` +
      `foreach "${expression}" finds ${what} instead of one mapping`,
  );
  return {};
}

/** Returns the name as it is written, or the one that it finds in the document. */
async function findIterator(
  iterator: string,
  { at, context, run }: Generation,
): Promise<string> {
  const written = (await run.render(iterator, context, `${at}.iterator`))
    .trim();
  const found = query(run.document, written);
  const [name] = found;
  if (found.length !== 1 || typeof name !== "string") return written;
  return (await run.render(name, context, `${at}.iterator`)).trim() || written;
}

function query(document: Mapping, expression: string): Value[] {
  try {
    return queryPath(document, expression);
  } catch (error) {
    if (error instanceof CicdStateError) return [];
    throw error;
  }
}

/** Returns the first key of a rendered template, and its value. */
async function parseChoice(
  text: string,
  at: string,
): Promise<[string, Value] | undefined> {
  if (text.trim() === "") return undefined;
  // Loading the YAML parser takes longer than loading all handlers.
  const { parseYaml } = await import("../formats/yaml.ts");
  let choices: Value;
  try {
    choices = parseYaml(text);
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    throw new CicdStateError(
      "INPUT",
      `Cannot use what "${at}" renders to: ${error.message}`,
      { hint: error.hint, cause: error },
    );
  }
  if (choices === null) return undefined;
  if (!isMapping(choices)) {
    throw new CicdStateError(
      "INPUT",
      `Cannot use what "${at}" renders to: it is ${describeType(choices)}`,
      { hint: "It must be a mapping: the name of a choice, and the choice" },
    );
  }
  const name = Object.keys(choices)[0];
  return name === undefined ? undefined : [name, choices[name]!];
}
