import { documentContext, documentId } from "../../document/id.ts";
import type {
  ListedDocument,
  ListOptions,
  ListPage,
} from "../../document/store.ts";
import { CicdStateError } from "../../errors.ts";
import { decodeDocument } from "../shared/document_text.ts";
import { openText, revisionNumber, type TextCodec } from "../shared/extras.ts";
import type { RedisNode } from "./clients/client.ts";
import { arrayReply, stringReply, unexpected } from "./clients/resp.ts";
import type { ScriptRunner } from "./runner.ts";
import { INSPECT_SCRIPT } from "./scripts.ts";

const KEYS_A_PAGE = 200;

/** What {@linkcode listRedis} needs besides what to list. */
interface ListContext {
  /** Runs scripts. */
  readonly runner: ScriptRunner;
  /** Decrypts what is stored. */
  readonly codec: TextCodec | undefined;
  /** Finds the servers that hold keys, always in the same order. */
  readonly findNodes: () => Promise<readonly RedisNode[]>;
}

/**
 * Lists the documents of a Redis server or cluster. It never blocks the server
 * for long: it scans a few keys at a time.
 *
 * @param options Which documents.
 * @param context How to read them.
 * @returns A page.
 * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`; `STORE`, if a node of a cluster has gone since the page before.
 */
export async function listRedis(
  { prefix = "", cursor }: ListOptions,
  { runner, codec, findNodes }: ListContext,
): Promise<ListPage> {
  const nodes = await runner.ask(findNodes);
  // A cursor is SCAN's own and the name of the node: 17@10.0.0.1:6379.
  const [position = "0", name = nodes[0]?.name] = cursor?.split("@") ?? [];
  const index = nodes.findIndex((node) => node.name === name);
  const node = nodes[index];
  if (node === undefined) {
    throw new CicdStateError(
      "STORE",
      `Cannot list the documents of ${runner.target.name}: its nodes have changed`,
      { hint: "Run it again" },
    );
  }
  const [next, keys] = await runner.ask(async () =>
    readPage(
      await node.client.sendCommand("SCAN", [
        position,
        "MATCH",
        `${prefix.replaceAll(/[\\*?[\]]/g, "\\$&")}*`,
        "COUNT",
        KEYS_A_PAGE,
        // The keys that stand beside documents are not strings.
        "TYPE",
        "string",
      ]),
    )
  );
  const found = await Promise.all(
    keys.map((id) => inspect(runner, codec, id)),
  );
  const following = next === "0" ? nodes[index + 1] : node;
  return {
    documents: found.filter((document) => document !== undefined),
    cursor: following && `${next}@${following.name}`,
  };
}

/** Reads the reply of SCAN: the next position, and some keys. */
function readPage(reply: unknown): [position: string, keys: string[]] {
  const [position, keys] = arrayReply(reply);
  return [
    stringReply(position) ?? unexpected(position),
    arrayReply(keys).map((key) => stringReply(key) ?? unexpected(key)),
  ];
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
      await openText(external, codec, {
        kind: "redis",
        id,
        revision: revisionNumber(revision),
        where: `"${id}" from ${runner.target.name}`,
      }),
    );
    if (documentId(document) !== id) return undefined;
    return { id, context: documentContext(document), revision, size };
  } catch {
    return undefined;
  }
}
