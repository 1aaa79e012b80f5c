import type { CicdStateError } from "../errors.ts";
import type { Document, Operation } from "../document/change.ts";
import type { Renderer } from "../templates/renderer.ts";
import type { Deliver } from "../http/deliver.ts";
import type { HttpConfig } from "../http/config.ts";
import type { Logger } from "../util/log.ts";
import type { Mapping, Value } from "../values.ts";

/** What handlers need of the world around them. */
export interface EventServices {
  /** All under the config's `cicdstatemgr`. */
  readonly configData: Mapping;
  /** All under the secrets' `cicdstatemgr`. */
  readonly secretData: Mapping;
  /** The config's `http`, which a handler's own `http` overrides. */
  readonly http: HttpConfig;
  /** Renders templates; what fails is logged, not thrown. */
  readonly renderer: Renderer;
  /**
   * Makes what templates see of a document: its keys, `configData` and the
   * variables of the command line.
   */
  readonly contextOf: (document: Document) => Mapping;
  /** Loads the file of a `from` that was written as `file://PATH`. */
  readonly loadFile: (path: string, naming: string) => Promise<Value>;
  /** Sends a request. */
  readonly deliver: Deliver;
  /** Hides secrets in a text. */
  readonly mask: (text: string) => string;
  /** Where handlers report. */
  readonly log: Logger;
  /**
   * Whether requests are only collected.
   *
   * @default {false}
   */
  readonly dryRun?: boolean | undefined;
}

/** A request that a dry run did not send. Secrets in it are hidden. */
export interface PlannedRequest {
  /** Which handler would send it: `notify`, or `notify.NAME`. */
  readonly handler: string;
  /** Where it would go to. */
  readonly url: string;
  /** Names and values. */
  readonly headers: readonly (readonly [string, string])[];
  /** The text. */
  readonly body: string;
  /** Where values of the answer would be set: each `to` as it was written. */
  readonly captures: readonly string[];
}

/** What the handlers of an event did. */
export interface EventOutcome {
  /** What they set, in order. */
  readonly operations: readonly Operation[];
  /** The document with that applied. */
  readonly document: Document;
  /** Why the last one failed; those after it did not run. */
  readonly failure: CicdStateError | undefined;
  /** What a dry run would have sent. */
  readonly requests: readonly PlannedRequest[];
}
