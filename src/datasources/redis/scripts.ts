import type { StoreInfo } from "../../document/capabilities.ts";
import type { Chain } from "../shared/history_log.ts";
import {
  arrayReply,
  integerReply,
  stringReply,
  unexpected,
} from "./clients/resp.ts";

/**
 * The Lua scripts that run inside the Redis server, each one atomically.
 *
 * A document's key is its id. Five more keys stand beside it, in the same hash
 * slot:
 *
 * - `meta`, a hash: `n` is the number of the revision, `d` the digest of the
 *   text that it wrote, `t` the time to live, `u` when it was updated, `x` the
 *   context, `c` and `b` the state of the history's chain, `l` and `y` how many
 *   entries the history has and how many bytes;
 * - `history`, a list of entries;
 * - `writes`, the revision numbers of recent writes by their ids;
 * - `queue` and `seen`: who waits for a turn, and when they last asked.
 *
 * A revision is the number and the digest of the text that is in the key now. A
 * program that knows only `SET` changes the text but not `meta`; its text then
 * counts as the next revision.
 */

/** A Lua script, and how its reply is read. */
export interface Script<Reply> {
  readonly source: string;
  /** @throws {RespSyntaxError} If the script cannot have returned it. */
  readonly read: (reply: unknown) => Reply;
}

/** The keys that a document has besides its own, in the scripts' order. */
export const EXTRA_KEYS = "meta history writes queue seen".split(" ");

/**
 * How long a writer in the queue may be silent before it loses its place. A
 * distant writer is given more: it says when it was seen as if that were later.
 */
const SILENCE_MS = 2000;
/** A round trip after which a writer counts as distant. */
export const DISTANT_MS = SILENCE_MS / 4;
/** How long the first writer in the queue lets others race it. */
const PATIENCE_MS = 1000;

/** Names the keys. */
export const NAMES =
  "local doc, meta, history, writes, queue, seen = unpack(KEYS)\n";

/** Returns the text, the number, the revision, and whether it is external. */
export const CURRENT = `
local function current()
  local value = redis.call('GET', doc)
  local held = redis.call('HMGET', meta, 'n', 'd')
  local number = tonumber(held[1] or 0)
  if not value then return value, number, '', false end
  local digest = redis.sha1hex(value)
  local external = digest ~= held[2]
  if external then number = number + 1 end
  return value, number, string.format('%.0f-%s', number, digest), external
end
`;

/** Returns who is first in the queue, once that one tolerates no others. */
export const HEAD = `
local function head()
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  while true do
    local first = redis.call('ZRANGE', queue, 0, 0)[1]
    if not first then return nil, now, time end
    local at = tonumber(redis.call('HGET', seen, first) or 0)
    if now - at <= ${SILENCE_MS} then
      local since = tonumber(redis.call('ZSCORE', queue, first)) / 1000
      if now - since <= ${PATIENCE_MS} then first = nil end
      return first, now, time
    end
    redis.call('ZREM', queue, first)
    redis.call('HDEL', seen, first)
  end
end
`;

/** What {@linkcode READ_SCRIPT} found. */
export interface StoredDocument {
  readonly stored: string;
  readonly revision: string;
  /** Whether a program wrote it that keeps no history. */
  readonly isExternal: boolean;
  /** The state of the history's chain, if there is one. */
  readonly chain: Chain | undefined;
}

function readStored(reply: unknown): StoredDocument | undefined {
  const [stored, revision, isExternal, count, length] = arrayReply(reply);
  const text = stringReply(stored);
  // An array that is too short has undefined.
  if (text === undefined) {
    return stored === null ? undefined : unexpected(stored);
  }
  const chained = stringReply(count);
  return {
    stored: text,
    revision: readRevision(revision) ?? unexpected(revision),
    isExternal: integerReply(isExternal) === 1,
    chain: chained
      ? { count: Number(chained), length: Number(stringReply(length)) }
      : undefined,
  };
}

/** Reads a revision, if there is one. */
export function readRevision(reply: unknown): string | undefined {
  const revision = stringReply(reply);
  if (revision === undefined || /^\d+-[\da-f]{40}$/.test(revision)) {
    return revision;
  }
  return unexpected(reply);
}

/** Reads a document and what the next write needs to know. */
export const READ_SCRIPT: Script<StoredDocument | undefined> = {
  source: `${NAMES}${CURRENT}
local value, number, revision, external = current()
local chain = redis.call('HMGET', meta, 'c', 'b')
return {value, revision, external and 1 or 0, chain[1], chain[2]}
`,
  read: readStored,
};

/** Returns a document's revision. */
export const REVISION_SCRIPT: Script<string | undefined> = {
  source: `${NAMES}${CURRENT}
local value, number, revision = current()
return value and revision
`,
  read: readRevision,
};

/** Returns the number of a document's last revision; 0 if it never had one. */
export const NUMBER_SCRIPT: Script<number> = {
  source: `${NAMES}${CURRENT}
local value, number = current()
return number
`,
  read: integerReply,
};

/** Returns the version, which Redis 6 does not tell scripts, and the time. */
export const ABOUT_SCRIPT: Script<StoreInfo> = {
  source: "return {redis.REDIS_VERSION or '', redis.call('TIME')}",
  read(reply) {
    const [version, time] = arrayReply(reply);
    const [seconds, microseconds] = arrayReply(time).map(stringReply);
    return {
      version: stringReply(version) || undefined,
      time: Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000),
    };
  },
};

/** A writer's place in the queue. */
export interface QueuePlace {
  /** How many writers must go first. */
  readonly ahead: number;
  /** The document, once nobody must go first. */
  readonly found: StoredDocument | undefined;
}

/**
 * Joins the queue or stays in it, and returns the writer's place. Its second
 * argument is how much longer than others the writer may be silent. It seldom
 * writes when a writer asks again: every write costs the server a line in its
 * append-only file and a message to each replica.
 */
export const TURN_SCRIPT: Script<QueuePlace> = {
  source: `${NAMES}${CURRENT}${HEAD}
local turn, patience = ARGV[1], tonumber(ARGV[2] or 0)
local first, now, time = head()
if not redis.call('ZSCORE', queue, turn) then
  redis.call('ZADD', queue, string.format('%.0f', time[1] * 1000000 + time[2]), turn)
end
local at = tonumber(redis.call('HGET', seen, turn) or 0)
if now + patience - at > ${SILENCE_MS / 4} then
  redis.call('HSET', seen, turn, string.format('%.0f', now + patience))
  redis.call('PEXPIRE', queue, 60000 + patience)
  redis.call('PEXPIRE', seen, 60000 + patience)
end
if first and first ~= turn then return {redis.call('ZRANK', queue, turn)} end
local value, number, revision, external = current()
local chain = redis.call('HMGET', meta, 'c', 'b')
return {0, value, revision, external and 1 or 0, chain[1], chain[2]}
`,
  read(reply) {
    const [first, ...found] = arrayReply(reply);
    const ahead = integerReply(first);
    return { ahead, found: ahead > 0 ? undefined : readStored(found) };
  },
};

/** Leaves the queue. */
export const LEAVE_SCRIPT: Script<void> = {
  source: `${NAMES}
redis.call('ZREM', queue, ARGV[1])
return redis.call('HDEL', seen, ARGV[1])
`,
  read() {},
};

/** What a list shows of a document. */
export interface InspectedDocument {
  readonly revision: string;
  /** The size of what is stored, in bytes. */
  readonly size: number;
  /** In milliseconds since 1970 UTC. */
  readonly updatedAt: number;
  /** Empty if it has none. */
  readonly context: string;
  /** What is stored, if another program wrote it. */
  readonly external: string | undefined;
}

/** Returns what a list shows of a document. */
export const INSPECT_SCRIPT: Script<InspectedDocument | undefined> = {
  source: `${NAMES}${CURRENT}
local value, number, revision, external = current()
if not value then return false end
if external then return {revision, #value, false, false, value} end
local held = redis.call('HMGET', meta, 'u', 'x')
return {revision, #value, held[1], held[2]}
`,
  read(reply) {
    if (reply === null || reply === undefined) return undefined;
    const [revision, size, updated, context, external] = arrayReply(reply);
    return {
      revision: readRevision(revision) ?? unexpected(revision),
      size: integerReply(size),
      updatedAt: Number(stringReply(updated) ?? 0),
      context: stringReply(context) ?? "",
      external: stringReply(external),
    };
  },
};

/** The last entries of a history. */
export interface StoredHistory {
  /** `NUMBER:ENTRY`, the oldest first. */
  readonly entries: readonly string[];
  /** What another program has written since. */
  readonly external:
    | { readonly revision: number; readonly stored: string }
    | undefined;
}

/** Returns the last entries of a history. */
export const HISTORY_SCRIPT: Script<StoredHistory> = {
  source: `${NAMES}${CURRENT}
local value, number, revision, external = current()
local entries = redis.call('LRANGE', history, ARGV[1], -1)
return {entries, external and number or false, external and value or false}
`,
  read(reply) {
    const [entries, number, text] = arrayReply(reply);
    const stored = stringReply(text);
    return {
      entries: arrayReply(entries).map((entry) =>
        stringReply(entry) ?? unexpected(entry)
      ),
      external: stored === undefined
        ? undefined
        : { revision: integerReply(number), stored },
    };
  },
};

/** Removes all keys of a document, and reports whether there was one. */
export const REMOVE_SCRIPT: Script<boolean> = {
  source: `${NAMES}
local there = redis.call('DEL', doc)
redis.call('DEL', meta, history, writes, queue, seen)
return there
`,
  read: (reply) => integerReply(reply) === 1,
};
