import { CicdStateError } from "../errors.ts";
import { completeHttpConfig, HTTP, type HttpConfig } from "../http/config.ts";
import { type Fields, object, type ObjectOf } from "../schema/composite.ts";
import {
  anything,
  type JsonSchema,
  type Path,
  pathText,
  type Report,
  scalar,
} from "../schema/schema.ts";
import { addTemplateOwner } from "../templates/renderer.ts";
import { cloneValue, getKey, type Mapping, type Value } from "../values.ts";
import type { EventRun } from "./run.ts";

/** One config of a handler whose `if` allows it to run. */
export interface HandlerJob<Keys> {
  /** The kind of handler. */
  readonly kind: string;
  /** Names the config in messages: `notify`, or `notify.NAME`. */
  readonly label: string;
  /** Its keys, checked and typed. */
  readonly keys: Keys;
  /** How its request is sent. */
  readonly http: HttpConfig;
  /** A copy of the config as it was written, which templates see. */
  readonly section: Mapping;
  /** The template context. It holds `section` under the handler's name. */
  readonly context: Mapping;
}

/** What each kind of handler declares. */
export interface HandlerDefinition<Keys extends Fields> {
  /** Its name in `event-handlers`. */
  readonly kind: string;
  /** The key that every config has. A mapping without it holds named configs. */
  readonly ownKey: string;
  /** The name under which templates see the config. */
  readonly contextName: string;
  /** What it does, for editors and the reference page. */
  readonly description: string;
  /** Its keys, besides those that all handlers share. */
  readonly keys: Keys;
  /**
   * Whether a config without a value (`null`) has nothing to do.
   *
   * @default {false}: it is an error
   */
  readonly mayBeNull?: boolean;
  /**
   * Runs one config.
   *
   * @throws {CicdStateError} If it fails, which ends the event.
   */
  run(job: HandlerJob<ObjectOf<Keys>>, run: EventRun): Promise<void>;
}

/** Where a config is, and what it inherits. */
export interface HandlerPlace {
  /** Names the config in messages: `notify`, or `notify.NAME`. */
  readonly label: string;
  /** The keys that lead to it. */
  readonly path: Path;
  /** The settings that its own `http` overrides. */
  readonly http: HttpConfig;
}

/** Runs one config, if its `if` allows it. */
export type HandlerTask = (run: EventRun) => Promise<void>;

/** A kind of handler. */
export interface Handler {
  /** Its name in `event-handlers`. */
  readonly kind: string;
  /** The key that every config has. A mapping without it holds named configs. */
  readonly ownKey: string;
  /** What it does, for editors and the reference page. */
  readonly description: string;
  /** Whether a config without a value (`null`) has nothing to do. */
  readonly mayBeNull: boolean;
  /**
   * Returns the schema of one config, as editors use it.
   *
   * @param isPartial Whether keys may be missing, because a base has them.
   */
  json(isPartial?: boolean): JsonSchema;
  /**
   * Checks one config.
   *
   * @param section The config.
   * @param place Where it is.
   * @param report Receives each problem.
   * @returns The task. It must not run after a problem.
   */
  prepare(section: Mapping, place: HandlerPlace, report: Report): HandlerTask;
}

/** The keys of every handler. */
const COMMON_KEYS = {
  "if": anything({
    description:
      "A template. The handler does not run if the result is blank. If rendering fails, the command exits with 7; with --lenient the handler is skipped instead.",
  }),
  // Every value but false enables a handler, as in the Python tool.
  "enabled": scalar<Value>({
    json: { type: "boolean" },
    wanted: "It must be true or false",
    convert: (value) => value,
    fallback: null,
    description: "Whether the handler runs.",
    default: true,
  }),
  "http": HTTP,
};

/**
 * Defines a kind of handler.
 *
 * @typeParam Keys Its keys.
 * @param definition What it is called, which keys it has, and what it does.
 * @returns The handler.
 */
export function defineHandler<Keys extends Fields>(
  definition: HandlerDefinition<Keys>,
): Handler {
  const { kind, ownKey, contextName, description, mayBeNull = false } =
    definition;
  const common = object(COMMON_KEYS, { isOpen: true });
  const own = object(definition.keys, { isOpen: true });
  return {
    kind,
    ownKey,
    description,
    mayBeNull,
    json: (isPartial) =>
      object({ ...definition.keys, ...COMMON_KEYS }, {
        isOpen: true,
        description,
      }).json(isPartial),
    prepare(config, place, report) {
      const { label, path } = place;
      const http = completeHttpConfig(
        common.read(config, path, report).http,
        place.http,
      );
      const keys = own.read(config, path, report);
      return async (run) => {
        const section = cloneValue(config);
        const context = run.context({ [contextName]: section });
        try {
          const where = pathText([...path, "if"]);
          if (!await run.allows(getKey(config, "if"), context, where)) return;
          const job = { kind, label, keys, http, section, context };
          await definition.run(job, run);
        } catch (error) {
          throw addTemplateOwner(error, `Cannot run ${label}`);
        }
      };
    },
  };
}

/**
 * Returns a value of the config that a handler needs.
 *
 * @param value The value, if the config has one.
 * @param label The handler, for messages.
 * @param path The path of the value in the config.
 * @returns The value.
 * @throws {CicdStateError} `CONFIG`, if it is missing or empty.
 */
export function requireSetting(
  value: string | undefined,
  label: string,
  path: string,
): string {
  if (value) return value;
  const [section, key] = path.split(".");
  throw new CicdStateError(
    "CONFIG",
    `Cannot run ${label}: the config has no "cicdstatemgr.${path}"`,
    { hint: `Add ${key}: under ${section}: in the config` },
  );
}
