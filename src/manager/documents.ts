import type { Ability } from "../datasources/kind.ts";
import type { ListedDocument, StateStore } from "../document/store.ts";
import { notFound } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import type { ManagerParts } from "./parts.ts";

/**
 * Lists the documents of the primary, in no particular order.
 *
 * @param parts The manager's parts.
 * @param prefix What their ids must start with.
 * @returns The documents, read page by page.
 * @throws {CicdStateError} `CONFIG`, if the primary cannot list documents; `STORE`, `PERMISSION` or `TIMEOUT`.
 */
export async function* listDocuments(
  { repository }: ManagerParts,
  prefix: string | undefined,
): AsyncGenerator<ListedDocument, void> {
  const store = await repository.store();
  if (store.list === undefined) {
    throw await unsupported(store, "list documents");
  }
  let cursor: string | undefined;
  do {
    const page = await store.list({ prefix, cursor });
    yield* page.documents;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/**
 * Removes a document, its history, and the mirrors that hold it.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @throws {CicdStateError} `NOT_FOUND`; `CONFIG`, if the primary cannot remove documents; `STORE`, `PERMISSION` or `TIMEOUT`.
 */
export async function removeDocument(
  { repository }: ManagerParts,
  id: string,
): Promise<void> {
  const store = await repository.store();
  if (store.remove === undefined) {
    throw await unsupported(store, "remove documents");
  }
  const wasStored = await store.remove(id);
  // A mirror may still hold what has expired, or what it missed before.
  const { removeFromMirrors } = await import("./mirrors.ts");
  await removeFromMirrors(await repository.mirrors(), id);
  if (!wasStored) throw notFound(store, id);
}

async function unsupported(
  store: StateStore,
  ability: Ability,
): Promise<CicdStateError> {
  const { kindsThatCan } = await import("../datasources/registry.ts");
  return new CicdStateError(
    "CONFIG",
    `Cannot ${ability}: ${store.name} does not support it`,
    { hint: `Make ${await kindsThatCan(ability)} the primary` },
  );
}
