import type { Ability } from "./declaration.ts";
import type { DatasourceKind } from "./kind.ts";

/** One row per kind of datasource, loaded when a config names it. */
const KINDS: Readonly<Record<string, () => Promise<DatasourceKind>>> = {
  redis: async () => (await import("./redis/mod.ts")).redis,
  sqlite: async () => (await import("./sqlite/mod.ts")).sqlite,
  jsonfile: async () => (await import("./files/mod.ts")).jsonfile,
  yamlfile: async () => (await import("./files/mod.ts")).yamlfile,
  shellfile: async () => (await import("./files/mod.ts")).shellfile,
  idfile: async () => (await import("./files/mod.ts")).idfile,
};

/** The names of all kinds. */
export const KIND_NAMES: readonly string[] = Object.keys(KINDS);

/**
 * Loads a kind of datasource, and nothing of the others.
 *
 * @param name Its name.
 * @returns The kind, or `undefined` if there is no kind of that name.
 */
export async function loadKind(
  name: string,
): Promise<DatasourceKind | undefined> {
  return Object.hasOwn(KINDS, name) ? await KINDS[name]!() : undefined;
}

/**
 * Loads all kinds of datasource.
 *
 * @returns The kinds, in the order in which they are documented.
 */
export async function loadAllKinds(): Promise<DatasourceKind[]> {
  return await Promise.all(Object.values(KINDS).map((load) => load()));
}

/**
 * Lists the kinds that can do something, for messages.
 *
 * @param ability What they can do.
 * @returns Their names: `redis, sqlite or jsonfile`.
 */
export async function kindsThatCan(ability: Ability): Promise<string> {
  const able = (await loadAllKinds()).filter((kind) => kind.can(ability));
  return able.map(({ name }) => name).join(", ").replace(
    /, ([^,]*)$/,
    " or $1",
  );
}
