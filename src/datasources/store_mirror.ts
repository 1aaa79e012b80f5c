import { replaceDocument } from "../document/update.ts";
import type { Mirror, StateStore } from "../document/store.ts";

/**
 * Makes a mirror of a store: it is written to and never read.
 *
 * @param store The store.
 * @returns The mirror.
 */
export function storeMirror(store: StateStore): Mirror {
  return {
    name: store.name,
    async write(id, document) {
      try {
        await replaceDocument(store, id, document);
      } finally {
        await store.close();
      }
    },
    async remove(id) {
      try {
        await store.remove?.(id);
      } finally {
        await store.close();
      }
    },
  };
}
