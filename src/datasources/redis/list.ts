import { documentContext, documentId } from "../../document/id.ts";
import type {
  ListedDocument,
  ListOptions,
  ListPage,
} from "../../document/store.ts";
import { decodeDocument } from "../shared/document_text.ts";
import { openText, type TextCodec } from "../shared/extras.ts";
import type { RedisClient } from "./client.ts";
import type { ScriptRunner } from "./runner.ts";
import { INSPECT_SCRIPT } from "./scripts.ts";

const KEYS_A_PAGE = 200;

/**
 * Lists the documents of a Redis server or cluster. It never blocks the server
 * for long: it scans a few keys at a time.
 *
 * @param runner Runs scripts.
 * @param nodes The servers that hold keys.
 * @param codec Decrypts what is stored.
 * @param options Which documents.
 * @returns A page.
 */
export async function listRedis(
  runner: ScriptRunner,
  nodes: readonly RedisClient[],
  codec: TextCodec | undefined,
  { prefix = "", cursor = "0:0" }: ListOptions,
): Promise<ListPage> {
  const [nodeIndex, position = "0"] = cursor.split(":");
  const index = Number(nodeIndex);
  const node = nodes[index];
  if (node === undefined) return { documents: [] };
  const reply = await runner.send(node, "SCAN", [
    position,
    "MATCH",
    `${prefix.replaceAll(/[\\*?[\]]/g, "\\$&")}*`,
    "COUNT",
    KEYS_A_PAGE,
    // The keys that stand beside documents are not strings.
    "TYPE",
    "string",
  ]);
  // SCAN replies with the next position and a list of keys.
  const [next, keys] = reply as [string, string[]];
  const found = await Promise.all(
    keys.map((id) => inspect(runner, codec, id)),
  );
  return {
    documents: found.filter((document) => document !== undefined),
    cursor: nextCursor(index, next, nodes.length),
  };
}

function nextCursor(
  index: number,
  position: string,
  nodes: number,
): string | undefined {
  if (position !== "0") return `${index}:${position}`;
  return index + 1 < nodes ? `${index + 1}:0` : undefined;
}

async function inspect(
  runner: ScriptRunner,
  codec: TextCodec | undefined,
  id: string,
): Promise<ListedDocument | undefined> {
  const inspected = await runner.run(INSPECT_SCRIPT, id, []);
  if (inspected === undefined) return undefined;
  const { revision, size, updatedAt, context, external } = inspected;
  if (external === undefined) {
    return { id, context: context || undefined, revision, updatedAt, size };
  }
  // Another program wrote it: it may be a document, or something else.
  try {
    const document = await decodeDocument(
      await openText(external, codec, runner.target.name),
    );
    if (documentId(document) !== id) return undefined;
    return { id, context: documentContext(document), revision, size };
  } catch {
    return undefined;
  }
}
