import { documentContext, documentId } from "../../document/id.ts";
import type { ListedDocument, StateStore, Turn } from "../../document/store.ts";
import { digestHex } from "../../util/digest.ts";
import { type FileLock, lockFile } from "../../util/file_lock.ts";
import type { DocumentFile } from "./document_file.ts";

/**
 * Makes a store of a file that holds one document. Writers queue for a lock file
 * beside it. Requires `--allow-read` and `--allow-write` for the file's folder.
 *
 * @param file The file.
 * @returns The store.
 */
export function fileStore(file: DocumentFile): StateStore {
  const locks = new WeakMap<Turn, FileLock>();
  /** The document that the file was last seen to hold. */
  let seen: { readonly revision: string; readonly id: string } | undefined;

  function lock(signal?: AbortSignal): Promise<FileLock> {
    return lockFile(file.path, { what: file.name, mode: file.mode, signal });
  }
  /** Runs a function while this writer holds the lock. */
  async function exclusively<T>(
    turn: Turn | undefined,
    signal: AbortSignal | undefined,
    run: (lock: FileLock) => Promise<T>,
  ): Promise<T> {
    const held = turn && locks.get(turn);
    if (held !== undefined) return await run(held);
    await using own = await lock(signal);
    return await run(own);
  }
  return {
    name: file.name,
    async read(id) {
      const stored = await file.readStored();
      if (stored === undefined) return undefined;
      const document = await file.decode(stored);
      file.expectId(document, id);
      const revision = await revisionOf(stored);
      seen = { revision, id };
      return { document, revision };
    },
    async revision(id) {
      const stored = await file.readStored();
      if (stored === undefined) return undefined;
      const revision = await revisionOf(stored);
      if (seen?.revision !== revision || seen.id !== id) {
        file.expectId(await file.decode(stored), id);
        seen = { revision, id };
      }
      return revision;
    },
    swap(id, next, before, { overwrite, turn, signal } = {}) {
      return exclusively(turn, signal, async (held) => {
        if (!overwrite) {
          const stored = await file.readStored();
          const current = stored && await revisionOf(stored);
          if (current !== before?.revision) return undefined;
        }
        const written = await file.write(id, next, {
          durable: true,
          // Whoever removed the lock file has let others in.
          confirm: () => held.isHeld(),
        });
        if (written === undefined) return undefined;
        const revision = await revisionOf(written);
        if (documentId(next) === id) seen = { revision, id };
        return revision;
      });
    },
    async takeTurn(_id, { turn, signal }) {
      const last = turn && locks.get(turn);
      if (turn !== undefined && await last?.isHeld()) return turn;
      await last?.release();
      const held = await lock(signal);
      const taken: Turn = { token: file.path, release: () => held.release() };
      locks.set(taken, held);
      return taken;
    },
    remove(id) {
      return exclusively(undefined, undefined, async () => {
        const stored = await file.readStored();
        if (stored === undefined) return false;
        file.expectId(await file.decode(stored), id);
        await file.remove();
        const { removeRecords } = await import("./records.ts");
        await removeRecords(file);
        return true;
      });
    },
    async records() {
      const { fileRecords } = await import("./records.ts");
      return fileRecords(file);
    },
    async list({ prefix = "" } = {}) {
      const listed = await listHeld(file);
      return { documents: listed.filter(({ id }) => id.startsWith(prefix)) };
    },
    close() {
      return Promise.resolve();
    },
  };
}

async function listHeld(file: DocumentFile): Promise<ListedDocument[]> {
  const stored = await file.readStored();
  if (stored === undefined) return [];
  const document = await file.decode(stored);
  const id = documentId(document);
  if (id === undefined) return [];
  return [{
    id,
    context: documentContext(document),
    revision: await revisionOf(stored),
    updatedAt: (await Deno.stat(file.path)).mtime?.getTime(),
    size: new TextEncoder().encode(stored).length,
  }];
}

/** A file does not count its revisions: its content identifies them. */
function revisionOf(stored: string): Promise<string> {
  return digestHex("SHA-256", stored);
}
