import type { ConfigSource } from "../config/source.ts";
import type { Mirror, StateStore } from "../document/store.ts";
import type { RedisClient } from "../datasources/redis/clients/client.ts";
import type { Change } from "../document/change.ts";
import type { Delivery, PipelineEvent } from "../events/types.ts";
import type { Logger } from "../util/log.ts";

/**
 * Options of {@linkcode CicdStateMgr.open}.
 *
 * @example Create, change and read a document in SQLite
 * ```ts
 * import { CicdStateMgr } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * const sqlite = { path: `${await Deno.makeTempDir()}/state.db`, isPrimary: true };
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: { sqlite } } },
 * });
 * const appConfig = { "cicd-contexts": { stage: { region: "north" } } };
 * await manager.init("build-1", { appConfig });
 * await manager.set("build-1", { "state.tag": "v1-{{region}}" });
 * strictEqual(await manager.get("build-1", "state.tag"), "v1-north");
 * ```
 */
export interface OpenOptions {
  /** The config: a path, a URL, or what a config file would hold. */
  readonly config: ConfigSource;
  /** The secrets: a path, a URL, or what a secrets file would hold. */
  readonly secrets?: ConfigSource | undefined;
  /** The caller's own store, instead of the config's primary. */
  readonly store?: StateStore | undefined;
  /** The caller's own mirrors, besides those of the config. */
  readonly mirrors?: readonly Mirror[] | undefined;
  /** A connected client for the config's primary, which stays open. */
  readonly redisClient?: RedisClient | undefined;
  /**
   * Who makes the changes, for the history.
   *
   * @default {""}
   */
  readonly actor?: string | undefined;
  /**
   * Milliseconds after which a document expires unless it is written again; 0
   * means never. Default: the config's `ttl`.
   */
  readonly ttlMs?: number | undefined;
  /**
   * Receives warnings and errors.
   *
   * @default {a logger that drops them}
   */
  readonly logger?: Logger | undefined;
}

/** When a document is written, and how long it is kept. */
export interface WriteOptions {
  /** The number of the revision that the document must be at. */
  readonly ifRevision?: string | undefined;
  /**
   * Milliseconds after which the document expires unless it is written again;
   * 0 means never. Default: that of {@linkcode OpenOptions}.
   */
  readonly ttlMs?: number | undefined;
}

/**
 * Options of {@linkcode CicdStateMgr.change}.
 *
 * @example Take a lock that only one task can have
 * ```ts
 * import { CicdStateMgr, memoryStore } from "@cicdstatemgr/cicdstatemgr";
 * import { rejects } from "node:assert/strict";
 *
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: {} } },
 *   store: memoryStore(),
 * });
 * const appConfig = { "cicd-contexts": { stage: {} } };
 * await manager.init("build-1", { appConfig });
 * const lock = { op: "set", path: ["state", "lock"], value: "me" } as const;
 * await manager.change("build-1", [lock], { ifAbsent: true });
 * await rejects(manager.change("build-1", [lock], { ifAbsent: true }), {
 *   code: "CONFLICT",
 * });
 * ```
 */
export interface ChangeOptions extends WriteOptions {
  /**
   * Whether it is a conflict if one of the changed paths has a value.
   *
   * @default {false}
   */
  readonly ifAbsent?: boolean | undefined;
}

/** A variable that templates see besides the document. */
export interface TemplateVariable {
  /** Its path in the template context: keys joined by dots. */
  readonly name: string;
  /** A JSONPath into the document. If it finds nothing, it is the value itself. */
  readonly expression: string;
}

/** How templates are rendered. */
export interface RenderingOptions {
  /** Variables that templates see besides the document. */
  readonly variables?: readonly TemplateVariable[] | undefined;
  /**
   * What happens when a template fails: its result is an error text, or an `if`
   * counts as blank, and the failure is logged; or the call fails with the code
   * `TEMPLATE`, before anything is sent or stored. Default: the config's
   * `templates-on-error`, which is `text` if it is missing.
   */
  readonly onTemplateError?: "text" | "fail" | undefined;
  /**
   * Whether an undefined variable is an error wherever it is used, unless it is
   * tested with `is defined` or given a `default`.
   *
   * @default {false}
   */
  readonly strictUndefined?: boolean | undefined;
}

/**
 * Options of {@linkcode CicdStateMgr.get}.
 *
 * @example Read a template with a variable, and as it is stored
 * ```ts
 * import { CicdStateMgr, memoryStore } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: {} } },
 *   store: memoryStore(),
 * });
 * const appConfig = { "cicd-contexts": { stage: { note: "{{ who }} was here" } } };
 * await manager.init("build-1", { appConfig });
 * const variables = [{ name: "who", expression: "state.cicdContextName" }];
 * strictEqual(
 *   await manager.get("build-1", "note", { variables }),
 *   "stage was here",
 * );
 * strictEqual(
 *   await manager.get("build-1", "note", { raw: true }),
 *   "{{ who }} was here",
 * );
 * ```
 */
export interface GetOptions extends RenderingOptions {
  /**
   * Whether the primary is read even if a mirror holds the document.
   *
   * @default {false}
   */
  readonly fresh?: boolean | undefined;
  /**
   * Whether a string is returned as it is stored, without rendering it.
   *
   * @default {false}
   */
  readonly raw?: boolean | undefined;
}

/** How an event is handled. */
export interface EventOptions extends RenderingOptions {
  /**
   * Whether an event that the pipeline does not have is an error.
   *
   * @default {false}
   */
  readonly requireEvent?: boolean | undefined;
  /** Receives each request that is sent, and what came back. */
  readonly onDelivery?: ((delivery: Delivery) => void) | undefined;
  /**
   * Stops the event: no more is sent, what handlers have set is stored within a
   * second, and the call fails with the code `INTERRUPTED`. The reason names
   * what happened, such as `SIGTERM`.
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Options of {@linkcode CicdStateMgr.init}.
 *
 * @example Create a document of another context, unless there is one
 * ```ts
 * import { CicdStateMgr, memoryStore } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: {} } },
 *   store: memoryStore(),
 * });
 * const contexts = { stage: {}, prod: { region: "north" } };
 * await manager.init("build-1", {
 *   appConfig: { "cicd-contexts": contexts },
 *   contextName: "prod",
 *   ifExists: "keep",
 *   change: [{ op: "set", path: ["state", "tag"], value: "v1" }],
 * });
 * strictEqual(await manager.get("build-1", "region"), "north");
 * ```
 */
export interface InitOptions extends EventOptions, WriteOptions {
  /**
   * What happens if the id already has a document: it is replaced, it is a
   * conflict, or it is kept and nothing else is done.
   *
   * @default {"replace"}
   */
  readonly ifExists?: "replace" | "fail" | "keep" | undefined;
  /** The app config: a path, a URL, or what such a file would hold. */
  readonly appConfig: ConfigSource;
  /** The folder of the bases that it names. */
  readonly basesDir?: string | URL | undefined;
  /**
   * The cicd context to take from it.
   *
   * @default {"stage"}
   */
  readonly contextName?: string | undefined;
  /** What is set before variables are rendered and handlers run. */
  readonly change?: Change | undefined;
  /** The event whose handlers run before the document is stored. */
  readonly handleEvent?: PipelineEvent | undefined;
}

/** Options of {@linkcode CicdStateMgr.load}. */
export interface LoadOptions extends EventOptions, ChangeOptions {
  /** What is changed in the primary before the handlers run. */
  readonly change?: Change | undefined;
  /** The event whose handlers run. */
  readonly handleEvent?: PipelineEvent | undefined;
}

/**
 * Options of {@linkcode CicdStateMgr.generate}.
 *
 * @example Generate the name of an image
 * ```ts
 * import { CicdStateMgr, memoryStore } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: {} } },
 *   store: memoryStore(),
 * });
 * const generators = {
 *   name: { set: [{ key: "state.image", value: "web:{{ state.tag }}" }] },
 * };
 * const appConfig = { "cicd-contexts": { stage: { generators } } };
 * await manager.init("build-1", { appConfig });
 * await manager.set("build-1", { "state.tag": "v1" });
 * await manager.generate("build-1", "generators");
 * strictEqual(await manager.get("build-1", "state.image"), "web:v1");
 * ```
 */
export interface GenerateOptions extends RenderingOptions, ChangeOptions {}

/** Options of {@linkcode CicdStateMgr.handleEvent}. */
export interface HandleEventOptions extends EventOptions, ChangeOptions {
  /** What is stored before the handlers run. */
  readonly change?: Change | undefined;
}

/** Options of {@linkcode CicdStateMgr.previewEvent}. */
export interface PreviewOptions extends HandleEventOptions {
  /** Makes the document that the handlers run on, in place of a stored one. */
  readonly init?: InitOptions | undefined;
  /**
   * Whether the addresses of requests are shown in full. Those of webhooks are
   * secrets.
   *
   * @default {false}: only the server is shown
   */
  readonly showUrls?: boolean | undefined;
}
