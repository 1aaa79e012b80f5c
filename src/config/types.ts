import type {
  DatasourceKind,
  DatasourceOptions,
  StoreKind,
} from "../datasources/types.ts";
import type { HttpConfig } from "../http/config.ts";
import type { Mapping } from "../values.ts";

/** The authoritative datasource of a config, validated. */
export type PrimaryConfig = {
  [Kind in StoreKind]: {
    /** Its kind, which is its name in the config. */
    readonly kind: Kind;
    /** What it is opened with. */
    readonly options: DatasourceOptions[Kind];
    /** How its documents are kept. */
    readonly keeping: KeepingConfig;
  };
}[StoreKind];

/** A datasource of a config that mirrors the primary, validated. */
export type MirrorConfig = {
  [Kind in DatasourceKind]: {
    /** Its kind, which is its name in the config. */
    readonly kind: Kind;
    /** What it is opened with. */
    readonly options: DatasourceOptions[Kind];
  };
}[DatasourceKind];

/** How a primary keeps its documents. */
export interface KeepingConfig {
  /** Milliseconds after which a document that nobody writes is gone (`ttl`). */
  readonly ttlMs?: number | undefined;
  /** How many changes are remembered (`history.max-entries`). */
  readonly maxEntries?: number | undefined;
  /** How long a change may wait for other writers (`update-timeout-ms`). */
  readonly updateTimeoutMs?: number | undefined;
}

/** A validated config with its secrets. */
export interface Config {
  /** The authoritative datasource. */
  readonly primary: PrimaryConfig | undefined;
  /** The other datasources, in the order of the file. */
  readonly mirrors: readonly MirrorConfig[];
  /** Keys for what is stored, the current one first; none: it is plain. */
  readonly encryptionKeys: readonly string[] | undefined;
  /** How events are delivered, if the config says it. */
  readonly http: HttpConfig | undefined;
  /** All under the config's `cicdstatemgr`: templates see it as `configData`. */
  readonly configData: Mapping;
  /** All under the secrets' `cicdstatemgr`: only trigger headers see it. */
  readonly secretData: Mapping;
  /** What the config is called in messages: its path. */
  readonly name: string;
}
