/** What a Redis store needs of a client: `@db/redis`'s clients have it. */
export interface RedisClient {
  /**
   * Sends a command.
   *
   * @param command The command's name.
   * @param args Its arguments.
   * @returns The reply: a text, a number, null, or an array of replies.
   */
  sendCommand(
    command: string,
    args: (string | number | Uint8Array)[],
  ): Promise<unknown>;
}

/** Turns a document's text into what is stored, and back: encryption. */
export interface TextCodec {
  /**
   * Seals a text.
   *
   * @param text The text.
   * @returns What is stored.
   */
  seal(text: string): Promise<string>;
  /**
   * Opens what was stored. Text that was never sealed is returned as it is.
   *
   * @param stored What is stored.
   * @returns The text.
   * @throws {CicdStateError} `STORE`, if the key is missing or wrong.
   */
  open(stored: string): Promise<string>;
}

/** What every store and mirror can be given beside its own options. */
export interface DatasourceExtras {
  /** Seals what is stored. */
  readonly codec?: TextCodec | undefined;
  /** What redis and sqlite keep of the past. */
  readonly history?: HistoryOptions | undefined;
}

/** Options of the history that redis and sqlite keep. */
export interface HistoryOptions {
  /**
   * How many changes are kept of a document. 0: none, and no history.
   *
   * @default {500}
   */
  readonly maxEntries?: number | undefined;
  /** Removes secrets from a text before it is kept. */
  readonly mask?: ((text: string) => string) | undefined;
}

/** How to speak TLS with a Redis server. Paths of PEM files. */
export interface RedisTlsOptions {
  /** Certificates of the authorities to trust (`ca-file`). Default: the system's. */
  readonly caFile?: string | undefined;
  /** This client's certificate (`cert-file`). */
  readonly certFile?: string | undefined;
  /** The key of that certificate (`key-file`). */
  readonly keyFile?: string | undefined;
}

/** A host and a port. */
export interface HostPort {
  /** Name or address. */
  readonly host: string;
  /** TCP port. */
  readonly port: number;
}

/** Options of the `redis` datasource; in YAML in kebab-case (`ca-file`). */
export interface RedisOptions {
  /**
   * `redis://user:password@host:port/db`, `rediss://…` for TLS, or
   * `unix:///path/to/socket`. Beside it, the other options win.
   */
  readonly url?: string | undefined;
  /** @default {"localhost"} */
  readonly host?: string | undefined;
  /** @default {6379} */
  readonly port?: number | undefined;
  /** @default {0} */
  readonly db?: number | undefined;
  /** An ACL user. Default: the server's `default` user. */
  readonly username?: string | undefined;
  /** The user's password. */
  readonly password?: string | undefined;
  /** @default {false} */
  readonly tls?: boolean | RedisTlsOptions | undefined;
  /** Path of a unix socket (`unix-socket`), instead of host and port. */
  readonly unixSocket?: string | undefined;
  /**
   * How long connecting may take, retries included (`connect-timeout-ms`).
   *
   * @default {3000}
   */
  readonly connectTimeoutMs?: number | undefined;
  /**
   * How long the server may take to answer (`command-timeout-ms`).
   *
   * @default {5000}
   */
  readonly commandTimeoutMs?: number | undefined;
  /**
   * How many replicas must have a write before it counts as accepted
   * (`wait-replicas`), so that it outlives the primary server.
   *
   * @default {0}
   */
  readonly waitReplicas?: number | undefined;
  /** Nodes of a Redis Cluster; the others are found by asking them. */
  readonly cluster?: readonly HostPort[] | undefined;
  /** Sentinels that know where the primary server is. */
  readonly sentinels?: readonly HostPort[] | undefined;
  /**
   * What the sentinels call the primary server (`sentinel-name`).
   *
   * @default {"mymaster"}
   */
  readonly sentinelName?: string | undefined;
  /** The password of the sentinels themselves (`sentinel-password`). */
  readonly sentinelPassword?: string | undefined;
}

/** Options of the `sqlite`, `jsonfile`, `yamlfile` and `idfile` datasources. */
export interface FileOptions {
  /** Path of the file. Missing folders are created. */
  readonly path: string;
}

/** Options of the `shellfile` datasource. */
export interface ShellFileOptions extends FileOptions {
  /** Keys that are left out, at any depth. */
  readonly excludeKeyNames?: readonly string[] | undefined;
}

/** The options of each kind of datasource. */
export interface DatasourceOptions {
  /** A Redis server. */
  redis: RedisOptions;
  /** An SQLite database in one file. */
  sqlite: FileOptions;
  /** A JSON file. */
  jsonfile: FileOptions;
  /** A YAML file. */
  yamlfile: FileOptions;
  /** A file of assignments for shells. */
  shellfile: ShellFileOptions;
  /** A file that holds the id alone. */
  idfile: FileOptions;
}

/** The kinds of datasource. */
export type DatasourceKind = keyof DatasourceOptions;

/** The kinds that can be primary. */
export type StoreKind = "redis" | "sqlite" | "jsonfile" | "yamlfile";

/** The kinds that can be mirrors. */
export type MirrorKind = "jsonfile" | "yamlfile" | "shellfile" | "idfile";
