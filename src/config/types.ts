import type { Mapping } from "../values.ts";

/** A kind of datasource that a config may name. */
export type DatasourceKind =
  | "redis"
  | "sqlite"
  | "jsonfile"
  | "yamlfile"
  | "shellfile"
  | "idfile";

/** One datasource of a config, validated. */
export interface DatasourceConfig {
  /** Its kind, which is its name in the config. */
  readonly kind: DatasourceKind;
  /** Whether it is the authoritative one. */
  readonly isPrimary: boolean;
  /** Its other keys as the config has them, of the types that the kind wants. */
  readonly options: Mapping;
}

/** A validated config with its secrets. */
export interface Config {
  /** The authoritative datasource. */
  readonly primary: DatasourceConfig | undefined;
  /** The other datasources, in the order of the file. */
  readonly mirrors: readonly DatasourceConfig[];
  /** All under the config's `cicdstatemgr`: templates see it as `configData`. */
  readonly configData: Mapping;
  /** All under the secrets' `cicdstatemgr`: only trigger headers see it. */
  readonly secretData: Mapping;
  /** What the config is called in messages: its path. */
  readonly name: string;
}
