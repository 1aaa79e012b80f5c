import {
  DEFAULT_UPDATE_TIMEOUT_MS,
  type Mirror,
  type StateStore,
} from "../document/store.ts";
import { object } from "../schema/composite.ts";
import {
  boolean,
  duration,
  integer,
  type Schema,
  string,
} from "../schema/schema.ts";
import { isMapping } from "../values.ts";
import {
  DEFAULT_MAX_BYTES,
  DEFAULT_MAX_ENTRIES,
  type StoreExtras,
  type TextCodec,
} from "./shared/extras.ts";

/** Keys that the section of every datasource may have. */
export const SECTION_KEYS = {
  "kind": string({
    description: "The kind of datasource. Defaults to the datasource's name.",
  }),
  "isPrimary": boolean({
    description:
      "Whether documents are kept here. Exactly one datasource is the primary; all others mirror it.",
    default: false,
  }),
} as const;

/** Keys of the kinds that can be primary. */
export const PRIMARY_KEYS = {
  ...SECTION_KEYS,
  "update-timeout-ms": integer({
    description:
      "Milliseconds that a change may take, including the wait for other writers. Primary only.",
    default: DEFAULT_UPDATE_TIMEOUT_MS,
  }),
} as const;

/** Keys of the primaries that can expire documents and keep their history. */
export const KEEPING_KEYS = {
  ...PRIMARY_KEYS,
  "ttl": duration({
    description:
      "How long after its last change a document is removed: 90s, 30m, 12h or 7d. By default, never. Primary only.",
  }),
  "history": object({
    "max-entries": integer({
      description:
        "How many changes of each document are kept. 0 keeps no history.",
      default: DEFAULT_MAX_ENTRIES,
    }),
    "max-bytes": integer({
      description:
        "How many bytes the history of each document may take. The oldest changes are dropped first.",
      default: DEFAULT_MAX_BYTES,
    }),
  }, { description: "What is kept of earlier revisions. Primary only." }),
} as const;

/** The keys that have an effect on the primary only. */
const PRIMARY_ONLY = Object.keys(KEEPING_KEYS).filter((key) =>
  !Object.hasOwn(SECTION_KEYS, key)
);

/** What every kind's options have in common. */
interface SectionOptions {
  readonly kind?: string | undefined;
  readonly isPrimary?: boolean | undefined;
  readonly updateTimeoutMs?: number | undefined;
  readonly ttl?: number | undefined;
  readonly history?: {
    readonly maxEntries?: number | undefined;
    readonly maxBytes?: number | undefined;
  } | undefined;
}

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
     * Its options: an `object()` of its own keys and {@linkcode SECTION_KEYS},
     * {@linkcode PRIMARY_KEYS} or {@linkcode KEEPING_KEYS}.
     */
    readonly options: Schema<Options>;
    /** The file that it keeps, if any. No two datasources may share it. */
    readonly path?: (options: Options) => string;
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

/** A kind of datasource. */
export interface DatasourceKind {
  /** Its name in configs. */
  readonly name: string;
  /** What it is, in one sentence. */
  readonly description: string;
  /** Reports whether datasources of this kind can do something. */
  can(ability: Ability): boolean;
  /** Reads a datasource's section of a config. */
  readonly section: Schema<Datasource>;
}

/** How a primary keeps its documents. */
export interface Keeping {
  /** Milliseconds after its last change at which a document expires. */
  readonly ttlMs: number | undefined;
  /** Milliseconds that a change may take. */
  readonly updateTimeoutMs: number | undefined;
}

/** A datasource of a config. It connects to nothing until it is opened. */
export interface Datasource {
  /** Its kind. */
  readonly kind: DatasourceKind;
  /** Whether it is the primary. */
  readonly isPrimary: boolean;
  /** Its options, passwords included. */
  readonly options: object;
  /** How it keeps documents if it is the primary. */
  readonly keeping: Keeping;
  /** The file that it keeps, if it keeps one. */
  readonly path: string | undefined;
  /**
   * Opens it as the primary; `undefined` if its kind cannot be primary.
   *
   * @throws {CicdStateError} `CONFIG`, if the options do not fit together, or the client is not one that it can use.
   */
  readonly openStore:
    | ((extras: PrimaryExtras) => Promise<StateStore>)
    | undefined;
  /**
   * Opens it as a mirror.
   *
   * @throws {CicdStateError} `CONFIG`, if the options do not fit together.
   */
  openMirror(extras: MirrorExtras): Promise<Mirror>;
}

/**
 * Defines a kind of datasource.
 *
 * @param declaration What it is and how it opens.
 * @returns The kind, for a row of `registry.ts`.
 */
export function defineKind<Options extends SectionOptions & object>(
  declaration: KindDeclaration<Options>,
): DatasourceKind {
  const { name, description, options: schema, store } = declaration;
  const abilities = new Set<Ability>(store?.can);
  if (store !== undefined) abilities.add("be primary");
  if (store?.openWith !== undefined) abilities.add("use a client");
  if (declaration.mirror?.isReadable) abilities.add("be a readable mirror");
  const kind: DatasourceKind = {
    name,
    description,
    can: (ability) => abilities.has(ability),
    section: {
      about: { description },
      json: (isPartial) => schema.json(isPartial),
      read(value, path, report) {
        const options = schema.read(value, path, report);
        if (!options.isPrimary && store !== undefined && isMapping(value)) {
          for (const key of PRIMARY_ONLY) {
            if (!Object.hasOwn(value, key)) continue;
            // The schema has reported the keys that it does not have.
            if (!Object.hasOwn(schema.json().properties ?? {}, key)) continue;
            report({
              path: [...path, key],
              isKey: true,
              message: "is a key of the primary",
              hint: "Remove it, or set isPrimary: true",
            });
          }
        }
        return datasource(kind, declaration, options);
      },
    },
  };
  return kind;
}

function datasource<Options extends SectionOptions & object>(
  kind: DatasourceKind,
  declaration: KindDeclaration<Options>,
  options: Options,
): Datasource {
  const { isPrimary = false, ttl, updateTimeoutMs } = options;
  const { path, store } = declaration;
  const mirror = declaration.store === undefined
    ? declaration.mirror
    : declaration.mirror ?? mirrorOf(declaration.store);
  return {
    kind,
    isPrimary,
    options,
    keeping: { ttlMs: ttl, updateTimeoutMs },
    path: path?.(options),
    openStore: store && ((extras) => openStore(store, options, extras)),
    openMirror: (extras) => mirror.open(options, extras),
  };
}

function openStore<Options extends SectionOptions>(
  store: StoreDeclaration<Options>,
  options: Options,
  { codec, warn, mask, client }: PrimaryExtras,
): Promise<StateStore> {
  const history = { ...options.history, mask };
  return client === undefined || store.openWith === undefined
    ? store.open(options, { codec, warn, history })
    : store.openWith(options, client, { codec, warn, history });
}

/** A store as a mirror is written to and never read. */
function mirrorOf<Options>(
  store: StoreDeclaration<Options>,
): MirrorDeclaration<Options> {
  return {
    isReadable: false,
    async open(options, { codec, warn }) {
      const { storeMirror } = await import("./store_mirror.ts");
      const history = { maxEntries: 0 };
      return storeMirror(await store.open(options, { codec, warn, history }));
    },
  };
}
