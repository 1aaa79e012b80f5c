import type { Datasource } from "../datasources/kind.ts";
import type { EventSections } from "../events/sections.ts";
import type { HttpConfig } from "../http/config.ts";
import type { Mapping } from "../values.ts";
import type { Limits } from "./limits.ts";
import type { Encryption } from "./schema.ts";

/** A datasource of a config. Those that are not the primary mirror it. */
export interface MirrorConfig extends Datasource {
  /** Its name in the config, which defaults to the name of its kind. */
  readonly name: string;
}

/** The datasource of a config that holds the documents. */
export interface PrimaryConfig extends MirrorConfig {
  readonly openStore: NonNullable<Datasource["openStore"]>;
}

/** A validated config with its secrets. */
export interface Config {
  /** The datasource that holds the documents. */
  readonly primary: PrimaryConfig | undefined;
  /** The other datasources, in the order of the file. */
  readonly mirrors: readonly MirrorConfig[];
  /** How what is stored is encrypted, if it is. */
  readonly encryption: Encryption | undefined;
  /** How requests are delivered, if the config says so. */
  readonly http: HttpConfig | undefined;
  /** The limits, if the config sets any. */
  readonly limits: Limits | undefined;
  /** What a template that fails does where a command does not say it. */
  readonly templatesOnError: "fail" | "text" | undefined;
  /** The sections that event handlers use. */
  readonly sections: EventSections;
  /** Everything below the config's `cicdstatemgr`. Templates see it as `configData`. */
  readonly configData: Mapping;
  /** Everything below the secrets' `cicdstatemgr`. Only trigger headers see it. */
  readonly secretData: Mapping;
  /** Folders that app configs may read files from, if the config names any. */
  readonly filesFrom: readonly string[] | undefined;
  /** The paths of the config and secrets files that were read. */
  readonly sources: readonly string[];
  /** The name of the config in messages: its path. */
  readonly name: string;
}

/** A file of a config, or the object in its place, as it was read. */
export interface Source {
  /** Its path or URL, or `(config object)`. */
  readonly name: string;
  /** Names it in messages: `config file "config.yaml"`. */
  readonly label: string;
  /** What it holds. */
  readonly content: Mapping;
  /** Its text, if it is a file. */
  readonly text: string | undefined;
  /** Whether no message may show a value of it. */
  readonly isSecret: boolean;
}
