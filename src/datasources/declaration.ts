import type { Mirror, StateStore } from "../document/store.ts";
import type { Schema } from "../schema/schema.ts";
import type { StoreExtras, TextCodec } from "./shared/extras.ts";

/** What a primary is opened with. */
export interface PrimaryExtras {
  /** Encrypts what is stored. Default: it is stored as it is. */
  readonly codec?: TextCodec | undefined;
  /** Receives warnings. Default: nobody does. */
  readonly warn?: ((message: string) => void) | undefined;
  /** Removes secrets from what a history keeps. */
  readonly mask?: ((text: string) => string) | undefined;
  /**
   * A client that the caller passes in, such as a connected Redis client. The kind
   * checks that it can use it, and never closes it.
   */
  readonly client?: unknown;
}

/** What a datasource needs access to. */
export interface DatasourceAccess {
  /** Files and folders that it reads. */
  readonly read?: readonly string[];
  /** Files and folders that it reads and writes. */
  readonly write?: readonly string[];
  /** Hosts, as `--allow-net` names them: `redis.example:6379`. */
  readonly net?: readonly string[];
}

/** What a store may be able to do. */
export type StoreAbility =
  | "expire documents"
  | "keep history"
  | "hold many documents"
  | "list documents"
  | "remove documents"
  | "hold locks";

/** What a kind of datasource may be able to do. */
export type Ability =
  | "be primary"
  | "be a readable mirror"
  | "use a client"
  | StoreAbility;

/** How a kind of datasource opens as a primary, and what it can do as one. */
export interface StoreDeclaration<Options> {
  /** What it can do. */
  readonly can: readonly StoreAbility[];
  /** Opens it. It loads whatever it needs with `import()`. */
  open(options: Options, extras: StoreExtras): Promise<StateStore>;
  /** Opens it with a client that the caller passes in, which it must check. */
  openWith?(
    options: Options,
    client: unknown,
    extras: StoreExtras,
  ): Promise<StateStore>;
}

/** How a kind of datasource opens as a mirror. */
export interface MirrorDeclaration<Options> {
  /** Whether documents can be read back from it. */
  readonly isReadable: boolean;
  /** Opens it. It loads whatever it needs with `import()`. */
  open(options: Options, extras: MirrorExtras): Promise<Mirror>;
}

/** What a mirror is opened with. */
export type MirrorExtras = Pick<StoreExtras, "codec" | "warn">;

/** A kind of datasource, as its module declares it. */
export type KindDeclaration<Options> =
  & {
    /** Its name in configs: `redis`. */
    readonly name: string;
    /** What it is, in one sentence. */
    readonly description: string;
    /**
     * Its options: an `object()` of its own keys and `SECTION_KEYS`,
     * `PRIMARY_KEYS` or `KEEPING_KEYS`.
     */
    readonly options: Schema<Options>;
    /** The file that it keeps, if any. No two datasources may share it. */
    readonly path?: (options: Options) => string;
    /**
     * What it needs access to, besides the folder of its file. It loads whatever
     * it needs with `import()`. Default: nothing.
     */
    access?(options: Options): Promise<DatasourceAccess>;
  }
  & (
    | {
      readonly store: StoreDeclaration<Options>;
      /** Default: a store that is written to. */
      readonly mirror?: MirrorDeclaration<Options>;
    }
    | {
      readonly store?: undefined;
      readonly mirror: MirrorDeclaration<Options>;
    }
  );
