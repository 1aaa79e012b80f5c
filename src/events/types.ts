import type { Document, Operation } from "../document/change.ts";
import type { CicdStateError } from "../errors.ts";
import type { HttpConfig } from "../http/config.ts";
import type { Deliver } from "../http/deliver.ts";
import type { Renderer } from "../templates/renderer.ts";
import type { Logger } from "../util/log.ts";
import type { Mapping, Value } from "../values.ts";
import type { EventSections } from "./sections.ts";

/** Reads files that an app config or a document names, which are untrusted. */
export interface AppFiles {
  /**
   * Loads the file of a `from` that is written as `file://PATH`.
   *
   * @throws {CicdStateError} `INPUT` or `PERMISSION`.
   */
  load(path: string, naming: string): Promise<Value>;
  /**
   * Returns the real path of a file that may be read.
   *
   * @throws {CicdStateError} `INPUT` or `PERMISSION`.
   */
  resolve(path: string, naming: string): Promise<string>;
}

/** What handlers need. */
export interface EventServices {
  /** The sections of the config that handlers use. */
  readonly sections: EventSections;
  /** The secrets under their top key. */
  readonly secretData: Mapping;
  /** The config's `http`, which a handler's own `http` overrides. */
  readonly http: HttpConfig;
  /** Renders templates of the document, with its macros. */
  readonly renderer: Renderer;
  /** Renders templates of the config that see secrets, and therefore no macros. */
  readonly trustedRenderer: Renderer;
  /**
   * Builds the template context of a document: its keys, `configData` and the
   * variables of the command line.
   */
  readonly contextOf: (document: Document) => Mapping;
  /** Reads files that the document names. */
  readonly files: AppFiles;
  /** Sends a request. */
  readonly deliver: Deliver;
  /** Hides secrets in a string. */
  readonly mask: (text: string) => string;
  /** Receives each request that was sent, and what came back. */
  readonly onDelivery?: ((delivery: Delivery) => void) | undefined;
  /** Receives what handlers report. */
  readonly log: Logger;
  /**
   * Whether requests are collected instead of sent.
   *
   * @default {false}
   */
  readonly dryRun?: boolean | undefined;
  /**
   * Whether a dry run shows the whole addresses of requests.
   *
   * @default {false}
   */
  readonly showUrls?: boolean | undefined;
  /**
   * Whether an event that the pipeline does not have is an error.
   *
   * @default {false}
   */
  readonly requireEvent?: boolean | undefined;
  /** Interrupts the event. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * An event of a pipeline.
 *
 * @example Handle an event
 * ```ts
 * import { CicdStateMgr, memoryStore } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: {} } },
 *   store: memoryStore(),
 * });
 * const finished = {
 *   "set-values": { set: [{ from: "{{ state.tag }}-ok", to: "state.result" }] },
 * };
 * const build = { "event-handlers": { finished } };
 * const appConfig = { "cicd-contexts": { stage: { pipelines: { build } } } };
 * await manager.init("build-1", { appConfig });
 * const event = { pipeline: "build", event: "finished" };
 * await manager.handleEvent("build-1", event, {
 *   change: [{ op: "set", path: ["state", "tag"], value: "v1" }],
 * });
 * strictEqual(await manager.get("build-1", "state.result"), "v1-ok");
 * ```
 */
export interface PipelineEvent {
  /** The pipeline's name. */
  readonly pipeline: string;
  /** The event's name. */
  readonly event: string;
}

/** A request that was sent, and what came back. */
export interface Delivery {
  /** The handler that sent it: `notify`, or `notify.NAME`. */
  readonly handler: string;
  /** Where it went, without the parts that may be secret. */
  readonly url: string;
  /** Whether the server accepted it. */
  readonly delivered: boolean;
  /** The HTTP status of the last attempt; `null` if no response came. */
  readonly status: number | null;
  /** How often it was sent. */
  readonly attempts: number;
  /** How long all attempts took, in milliseconds. */
  readonly durationMs: number;
  /** Why it was not delivered, with secrets masked. */
  readonly problem?: string;
}

/** How far an event got before its signal was aborted. */
export interface Interruption {
  /** The reason of the signal. */
  readonly reason: unknown;
  /** The handlers whose requests were delivered. */
  readonly sent: readonly string[];
  /** The handler whose request was under way, and may have been delivered. */
  readonly unsure: string | undefined;
}

/** A request that a dry run did not send, with secrets masked. */
export interface PlannedRequest {
  /** The handler that would send it: `notify`, or `notify.NAME`. */
  readonly handler: string;
  /** Where it would go: the server only, unless the whole URL was asked for. */
  readonly url: string;
  /** Names and values. */
  readonly headers: readonly (readonly [string, string])[];
  /** The body. */
  readonly body: string;
  /** Where values of the response would be set: each `to` as it is written. */
  readonly captures: readonly string[];
}

/**
 * What the handlers of an event did.
 *
 * @example See what an event would set
 * ```ts
 * import { CicdStateMgr, memoryStore } from "@cicdstatemgr/cicdstatemgr";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: {} } },
 *   store: memoryStore(),
 * });
 * const finished = {
 *   "set-values": { set: [{ from: "{{ state.tag }}-ok", to: "state.result" }] },
 * };
 * const build = { "event-handlers": { finished } };
 * const appConfig = { "cicd-contexts": { stage: { pipelines: { build } } } };
 * await manager.init("build-1", { appConfig });
 * const { operations } = await manager.previewEvent(
 *   "build-1",
 *   { pipeline: "build", event: "finished" },
 *   { change: [{ op: "set", path: ["state", "tag"], value: "v1" }] },
 * );
 * deepStrictEqual(operations, [
 *   { op: "set", path: ["state", "tag"], value: "v1" },
 *   { op: "set", path: ["state", "result"], value: "v1-ok" },
 * ]);
 * ```
 */
export interface EventOutcome {
  /** What they set, in order; in a preview, after what the change sets. */
  readonly operations: readonly Operation[];
  /** The document with these operations applied. */
  readonly document: Document;
  /** Why the last one failed. Those after it did not run. */
  readonly failure: CicdStateError | undefined;
  /** How far the event got, if it was interrupted. */
  readonly interruption?: Interruption | undefined;
  /** The handlers that sent a request, whether it was accepted or not. */
  readonly sent: readonly string[];
  /** What a dry run would have sent. */
  readonly requests: readonly PlannedRequest[];
}
