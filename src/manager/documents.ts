import type { Ability } from "../datasources/declaration.ts";
import type { ListedDocument, StateStore } from "../document/store.ts";
import { notFound, updateDocument } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import type { ManagerParts } from "./parts.ts";
import type { Repository } from "./repository.ts";

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

/**
 * Encrypts documents, their history and the mirrors that hold them with the
 * current key; see {@linkcode CicdStateMgr.reseal}.
 *
 * @param parts The manager's parts.
 * @param ids The documents. Default: all of the primary.
 * @returns The ids of the documents that were encrypted.
 * @throws {CicdStateError} `CONFIG`, if encryption is not configured; `NOT_FOUND`, `STORE`, `CONFLICT`, `PERMISSION` or `TIMEOUT`, after all other documents were encrypted.
 */
export async function resealDocuments(
  parts: ManagerParts,
  ids?: readonly string[],
): Promise<string[]> {
  const { config, repository, actor } = parts;
  if (config.encryption === undefined) {
    throw new CicdStateError(
      "CONFIG",
      `Cannot encrypt documents: ${config.name} configures no encryption`,
      { hint: "Set encryption.key-env in the config" },
    );
  }
  const accepting = repository.acceptingPlain();
  try {
    const store = await accepting.store();
    const done: string[] = [];
    let failure: CicdStateError | undefined;
    for (const id of ids ?? await idsOf(parts)) {
      try {
        await resealDocument(accepting, store, id, actor);
        done.push(id);
      } catch (error) {
        if (!(error instanceof CicdStateError)) throw error;
        failure ??= error;
      }
    }
    await store.reseal?.();
    if (failure !== undefined) throw failure;
    return done;
  } finally {
    await accepting.close();
  }
}

async function idsOf(parts: ManagerParts): Promise<string[]> {
  const documents = await Array.fromAsync(listDocuments(parts, undefined));
  return documents.map(({ id }) => id);
}

async function resealDocument(
  repository: Repository,
  store: StateStore,
  id: string,
  actor: string,
): Promise<void> {
  const note = { actor, action: "reseal" };
  const { document } = await updateDocument(store, id, (same) => same, {
    note,
  });
  for (const mirror of await repository.mirrors()) {
    // A mirror holds one document, which may be another one.
    if (await mirror.read?.(id) !== undefined) {
      await mirror.write(id, document);
    }
  }
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
