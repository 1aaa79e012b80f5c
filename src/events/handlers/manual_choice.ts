import { CicdStateError } from "../../errors.ts";
import { pythonStr } from "../../formats/python_text.ts";
import { queryPath } from "../../document/jsonpath.ts";
import { describeType } from "../../util/messages.ts";
import {
  cloneValue,
  getKey,
  isMapping,
  type Mapping,
  setKey,
  type Value,
} from "../../values.ts";
import { missingKey, requiredConfigText, wrongType } from "../config_value.ts";
import type { EventRun } from "../event_run.ts";
import type { ManualChoiceConfig } from "../handler_config.ts";
import { post, slackRequest } from "../post.ts";
import { capture, capturesOf } from "../transfer.ts";

/**
 * Appends the choices that a manual-choice's `choice-generators` make.
 *
 * @param section The manual-choice.
 * @param choices Its choices, which are added to.
 * @param label Names it in messages.
 * @param context What templates see; each item stays in it, under the iterator's name.
 * @param run The event at work.
 * @throws {CicdStateError} `CONFIG`, `PATH` or `INPUT`.
 */
async function generateChoices(
  section: Mapping,
  choices: Mapping,
  label: string,
  context: Mapping,
  run: EventRun,
): Promise<void> {
  const generators = getKey(section, "choice-generators") ?? {};
  const where = `${label}.choice-generators`;
  if (!isMapping(generators)) throw wrongType(where, generators);
  for (const name of Object.keys(generators)) {
    const generator = generators[name]!;
    const at = `${where}.${name}`;
    if (!isMapping(generator)) throw wrongType(at, generator);
    const template = textOf(generator, "template", at);
    const items = await findItems(generator, at, context, run);
    const iterator = await findIterator(generator, at, context, run);
    for (const key of Object.keys(items)) {
      setKey(context, iterator, cloneValue(items[key]!));
      const text = await run.render(template, context);
      const choice = await parseChoice(text, at);
      if (choice !== undefined) setKey(choices, ...choice);
    }
  }
}

async function findItems(
  generator: Mapping,
  at: string,
  context: Mapping,
  run: EventRun,
): Promise<Mapping> {
  const source = textOf(generator, "foreach", at);
  const expression = (await run.render(source, context)).trim();
  const found = expression === "" ? [] : queryPath(run.document, expression);
  if (found.length === 1 && isMapping(found[0])) return found[0];
  const what = found.length === 1
    ? describeType(found[0]!)
    : found.length === 0
    ? "nothing"
    : `${found.length} values`;
  run.services.log.warn(
    `Made no choices by "${at}": ` +
      `foreach "${expression}" finds ${what}, not one mapping`,
  );
  return {};
}

/** The name may be written, or stand in the document where a JSONPath finds it. */
async function findIterator(
  generator: Mapping,
  at: string,
  context: Mapping,
  run: EventRun,
): Promise<string> {
  const source = textOf(generator, "iterator", at);
  const written = (await run.render(source, context)).trim();
  const found = query(run.document, written);
  const [name] = found;
  if (found.length !== 1 || typeof name !== "string") return written;
  return (await run.render(name, context)).trim() || written;
}

function query(document: Mapping, expression: string): Value[] {
  try {
    return queryPath(document, expression);
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    return [];
  }
}

/** Reads the first key of a rendered template and its value. */
async function parseChoice(
  text: string,
  at: string,
): Promise<[string, Value] | undefined> {
  if (text.trim() === "") return undefined;
  // The YAML parser costs more to load than all handlers together.
  const { parseYaml } = await import("../../formats/yaml.ts");
  let made: Value;
  try {
    made = parseYaml(text);
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    throw new CicdStateError(
      "INPUT",
      `Cannot use what "${at}.template" renders to: ${error.message}`,
      { hint: error.hint, cause: error },
    );
  }
  if (made === null) return undefined;
  if (!isMapping(made)) throw wrongType(`${at}.template`, made);
  const name = Object.keys(made)[0];
  return name === undefined ? undefined : [name, made[name]!];
}

function textOf(generator: Mapping, key: string, at: string): string {
  const value = getKey(generator, key);
  if (typeof value === "string") return value;
  throw value === undefined
    ? missingKey(at, key)
    : wrongType(`${at}.${key}`, value, "a string");
}

/** Sends a message with choices and captures values of the answer. */
export async function manualChoice(
  config: ManualChoiceConfig,
  run: EventRun,
): Promise<void> {
  const { configData, secretData } = run.services;
  const { label, http } = config;
  const section = cloneValue(config.section);
  const context = run.context({ manualChoice: section });
  if (!await run.allows(config.condition, context)) return;
  const captures = capturesOf(config, run);
  const template = requiredConfigText(
    configData,
    "templates",
    "manual-choice",
    label,
  );
  const url = requiredConfigText(configData, "slack", "url", label);
  section["title"] = await run.render(config.title, context);
  const choices = getKey(section, "choices") ?? {};
  if (!isMapping(choices)) throw wrongType(`${label}.choices`, choices);
  section["choices"] = choices;
  await generateChoices(section, choices, label, context, run);
  for (const name of Object.keys(choices)) {
    await renderChoice(
      choices,
      name,
      `${label}.choices.${name}`,
      context,
      run,
    );
  }
  const body = await run.render(template, context);
  const request = slackRequest(url, body, secretData);
  const options = { label, http, captures, okMatters: true };
  await capture(captures, await post(run, request, options), label, run);
}

/** Renders a choice in place: those behind it see it rendered. */
async function renderChoice(
  choices: Mapping,
  name: string,
  where: string,
  context: Mapping,
  run: EventRun,
): Promise<void> {
  const found = choices[name]!;
  if (!isMapping(found)) throw wrongType(where, found);
  // YAML aliases share choices and options. What a template rendered must not be
  // rendered again as a template, so each place gets a copy.
  const choice = { ...found };
  setKey(choices, name, choice);
  await renderKey(choice, "header", context, run);
  const options = getKey(choice, "options") ?? [];
  if (!Array.isArray(options)) {
    throw wrongType(`${where}.options`, options, "a list");
  }
  const rendered: Value[] = [...options];
  if (Object.hasOwn(choice, "options")) choice["options"] = rendered;
  for (const [index, shared] of options.entries()) {
    if (!isMapping(shared)) {
      throw wrongType(`${where}.options[${index}]`, shared);
    }
    const option = { ...shared };
    rendered[index] = option;
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
  mapping[key] = await run.render(pythonStr(source), context);
}
