import type { Document } from "../../document/change.ts";
import type { CicdStateMgr } from "../../manager/manager.ts";
import { isMapping } from "../../values.ts";

/**
 * Reads a whole document.
 *
 * @param manager The manager.
 * @param options Which document, and whether to read it from the primary.
 * @returns The document.
 * @throws {CicdStateError} `NOT_FOUND`, `STORE`, `PERMISSION` or `TIMEOUT`.
 */
export async function readDocument(
  manager: CicdStateMgr,
  { id, fresh }: { readonly id: string; readonly fresh: boolean },
): Promise<Document> {
  if (fresh) return (await manager.read(id)).document;
  const document = await manager.get(id, "$");
  // A document is a mapping; the type of get() is that of any value.
  return isMapping(document) ? document : {};
}
