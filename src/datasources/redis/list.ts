import { documentContext, documentId } from "../../document/id.ts";
import { decodeDocument, openText } from "../shared/document_text.ts";
import { INSPECT_SCRIPT, type ScriptRunner } from "./runner.ts";
import type {
  ListedDocument,
  ListOptions,
  ListPage,
} from "../../document/store.ts";
import type { RedisClient, TextCodec } from "../types.ts";

const KEYS_A_PAGE = 200;

/**
 * Lists the documents of a Redis server or cluster, without ever stopping it.
 *
 * @param runner Runs scripts.
 * @param nodes The servers that have keys.
 * @param codec Opens what is stored.
 * @param options Which documents.
 * @returns A page.
 */
export async function listRedis(
  runner: ScriptRunner,
  nodes: readonly RedisClient[],
  codec: TextCodec | undefined,
  { prefix = "", cursor = "0:0" }: ListOptions,
): Promise<ListPage> {
  const [nodeText, position = "0"] = cursor.split(":");
  const index = Number(nodeText);
  const node = nodes[index];
  if (node === undefined) return { documents: [] };
  const [next, keys] = await runner.send(node, "SCAN", [
    position,
    "MATCH",
    `${prefix.replaceAll(/[\\*?[\]]/g, "\\$&")}*`,
    "COUNT",
    KEYS_A_PAGE,
    // What stands beside documents is no string.
    "TYPE",
    "string",
  ]) as [string, string[]];
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
  const inspected = await runner.run(INSPECT_SCRIPT, id, [], {});
  if (!Array.isArray(inspected)) return undefined;
  const [revision, size, updated, context, text] = inspected;
  if (typeof text !== "string") {
    return {
      id,
      context: context || undefined,
      revision,
      updatedAt: Number(updated),
      size,
    };
  }
  // Written by another program: it may be a document, or something else.
  try {
    const document = await decodeDocument(
      await openText(text, codec, runner.target.name),
    );
    if (documentId(document) !== id) return undefined;
    return { id, context: documentContext(document), revision, size };
  } catch {
    return undefined;
  }
}
