import type { ChangeNote } from "../../document/store.ts";
import { BOUND_PREFIX, sealText, type StoreExtras } from "../shared/extras.ts";
import { type Chain, makeEntry } from "../shared/history_log.ts";
import { unexpected } from "./clients/resp.ts";
import { CURRENT, HEAD, NAMES, readRevision, type Script } from "./scripts.ts";

/** How long and how many ids of writes are remembered. */
const [WRITE_IDS_MS, MAX_WRITE_IDS] = [120_000, 10_000];

/**
 * Adds entries to the history and drops the oldest ones. The size is kept in
 * `meta`, and counted again if a program has changed the list that does not keep
 * it there.
 */
const TRIM = `
local function add(number, entry)
  local line = string.format('%.0f:%s', number, entry)
  local count, size = unpack(redis.call('HMGET', meta, 'l', 'y'))
  if tonumber(count or -1) ~= redis.call('LLEN', history) then
    size = 0
    for _, old in ipairs(redis.call('LRANGE', history, 0, -1)) do
      size = size + #old
    end
  end
  count = redis.call('RPUSH', history, line)
  redis.call('HSET', meta, 'l', count, 'y', size + #line)
end
local function trim(keep, most)
  local count, size = unpack(redis.call('HMGET', meta, 'l', 'y'))
  count, size = tonumber(count), tonumber(size)
  while count > 1 and (count > keep or size > most) do
    size = size - #redis.call('LPOP', history)
    count = count - 1
  end
  redis.call('HSET', meta, 'l', count, 'y', size)
end
`;

/**
 * Returns the new revision, or nothing if another writer was faster or is ahead.
 *
 * The document is the first thing that it writes. If something fails later, such
 * as a command that the user may not run, the error says that it is stored.
 */
export const SWAP_SCRIPT: Script<string | undefined> = {
  source: `${NAMES}${CURRENT}${HEAD}${TRIM}
local text, expected, overwrite, id, turn, ttl, updated, context = unpack(ARGV)
local keep, most, entry, outside, chain, bytes, last = unpack(ARGV, 9)
local won = redis.call('ZSCORE', writes, id)
if won then
  -- A write, so that waiting for replicas on this connection waits for it too.
  redis.call('PEXPIRE', writes, ${WRITE_IDS_MS})
  return string.format('%.0f-%s', won, redis.sha1hex(text))
end
local first = head()
if first and first ~= turn then return 0 end
local value, number, revision, external = current()
if overwrite ~= '1' and revision ~= expected then return 0 end
-- What is encrypted is bound to the number of its revision.
local bound = (last or '') ~= ''
if bound and tonumber(last) ~= number then return 0 end
-- Fails before anything is written if another type of value is there.
local newest = redis.call('LINDEX', history, -1)
redis.call('HLEN', seen)
local before = number
number = number + 1
local digest = redis.sha1hex(text)
if ttl == '' then ttl = redis.call('HGET', meta, 't') or '0' end
if ttl == '0' then
  redis.call('SET', doc, text)
else
  redis.call('SET', doc, text, 'PX', ttl)
end
local isWhole, failure = pcall(function()
  redis.call('HSET', meta, 'n', number, 'd', digest, 't', ttl, 'u', updated,
    'x', context, 'c', chain, 'b', bytes)
  redis.call('ZADD', writes, number, id)
  redis.call('ZREMRANGEBYRANK', writes, 0, ${-MAX_WRITE_IDS - 1})
  redis.call('PEXPIRE', writes, ${WRITE_IDS_MS})
  if bound and newest and not newest:find(':${BOUND_PREFIX}', 1, true) then
    redis.call('DEL', history)
    redis.call('HDEL', meta, 'l', 'y')
  end
  if outside ~= '' and external then add(before, outside) end
  if entry == '' then
    redis.call('DEL', history)
  else
    add(number, entry)
    trim(tonumber(keep), tonumber(most))
  end
  if ttl == '0' then
    redis.call('PERSIST', meta)
    redis.call('PERSIST', history)
  else
    redis.call('PEXPIRE', meta, ttl)
    redis.call('PEXPIRE', history, ttl)
  end
  if turn ~= '' then
    redis.call('ZREM', queue, turn)
    redis.call('HDEL', seen, turn)
  end
end)
if not isWhole then
  -- A table since Redis 7, and a string before.
  local reason = type(failure) == 'table' and failure.err or failure
  return redis.error_reply('STORED ' .. reason)
end
-- Who waits for a change looks earlier. Not every user may publish.
redis.pcall('PUBLISH', meta, number)
return string.format('%.0f-%s', number, digest)
`,
  // Not null, which a broken answer may be.
  read: (reply) =>
    reply === 0 ? undefined : readRevision(reply) ?? unexpected(reply),
};

/** Returns the number of the revision after one; `undefined` if it is not known. */
export function nextOf(last: number | undefined): number | undefined {
  return last === undefined ? undefined : last + 1;
}

/** A document that is written. */
interface Written {
  readonly id: string;
  /** The document as it is stored, before it is encrypted. */
  readonly text: string;
  readonly note: ChangeNote | undefined;
}

/** What a history's entries build on. */
interface Basis {
  /** What was read, if the write must not replace anything else. */
  readonly from: {
    readonly text: string;
    readonly chain: Chain | undefined;
    readonly isExternal: boolean;
    readonly isBound: boolean;
  } | undefined;
  /** The number of the last revision, if what is written is encrypted. */
  readonly last: number | undefined;
  readonly extras: StoreExtras;
}

/** What a write adds to the history. */
interface NewEntries {
  /** The entry of the write itself. */
  readonly kept: string;
  /** The entry of what another program wrote before it; empty: nothing. */
  readonly outside: string;
  /** The state of the chain after both. */
  readonly chain: Chain;
}

/**
 * Makes the entries that a write adds to the history.
 *
 * @param written The document that is written.
 * @param basis What the entries build on.
 * @returns The entries, encrypted if there is a codec.
 */
export async function newEntries(
  { id, text, note }: Written,
  { from, last, extras: { codec, history } }: Basis,
): Promise<NewEntries> {
  const seal = (kept: string, revision: number | undefined) =>
    sealText(kept, codec, { kind: "redis", id, revision, isEntry: true });
  const outside = from?.isExternal
    ? makeEntry({
      note: undefined,
      text: from.text,
      previous: undefined,
      chain: undefined,
      external: true,
    }, history?.mask)
    : undefined;
  // The script drops plain entries when encryption is turned on.
  const isFresh = codec !== undefined && from?.isBound === false;
  const { kept, chain } = makeEntry({
    note,
    text,
    previous: from?.text,
    chain: outside?.chain ?? (isFresh ? undefined : from?.chain),
  }, history?.mask);
  return {
    kept: await seal(kept, nextOf(last)),
    outside: outside === undefined ? "" : await seal(outside.kept, last),
    chain,
  };
}
