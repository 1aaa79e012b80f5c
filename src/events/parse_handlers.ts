import { pythonStr } from "../formats/python_text.ts";
import { type HttpConfig, parseHttpConfig } from "../http/config.ts";
import type { Logger } from "../util/log.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";
import { missingKey, wrongType } from "./config_value.ts";
import type { HandlerConfig } from "./handler_config.ts";
import { parseTransfers, type Transfer } from "./transfer.ts";

/** A config that has its kind's own key is one, else a mapping of named ones. */
const OWN_KEYS: Readonly<Record<HandlerConfig["kind"], string>> = {
  "notify": "message",
  "manual-choice": "title",
  "trigger-pipeline": "name",
  "respond": "message",
  "set-values": "set",
};

/** What {@linkcode parseHandlers} needs. */
export interface ParseHandlersOptions {
  /** Where they are written: `pipelines.build.event-handlers.started`. */
  readonly where: string;
  /** The config's `http`. */
  readonly http: HttpConfig;
  /** Where handlers that do not run are reported. */
  readonly log: Logger;
}

/**
 * Reads the handlers of an event, so that a wrong one is found before the first
 * runs.
 *
 * @param handlers Kind to config.
 * @param options Where they are written, and what they inherit.
 * @returns The enabled ones, in file order.
 * @throws {CicdStateError} `CONFIG`.
 */
export function parseHandlers(
  handlers: Mapping,
  { where, http, log }: ParseHandlersOptions,
): HandlerConfig[] {
  return Object.keys(handlers).flatMap((kind) => {
    const section = handlers[kind]!;
    const at = `${where}.${kind}`;
    if (isMapping(section) && getKey(section, "enabled") === false) {
      log.info(`${kind} enabled:False skipping`);
      return [];
    }
    if (!isKind(kind)) {
      const known = Object.keys(OWN_KEYS).join(", ");
      log.warn(`Passed over "${at}": known handlers are ${known}`);
      return [];
    }
    if (!isMapping(section)) throw wrongType(at, section);
    return splitNamed(kind, section, at, { where, http, log });
  });
}

function isKind(kind: string): kind is HandlerConfig["kind"] {
  return Object.hasOwn(OWN_KEYS, kind);
}

function splitNamed(
  kind: HandlerConfig["kind"],
  section: Mapping,
  at: string,
  { http: inherited, log }: ParseHandlersOptions,
): HandlerConfig[] {
  if (Object.hasOwn(section, OWN_KEYS[kind])) {
    const http = ownHttp(section, at, inherited);
    return [parseHandler(kind, kind, section, at, http)];
  }
  const common = Object.keys(section).filter((name) =>
    isSettingOfAll(kind, name, section[name]!)
  );
  const http = common.includes("http")
    ? ownHttp(section, at, inherited)
    : inherited;
  const names = Object.keys(section).filter((name) => !common.includes(name));
  return names.map((name) => {
    const named = section[name]!;
    const place = `${at}.${name}`;
    if (!isMapping(named)) {
      const own = OWN_KEYS[kind];
      throw wrongType(
        place,
        named,
        `a named ${kind}, or needs "${own}" beside it`,
      );
    }
    if (getKey(named, "enabled") === false) {
      log.warn(
        `"${place}.enabled" does nothing: use "if", or disable all of ${kind}`,
      );
    }
    const label = `${kind}.${name}`;
    return parseHandler(kind, label, named, place, ownHttp(named, place, http));
  });
}

/** Tells what stands beside named configs and is none of them. */
function isSettingOfAll(
  kind: HandlerConfig["kind"],
  name: string,
  value: Value,
): boolean {
  if (name === "enabled") return !isMapping(value);
  return name === "http" &&
    !(isMapping(value) && Object.hasOwn(value, OWN_KEYS[kind]));
}

function ownHttp(
  section: Mapping,
  at: string,
  inherited: HttpConfig,
): HttpConfig {
  return parseHttpConfig(getKey(section, "http"), `"${at}.http"`, inherited);
}

function parseHandler(
  kind: HandlerConfig["kind"],
  label: string,
  section: Mapping,
  at: string,
  http: HttpConfig,
): HandlerConfig {
  const condition = getKey(section, "if");
  const common = { label, condition, section, http };
  switch (kind) {
    case "notify": {
      const message = requiredText(section, "message", at);
      return { kind, ...common, message, captures: captures(section, at) };
    }
    case "manual-choice": {
      const title = requiredText(section, "title", at);
      return { kind, ...common, title, captures: captures(section, at) };
    }
    case "trigger-pipeline": {
      const args = getKey(section, "args") ?? {};
      if (!isMapping(args)) throw wrongType(`${at}.args`, args);
      return { kind, ...common, args };
    }
    case "respond":
      return { kind, ...common, message: requiredText(section, "message", at) };
    case "set-values": {
      const list = getKey(section, "set");
      if (list === undefined) throw missingKey(at, "set");
      return { kind, ...common, set: parseTransfers(list, `${at}.set`) };
    }
  }
}

function captures(section: Mapping, at: string): Transfer[] {
  const key = "capture-response-data";
  return parseTransfers(getKey(section, key), `${at}.${key}`);
}

function requiredText(section: Mapping, key: string, at: string): string {
  const value = getKey(section, key);
  if (value === undefined) throw missingKey(at, key);
  return value === null ? "" : pythonStr(value);
}
