import type { ConfigSource } from "../config/source.ts";
import type { Mirror, StateStore } from "../document/store.ts";
import type { RedisClient } from "../datasources/redis/client.ts";
import type { Change } from "../document/change.ts";
import type { Logger } from "../util/log.ts";
import type { TemplateVariable } from "./templates/context.ts";

/** Options of {@linkcode CicdStateMgr.open}. */
export interface OpenOptions {
  /** The config: a path, a URL, or what a config file would hold. */
  readonly config: ConfigSource;
  /** The secrets, likewise. */
  readonly secrets?: ConfigSource | undefined;
  /** A store of one's own, in place of the config's primary. */
  readonly store?: StateStore | undefined;
  /** Mirrors of one's own, beside the config's. */
  readonly mirrors?: readonly Mirror[] | undefined;
  /** A connected Redis client for the config's `redis`, which stays open. */
  readonly redisClient?: RedisClient | undefined;
  /**
   * Who makes the changes, for the history.
   *
   * @default {""}
   */
  readonly actor?: string | undefined;
  /**
   * Milliseconds after which a document that nobody writes any more is gone;
   * 0: never. Default: the config's `ttl`.
   */
  readonly ttlMs?: number | undefined;
  /**
   * Where warnings and errors of templates and handlers go.
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

/** Options of what renders templates. */
export interface RenderingOptions {
  /** Variables that templates see beside the document. */
  readonly variables?: readonly TemplateVariable[] | undefined;
}

/** An event of a pipeline. */
export interface PipelineEvent {
  /** The pipeline's name. */
  readonly pipeline: string;
  /** The event's name. */
  readonly event: string;
}

/** Options of {@linkcode CicdStateMgr.init}. */
export interface InitOptions extends RenderingOptions, WriteOptions {
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
export interface LoadOptions extends RenderingOptions, ChangeOptions {
  /** What is changed in the primary before the handlers run. */
  readonly change?: Change | undefined;
  /** The event whose handlers run. */
  readonly handleEvent?: PipelineEvent | undefined;
}

/** Options of {@linkcode CicdStateMgr.generate}. */
export interface GenerateOptions extends RenderingOptions, ChangeOptions {}

/** Options of {@linkcode CicdStateMgr.handleEvent}. */
export interface HandleEventOptions extends RenderingOptions, ChangeOptions {
  /** What is stored before the handlers run. */
  readonly change?: Change | undefined;
}

/** Options of {@linkcode CicdStateMgr.previewEvent}. */
export interface PreviewOptions extends HandleEventOptions {
  /** Makes the document that the handlers run on, in place of a stored one. */
  readonly init?: InitOptions | undefined;
}
