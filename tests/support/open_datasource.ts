import type {
  MirrorExtras,
  PrimaryExtras,
} from "../../src/datasources/declaration.ts";
import type { Datasource, DatasourceKind } from "../../src/datasources/kind.ts";
import { loadKind } from "../../src/datasources/registry.ts";
import type { Mirror, StateStore } from "../../src/document/store.ts";
import { readOrThrow } from "../../src/schema/error.ts";
import type { Mapping } from "../../src/values.ts";

/**
 * Reads a datasource's section as a config has it.
 *
 * @param kindName The kind.
 * @param section The section.
 * @returns The datasource.
 */
export async function readDatasource(
  kindName: string,
  section: Mapping,
): Promise<Datasource> {
  const kind = await loadKind(kindName);
  if (kind === undefined) throw new Error(`no kind "${kindName}"`);
  return readOrThrow(kind.section, section, { where: "the section" });
}

/** Opens a store of a kind. */
export async function openStore(
  kindName: string,
  section: Mapping,
  extras: PrimaryExtras = {},
): Promise<StateStore> {
  const { openStore } = await readDatasource(kindName, section);
  if (openStore === undefined) throw new Error(`a ${kindName} is no store`);
  return await openStore(extras);
}

/** Opens a mirror of a kind. */
export async function openMirror(
  kindName: string,
  section: Mapping,
  extras: MirrorExtras = {},
): Promise<Mirror> {
  const datasource = await readDatasource(kindName, section);
  return await datasource.openMirror(extras);
}

/** Where {@linkcode sectionFor} puts documents. */
export interface Places {
  /** The port of a Redis server. */
  readonly port: number;
  /** The path of a file or folder. */
  readonly path: string;
}

/**
 * Returns a section for a kind, by the keys that its schema has.
 *
 * @param kind The kind.
 * @param places Where documents may be put.
 * @returns The section.
 */
export function sectionFor(
  { name, section }: DatasourceKind,
  { port, path }: Places,
): Mapping {
  const { properties = {}, required = [] } = section.json();
  const known: Mapping = { host: "127.0.0.1", port, path };
  const missing = required.filter((key) => !Object.hasOwn(known, key));
  if (missing.length > 0) {
    throw new Error(`Add what ${name} needs to sectionFor(): ${missing}`);
  }
  return Object.fromEntries(
    Object.entries(known).filter(([key]) => Object.hasOwn(properties, key)),
  );
}
