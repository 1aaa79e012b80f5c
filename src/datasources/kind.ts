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
import type {
  Ability,
  DatasourceAccess,
  KindDeclaration,
  MirrorDeclaration,
  MirrorExtras,
  PrimaryExtras,
  StoreDeclaration,
} from "./declaration.ts";
import { DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRIES } from "./shared/extras.ts";

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
  /** Returns what it needs access to. */
  access(): Promise<DatasourceAccess>;
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
    access: () => accessOf(declaration, options),
    openStore: store && ((extras) => openStore(store, options, extras)),
    openMirror: (extras) => mirror.open(options, extras),
  };
}

async function accessOf<Options>(
  { access, path }: KindDeclaration<Options>,
  options: Options,
): Promise<DatasourceAccess> {
  const { write = [], ...others } = await access?.(options) ?? {};
  if (path === undefined) return { ...others, write };
  // Temporary files and locks are beside a file.
  const { parentFolder } = await import("../util/file_target.ts");
  return { ...others, write: [...write, parentFolder(path(options))] };
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
