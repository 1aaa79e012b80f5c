import { HANDLER_KINDS } from "../events/handlers/registry.ts";
import type { Path, Problem } from "../schema/schema.ts";
import { suggest } from "../util/messages.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";

/** A mapping under this key is taken for generators. */
export const GENERATORS_KEY = "generators";

/** A list of a generator that is not under this key is never read. */
const SET_KEY = "set";

/** A handler of an unknown kind. */
interface UnknownKind extends Problem {
  /** Whether its name is nearly that of a known kind. */
  readonly isNearlyKnown: boolean;
}

/**
 * Finds the handlers of an event that are skipped when it runs, which is rarely
 * meant.
 *
 * @param event The handlers by kind.
 * @param path The keys that lead to the event.
 * @returns A problem for each unknown kind.
 */
export function unknownKinds(event: Mapping, path: Path): UnknownKind[] {
  return Object.keys(event).filter((kind) => !HANDLER_KINDS.includes(kind))
    .map((kind) => {
      const near = suggest(kind, HANDLER_KINDS);
      const known = `Known handlers: ${HANDLER_KINDS.join(", ")}`;
      return {
        path: [...path, kind],
        isKey: true,
        message: "is not a kind of handler, and is skipped",
        hint: near === undefined ? known : `Did you mean "${near}"? ${known}`,
        isNearlyKnown: near !== undefined,
      };
    });
}

/**
 * Finds names of pipelines or events that YAML 1.1 read as booleans.
 *
 * @param names The pipelines, or the events of a pipeline.
 * @param path The keys that lead to them.
 * @returns A problem for each of these names.
 */
export function booleanNames(names: Mapping, path: Path): Problem[] {
  return ["true", "false"].filter((name) => Object.hasOwn(names, name))
    .map((name) => ({
      path: [...path, name],
      isKey: true,
      message: `is the name that YAML makes of ${
        name === "true" ? "on, yes and true" : "off, no and false"
      }`,
      hint: "If another name is meant, put it in quotes",
    }));
}

/**
 * Finds what looks wrong in a context, though a document can be created from it.
 *
 * @param context The context, which has been checked.
 * @param path The keys that lead to it.
 * @returns What to warn of.
 */
export function findSuspects(context: Mapping, path: Path): Problem[] {
  const problems: Problem[] = [];
  const pipelines = mappingOf(getKey(context, "pipelines"));
  problems.push(...booleanNames(pipelines, [...path, "pipelines"]));
  for (const pipeline of Object.keys(pipelines)) {
    const events = mappingOf(
      getKey(mappingOf(pipelines[pipeline]), "event-handlers"),
    );
    const section = [...path, "pipelines", pipeline, "event-handlers"];
    problems.push(...booleanNames(events, section));
    for (const event of Object.keys(events)) {
      const at = [...section, event];
      problems.push(...unknownKinds(mappingOf(events[event]), at));
    }
  }
  const generators = mappingOf(getKey(context, GENERATORS_KEY));
  for (const name of Object.keys(generators)) {
    const at = [...path, GENERATORS_KEY, name];
    problems.push(...misspeltSets(mappingOf(generators[name]), at));
  }
  return problems;
}

function misspeltSets(generator: Mapping, path: Path): Problem[] {
  if (Object.hasOwn(generator, SET_KEY)) return [];
  return Object.keys(generator)
    .filter((key) =>
      Array.isArray(generator[key]) && suggest(key, [SET_KEY]) !== undefined
    )
    .map((key) => ({
      path: [...path, key],
      isKey: true,
      message: "is not a key of a generator",
      hint: `Did you mean "${SET_KEY}"?`,
    }));
}

function mappingOf(value: Value | undefined): Mapping {
  return value !== undefined && isMapping(value) ? value : {};
}
