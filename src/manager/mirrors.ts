import { CicdStateError } from "../errors.ts";
import type { Mirror, Snapshot, StateStore } from "../datasources/types.ts";
import type { Document } from "../state/change.ts";

/**
 * Writes a document to every mirror, and again as long as somebody else has
 * changed it meanwhile: of two tasks that share mirrors, the one that changed
 * the document first may be the one that writes them last.
 *
 * @param mirrors The mirrors.
 * @param store The store.
 * @param id The document's id.
 * @param snapshot The document, as the store accepted or held it.
 * @throws {CicdStateError} The first failure, naming every mirror that failed; what reading the store throws.
 */
export async function writeMirrors(
  mirrors: readonly Mirror[],
  store: StateStore,
  id: string,
  snapshot: Snapshot,
): Promise<void> {
  if (mirrors.length === 0) return;
  let latest: Snapshot | undefined = snapshot;
  let written: string;
  do {
    written = latest.revision;
    await writeAll(mirrors, id, latest.document);
    latest = await store.read(id);
  } while (latest !== undefined && latest.revision !== written);
}

/** Writes to every mirror, also when one of them fails. */
async function writeAll(
  mirrors: readonly Mirror[],
  id: string,
  document: Document,
): Promise<void> {
  const results = await Promise.allSettled(
    mirrors.map((mirror) => mirror.write(id, document)),
  );
  const failures = results.filter((result) => result.status === "rejected")
    .map(({ reason }) => reason);
  const first = failures[0];
  if (first === undefined) return;
  if (!(first instanceof CicdStateError)) throw first;
  const others = failures.slice(1).map((failure) => String(failure.message));
  throw new CicdStateError(
    first.code,
    `Document "${id}" is in the store, but not in every mirror: ${
      [first.message, ...others].join("; and ")
    }`,
    { hint: first.hint, cause: first },
  );
}

/**
 * Fails if a mirror could not be written, so that nothing is stored first.
 *
 * @param mirrors The mirrors.
 * @throws {CicdStateError} `STORE` or `PERMISSION`.
 */
export async function checkMirrors(mirrors: readonly Mirror[]): Promise<void> {
  await Promise.all(mirrors.map((mirror) => mirror.check?.()));
}
