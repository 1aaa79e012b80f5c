import {
  completeHttpConfig,
  DEFAULT_HTTP_CONFIG,
  HTTP,
  type HttpConfig,
} from "../http/config.ts";
import { mapping } from "../schema/composite.ts";
import {
  type Path,
  pathText,
  type Problem,
  type Report,
} from "../schema/schema.ts";
import type { Logger } from "../util/log.ts";
import { suggest } from "../util/messages.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";
import type { Handler, HandlerPlace, HandlerTask } from "./handler.ts";
import { HANDLER_KINDS, loadHandler } from "./handlers/registry.ts";

/** Options of {@linkcode readHandlers}. */
export interface ReadHandlersOptions {
  /** The keys that lead to the event, for messages. */
  readonly path: Path;
  /** The config's `http`, which handlers inherit. */
  readonly http: HttpConfig;
  /** Receives what is skipped. */
  readonly log: Logger;
  /** Receives each problem. */
  readonly report: Report;
}

/**
 * Reads all handlers of an event, so that every problem is found before the
 * first handler runs.
 *
 * @param event Kinds of handlers and their configs; null has none.
 * @param options Where the event stands, and what handlers inherit.
 * @returns The tasks of enabled handlers, in file order. They must not run
 * after a problem.
 */
export async function readHandlers(
  event: Value,
  { path: eventPath, http, log, report }: ReadHandlersOptions,
): Promise<HandlerTask[]> {
  const tasks: HandlerTask[] = [];
  const sections = mapping().read(event ?? {}, eventPath, report);
  for (const kind of Object.keys(sections)) {
    const section = sections[kind]!;
    if (isMapping(section) && getKey(section, "enabled") === false) {
      log.info(`${kind} enabled:False skipping`);
      continue;
    }
    const path = [...eventPath, kind];
    const handler = await loadHandler(kind);
    if (handler === undefined) {
      log.warn(unknownKind(kind, path));
    } else {
      const place = { label: kind, path, http };
      tasks.push(...readKind(handler, section, place, { log, report }));
    }
  }
  return tasks;
}

/**
 * Checks all handlers of an event without running them.
 *
 * @param event Kinds of handlers and their configs; null has none.
 * @param path The keys that lead to the event.
 * @param report Receives each problem.
 */
export async function checkHandlers(
  event: Value,
  path: Path,
  report: Report,
): Promise<void> {
  const log = { info() {}, warn() {}, error() {} };
  const http = DEFAULT_HTTP_CONFIG;
  await readHandlers(event, { path, http, log, report });
}

function unknownKind(kind: string, path: Path): string {
  const near = suggest(kind, HANDLER_KINDS);
  const hint = near === undefined
    ? `known handlers are ${HANDLER_KINDS.join(", ")}`
    : `did you mean "${near}"?`;
  return `Skipped "${pathText(path)}": ${hint}`;
}

/** What receives the findings of {@linkcode readHandlers}. */
type Listeners = Pick<ReadHandlersOptions, "log" | "report">;

/** Reads one config, or all named ones. */
function readKind(
  handler: Handler,
  value: Value,
  place: HandlerPlace,
  { log, report }: Listeners,
): HandlerTask[] {
  const section = mapping().read(value, place.path, report);
  if (Object.hasOwn(section, handler.ownKey)) {
    return [handler.prepare(section, place, report)];
  }
  const { path } = place;
  const http = isSetting(handler, "http", section)
    ? readHttp(section, place, report)
    : place.http;
  const names = Object.keys(section).filter((name) =>
    !isSetting(handler, name, section)
  );
  const wrong = names.filter((name) => !isMapping(section[name]));
  if (wrong.length > 0) report(noOwnKey(handler, wrong, path));
  const tasks: HandlerTask[] = [];
  for (const name of names) {
    const config = section[name]!;
    if (!isMapping(config)) continue;
    const at = [...path, name];
    if (getKey(config, "enabled") === false) {
      log.warn(
        `"${
          pathText(at)
        }.enabled" has no effect: use "if", or disable all of ${handler.kind}`,
      );
    }
    const label = `${place.label}.${name}`;
    tasks.push(handler.prepare(config, { label, path: at, http }, report));
  }
  return tasks;
}

/** Reports whether a key beside named configs applies to all of them. */
function isSetting(handler: Handler, name: string, section: Mapping): boolean {
  const value = getKey(section, name);
  if (value === undefined) return false;
  if (name === "enabled") return !isMapping(value);
  return name === "http" &&
    !(isMapping(value) && Object.hasOwn(value, handler.ownKey));
}

function readHttp(
  section: Mapping,
  { path, http }: HandlerPlace,
  report: Report,
): HttpConfig {
  const own = getKey(section, "http") ?? {};
  return completeHttpConfig(HTTP.read(own, [...path, "http"], report), http);
}

/** Returns the problem of a section that is neither one config nor named ones. */
function noOwnKey(
  { kind, ownKey }: Handler,
  names: readonly string[],
  path: Path,
): Problem {
  const misspelt = names.find((name) => suggest(name, [ownKey]) !== undefined);
  return misspelt === undefined
    ? {
      path,
      message: `has no "${ownKey}"`,
      hint: `Add ${ownKey}:, or make "${names[0]}" a mapping: a named ${kind}`,
    }
    : {
      path: [...path, misspelt],
      isKey: true,
      message: "is not a known key",
      hint: `Did you mean "${ownKey}"?`,
    };
}
