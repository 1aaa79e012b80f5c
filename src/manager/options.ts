import type { ConfigSource } from "../config/source.ts";
import type { Mirror, StateStore } from "../document/store.ts";
import type { RedisClient } from "../datasources/redis/client.ts";
import type { Change } from "../document/change.ts";
import type { Logger } from "../util/log.ts";

/** Options of {@linkcode CicdStateMgr.open}. */
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

/** Options of {@linkcode CicdStateMgr.change}. */
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
   * `TEMPLATE`, before anything is sent or stored.
   *
   * @default {"text"}
   */
  readonly onTemplateError?: "text" | "fail" | undefined;
}

/** Options of {@linkcode CicdStateMgr.get}. */
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

/** An event of a pipeline. */
export interface PipelineEvent {
  /** The pipeline's name. */
  readonly pipeline: string;
  /** The event's name. */
  readonly event: string;
}

/** How an event is handled. */
export interface EventOptions extends RenderingOptions {
  /**
   * Whether an event that the pipeline does not have is an error.
   *
   * @default {false}
   */
  readonly requireEvent?: boolean | undefined;
  /**
   * Stops the event: no more is sent, what handlers have set is stored within a
   * second, and the call fails with the code `INTERRUPTED`. The reason names
   * what happened, such as `SIGTERM`.
   */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@linkcode CicdStateMgr.init}. */
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

/** Options of {@linkcode CicdStateMgr.generate}. */
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
}
