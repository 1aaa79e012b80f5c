import { decodeDocument, openText } from "../shared/document_text.ts";
import {
  makeEntry,
  readEntry,
  type StoredEntry,
  textAt,
} from "../shared/history_log.ts";
import { HISTORY_SCRIPT, type ScriptRunner } from "./runner.ts";
import type { StateHistory } from "../../document/store.ts";
import type { TextCodec } from "../types.ts";

/**
 * Makes the view of the past that a Redis store keeps.
 *
 * @param runner Runs scripts.
 * @param maxEntries How many changes are shown at most.
 * @param codec Seals what is stored.
 * @returns The history.
 */
export function redisHistory(
  runner: ScriptRunner,
  maxEntries: number,
  codec: TextCodec | undefined,
): StateHistory {
  /** The last entries, the oldest first. */
  async function stored(id: string, count: number): Promise<StoredEntry[]> {
    const [kept, outsideRevision, outsideText] = await runner.run(
      HISTORY_SCRIPT,
      id,
      [-count],
      {},
    ) as [string[], number | null, string | null];
    const entries = await Promise.all(kept.map(async (line) => {
      const colon = line.indexOf(":");
      const text = line.slice(colon + 1);
      return {
        revision: Number(line.slice(0, colon)),
        kept: await openText(text, codec, runner.target.name),
      };
    }));
    if (outsideRevision !== null && outsideText !== null) {
      const { kept } = makeEntry({
        note: undefined,
        text: await openText(outsideText, codec, runner.target.name),
        previous: undefined,
        chain: undefined,
        external: true,
      }, undefined);
      entries.push({ revision: outsideRevision, kept });
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
