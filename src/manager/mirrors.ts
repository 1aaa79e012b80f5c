import type { Document } from "../document/change.ts";
import type { Mirror, Snapshot, StateStore } from "../document/store.ts";
import { CicdStateError } from "../errors.ts";
import type { Logger } from "../util/log.ts";

/**
 * Fails if a mirror could not be written, so that nothing is stored first.
 *
 * @param mirrors The mirrors.
 * @throws {CicdStateError} `STORE` or `PERMISSION`.
 */
export async function checkMirrors(mirrors: readonly Mirror[]): Promise<void> {
  await Promise.all(mirrors.map((mirror) => mirror.check?.()));
}

/** What {@linkcode writeMirrors} writes, and until when. */
export interface WriteMirrorsOptions {
  /** The document's id. */
  readonly id: string;
  /** The document, as the store accepted or returned it. */
  readonly snapshot: Snapshot;
  /** The `performance.now()` after which newer revisions are not mirrored. */
  readonly giveUpAt: number;
  /** Warned when the store cannot tell whether there is a newer revision. */
  readonly log: Logger;
}

/**
 * Writes a document to every mirror, and writes again if the document changed
 * meanwhile: of two tasks that share mirrors, the one that changed the document
 * first may write them last. After the deadline, mirroring a newer revision is
 * left to the task that made it.
 *
 * @param mirrors The mirrors.
 * @param store The store.
 * @param options The document and the deadline.
 * @throws {CicdStateError} The first failure, naming every mirror that failed.
 */
export async function writeMirrors(
  mirrors: readonly Mirror[],
  store: StateStore,
  { id, snapshot, giveUpAt, log }: WriteMirrorsOptions,
): Promise<void> {
  if (mirrors.length === 0) return;
  let next: Snapshot | undefined = snapshot;
  while (next !== undefined) {
    await writeAll(mirrors, id, next.document);
    next = performance.now() < giveUpAt
      ? await readNewer(store, id, next.revision, log)
      : undefined;
  }
}

/** Reads the document if it is no longer at a revision. */
async function readNewer(
  store: StateStore,
  id: string,
  revision: string,
  log: Logger,
): Promise<Snapshot | undefined> {
  try {
    if (await store.revision(id) === revision) return undefined;
    return await store.read(id);
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    // The document is stored and mirrored, so this is not a failure.
    log.warn(`${error.message}; the mirrors of "${id}" may be outdated`);
    return undefined;
  }
}

/**
 * Removes a document from every mirror that holds it.
 *
 * @param mirrors The mirrors.
 * @param id The document's id.
 * @throws {CicdStateError} The first failure, naming every mirror that failed.
 */
export async function removeFromMirrors(
  mirrors: readonly Mirror[],
  id: string,
): Promise<void> {
  await inAll(
    mirrors,
    (mirror) => mirror.remove?.(id),
    `Document "${id}" was removed from the store, but not from every mirror`,
  );
}

/** Writes to every mirror. */
async function writeAll(
  mirrors: readonly Mirror[],
  id: string,
  document: Document,
): Promise<void> {
  await inAll(
    mirrors,
    (mirror) => mirror.write(id, document),
    `Document "${id}" is in the store, but not in every mirror`,
  );
}

/** Does something in every mirror, even if one of them fails. */
async function inAll(
  mirrors: readonly Mirror[],
  act: (mirror: Mirror) => Promise<void> | undefined,
  failed: string,
): Promise<void> {
  const results = await Promise.allSettled(mirrors.map(act));
  const failures = results.filter((result) => result.status === "rejected")
    .map(({ reason }) => reason);
  const first = failures[0];
  if (first === undefined) return;
  if (!(first instanceof CicdStateError)) throw first;
  const others = failures.slice(1).map((failure) => String(failure.message));
  throw new CicdStateError(
    first.code,
    `${failed}: ${[first.message, ...others].join("; and ")}`,
    { hint: first.hint, cause: first },
  );
}
