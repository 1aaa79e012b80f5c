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
local keep, most, entry, outside, chain, bytes = unpack(ARGV, 9)
local won = redis.call('ZSCORE', writes, id)
if won then
  -- A write, so that waiting for replicas on this connection waits for it too.
  redis.call('PEXPIRE', writes, ${WRITE_IDS_MS})
  return string.format('%.0f-%s', won, redis.sha1hex(text))
end
local first = head()
if first and first ~= turn then return false end
local value, number, revision, external = current()
if overwrite ~= '1' and revision ~= expected then return false end
-- Fails before anything is written if another type of value is there.
redis.call('LLEN', history)
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
  read: readRevision,
};
