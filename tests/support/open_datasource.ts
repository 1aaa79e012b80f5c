import type {
  Datasource,
  MirrorExtras,
  PrimaryExtras,
} from "../../src/datasources/kind.ts";
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
