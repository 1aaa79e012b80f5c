import type { StateHistory } from "../../document/store.ts";
import { decodeDocument } from "../shared/document_text.ts";
import {
  makeEntry,
  readEntry,
  type StoredEntry,
  textAt,
} from "../shared/history_log.ts";
import { openText, type SealedPart, type TextCodec } from "../shared/extras.ts";
import type { ScriptRunner } from "./runner.ts";
import { HISTORY_SCRIPT } from "./scripts.ts";

/**
 * Makes the history of a Redis store.
 *
 * @param runner Runs scripts.
 * @param maxEntries How many changes are shown at most.
 * @param codec Decrypts what is stored.
 * @returns The history.
 */
export function redisHistory(
  runner: ScriptRunner,
  maxEntries: number,
  codec: TextCodec | undefined,
): StateHistory {
  const open = (text: string, part: Omit<SealedPart, "kind">) =>
    openText(text, codec, {
      kind: "redis",
      ...part,
      where: `${
        part.isEntry ? "the history of " : ""
      }"${part.id}" from ${runner.target.name}`,
    });

  /** Reads the last entries, the oldest first. */
  async function stored(id: string, count: number): Promise<StoredEntry[]> {
    const { entries: lines, external } = await runner.run(
      HISTORY_SCRIPT,
      id,
      [-count],
    );
    const entries = await Promise.all(lines.map(async (line) => {
      const colon = line.indexOf(":");
      const revision = Number(line.slice(0, colon));
      const kept = line.slice(colon + 1);
      const part = { id, revision, isEntry: true };
      return { revision, kept: await open(kept, part) };
    }));
    if (external !== undefined) {
      const { kept } = makeEntry({
        note: undefined,
        text: await open(external.stored, { id, revision: external.revision }),
        previous: undefined,
        chain: undefined,
        external: true,
      }, undefined);
      entries.push({ revision: external.revision, kept });
    }
    return entries;
  }
  return {
    async entries(id, limit) {
      const count = Math.min(limit, maxEntries);
      const entries = await stored(id, count);
      return entries.slice(-count).map(readEntry).reverse();
    },
    async documentAt(id, revision) {
      const text = textAt(await stored(id, 2 * maxEntries + 100), revision);
      return text === undefined ? undefined : await decodeDocument(text);
    },
  };
}
