import type { DocumentFile } from "./files/document_file.ts";
import type { Mirror, StateStore } from "../document/store.ts";
import type {
  DatasourceExtras,
  DatasourceOptions,
  MirrorKind,
  StoreKind,
} from "./types.ts";

type Openers<Kind extends keyof DatasourceOptions, Result> = {
  readonly [Key in Kind]: (
    options: DatasourceOptions[Key],
    extras: DatasourceExtras,
  ) => Promise<Result>;
};

const STORES: Openers<StoreKind, StateStore> = {
  async redis(options, extras) {
    const { redisDatasource } = await import("./redis/redis.ts");
    return await redisDatasource(options, extras);
  },
  async sqlite(options, extras) {
    const { sqliteStore } = await import("./sqlite/sqlite.ts");
    return sqliteStore(options, extras);
  },
  async jsonfile(options, extras) {
    const { jsonFile } = await import("./files/document_file.ts");
    return await openFileStore(jsonFile(options, extras));
  },
  async yamlfile(options, extras) {
    const { yamlFile } = await import("./files/yaml_file.ts");
    return await openFileStore(yamlFile(options, extras));
  },
};

const MIRRORS: Openers<MirrorKind, Mirror> = {
  async jsonfile(options, extras) {
    const { jsonFile } = await import("./files/document_file.ts");
    return await openFileMirror(jsonFile(options, extras));
  },
  async yamlfile(options, extras) {
    const { yamlFile } = await import("./files/yaml_file.ts");
    return await openFileMirror(yamlFile(options, extras));
  },
  async shellfile(options) {
    const { shellFileMirror } = await import("./files/shell_file.ts");
    return shellFileMirror(options);
  },
  async idfile(options) {
    const { idFileMirror } = await import("./files/id_file.ts");
    return idFileMirror(options);
  },
};

async function openFileStore(file: DocumentFile): Promise<StateStore> {
  const { fileStore } = await import("./files/file_store.ts");
  return fileStore(file);
}

async function openFileMirror(file: DocumentFile): Promise<Mirror> {
  const { fileMirror } = await import("./files/document_file.ts");
  return fileMirror(file);
}

/**
 * Makes the store of a kind; only that kind's code is loaded.
 *
 * @typeParam Kind The kind.
 * @param kind The kind.
 * @param options The kind's options.
 * @param extras History and encryption.
 * @returns The store.
 * @throws {CicdStateError} `CONFIG`, if the options do not fit together.
 */
export function openStore<Kind extends StoreKind>(
  kind: Kind,
  options: DatasourceOptions[Kind],
  extras: DatasourceExtras = {},
): Promise<StateStore> {
  return STORES[kind](options, extras);
}

/**
 * Makes the mirror of a kind; only that kind's code is loaded.
 *
 * @typeParam Kind The kind.
 * @param kind The kind.
 * @param options The kind's options.
 * @param extras Encryption, of those that can be read back.
 * @returns The mirror.
 */
export function openMirror<Kind extends MirrorKind>(
  kind: Kind,
  options: DatasourceOptions[Kind],
  extras: DatasourceExtras = {},
): Promise<Mirror> {
  return MIRRORS[kind](options, extras);
}
