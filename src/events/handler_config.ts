import type { HttpConfig } from "../http/config.ts";
import type { Mapping, Value } from "../values.ts";
import type { Transfer } from "./transfer.ts";

/** What every handler's config has. */
interface CommonConfig {
  /** Names it in messages: `notify`, or `notify.NAME`. */
  readonly label: string;
  /** Its `if`, which decides whether it runs. */
  readonly condition: Value | undefined;
  /** All of it as it was written: its templates see it. */
  readonly section: Mapping;
  /** How its request is sent. */
  readonly http: HttpConfig;
}

/** Sends a message. */
export interface NotifyConfig extends CommonConfig {
  readonly kind: "notify";
  readonly message: string;
  readonly captures: readonly Transfer[];
}

/** Sends a message with choices. */
export interface ManualChoiceConfig extends CommonConfig {
  readonly kind: "manual-choice";
  readonly title: string;
  readonly captures: readonly Transfer[];
}

/** Starts a pipeline. */
export interface TriggerPipelineConfig extends CommonConfig {
  readonly kind: "trigger-pipeline";
  readonly args: Mapping;
}

/** Answers at a URL that the document has. */
export interface RespondConfig extends CommonConfig {
  readonly kind: "respond";
  readonly message: string;
}

/** Sets values of the document. */
export interface SetValuesConfig extends CommonConfig {
  readonly kind: "set-values";
  readonly set: readonly Transfer[];
}

/** A handler's config, told apart by its kind. */
export type HandlerConfig =
  | NotifyConfig
  | ManualChoiceConfig
  | TriggerPipelineConfig
  | RespondConfig
  | SetValuesConfig;
