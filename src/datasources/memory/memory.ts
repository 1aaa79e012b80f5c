import type { Document } from "../../document/change.ts";
import { documentContext } from "../../document/id.ts";
import type { StateStore } from "../../document/store.ts";
import { cloneValue } from "../../values.ts";

interface Held {
  readonly document: Document;
  readonly revision: number;
  readonly updatedAt: number;
}

/**
 * Makes a store that lives as long as the process, for tests and for programs
 * that keep their state elsewhere. It keeps no history, and nothing expires.
 *
 * @returns An empty store.
 * @example Read back what was written
 * ```ts
 * import { memoryStore } from "@cicdstatemgr/cicdstatemgr";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * await using store = memoryStore();
 * await store.swap("a1", { state: { tag: "v1" } }, undefined);
 * deepStrictEqual((await store.read("a1"))?.document, { state: { tag: "v1" } });
 * ```
 */
export function memoryStore(): StateStore & AsyncDisposable {
  const documents = new Map<string, Held>();
  const records = new Map<string, Map<string, string>>();
  // Never reset, so that the revisions of a removed document do not return.
  let revisions = 0;
  const revisionOf = (id: string) => documents.get(id)?.revision.toString();
  return {
    name: "memory",
    read(id) {
      const held = documents.get(id);
      return Promise.resolve(
        held &&
          { document: held.document, revision: String(held.revision) },
      );
    },
    revision: (id) => Promise.resolve(revisionOf(id)),
    swap(id, next, before, { overwrite = false } = {}) {
      if (!overwrite && revisionOf(id) !== before?.revision) {
        return Promise.resolve(undefined);
      }
      const revision = ++revisions;
      const document = cloneValue(next);
      documents.set(id, { document, revision, updatedAt: Date.now() });
      return Promise.resolve(String(revision));
    },
    remove(id) {
      records.delete(id);
      return Promise.resolve(documents.delete(id));
    },
    records: () =>
      Promise.resolve({
        read: (id, name) => Promise.resolve(records.get(id)?.get(name)),
        swap(id, name, next, before) {
          const held = records.get(id) ?? new Map<string, string>();
          const isSwapped = documents.has(id) && held.get(name) === before;
          if (isSwapped) records.set(id, held.set(name, next));
          return Promise.resolve(isSwapped);
        },
      }),
    list({ prefix = "" } = {}) {
      const listed = [...documents].filter(([id]) => id.startsWith(prefix));
      return Promise.resolve({
        documents: listed.map(([id, { document, revision, updatedAt }]) => ({
          id,
          context: documentContext(document),
          revision: String(revision),
          updatedAt,
        })),
      });
    },
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
