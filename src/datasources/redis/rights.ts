import type { RedisClient } from "./clients/client.ts";
import { arrayReply } from "./clients/resp.ts";

/** What commands need, apart from those of a cluster. */
const RIGHTS = "~* +@read +@write +@scripting +@connection +time";
const REPLY_REGEXP =
  /\bNOPERM |^ACL failure in script|can't run this command|can't access at least one of the keys/;

/**
 * Returns the commands of the scripts that the user may not run. A server before
 * version 7.0 cannot tell, and does not say which command has failed either.
 */
const LACKING_SCRIPT = `
local lacking = {}
if not redis.acl_check_cmd then return lacking end
local doc, meta, history, writes, queue, seen = unpack(KEYS)
for _, command in ipairs({
  {'time'}, {'get', doc}, {'set', doc, ''}, {'del', doc},
  {'hget', meta, ''}, {'hmget', meta, ''}, {'hset', meta, '', ''},
  {'hlen', seen}, {'hdel', seen, ''}, {'persist', meta}, {'pexpire', meta, 1},
  {'llen', history}, {'lrange', history, 0, 0}, {'rpush', history, ''},
  {'lpop', history}, {'zadd', writes, 1, ''}, {'zscore', writes, ''},
  {'zremrangebyrank', writes, 0, 0}, {'zrange', queue, 0, 0},
  {'zrank', queue, ''}, {'zrem', queue, ''}
}) do
  if not redis.acl_check_cmd(unpack(command)) then
    table.insert(lacking, '+' .. command[1])
  end
end
return lacking
`;

/**
 * Reports whether a server refused a command because its ACL user may not run it.
 *
 * @param reply What the server replied.
 * @returns Whether it did.
 */
export function isMissingRight(reply: string): boolean {
  return REPLY_REGEXP.test(reply);
}

/**
 * Asks a server which rights its user lacks.
 *
 * @param client Sends commands to it.
 * @param keys A document's keys.
 * @returns The rights, as ACL SETUSER takes them; empty if the server cannot tell.
 */
export async function missingRights(
  client: RedisClient,
  keys: readonly string[],
): Promise<string[]> {
  if (keys.length === 0) return [];
  try {
    const args = [LACKING_SCRIPT, keys.length, ...keys];
    return arrayReply(await client.sendCommand("EVAL", args)).map(String);
  } catch {
    // Its first answer says enough.
    return [];
  }
}

/**
 * Says which right is missing, and how to grant it.
 *
 * @param reply What the server replied.
 * @param user The ACL user, if it is known.
 * @param lacking The rights that its user lacks, if that is known.
 * @returns Why a command failed, and how to fix it.
 */
export function explainRight(
  reply: string,
  user: string | undefined,
  lacking: readonly string[],
): [why: string, hint: string] {
  const command = /run the '([^']+)' command/.exec(reply)?.[1];
  const named = command !== undefined
    ? [`+${command}`]
    : /\bkeys?\b/.test(reply)
    ? ["~*"]
    : lacking;
  const [first, ...others] = named;
  return [
    first === undefined
      ? "the ACL user lacks rights"
      : `the ACL user lacks the right${others.length > 0 ? "s" : ""} ${
        named.join(" ")
      }`,
    `Grant it with ACL SETUSER ${user ?? "<user>"} ${
      first === undefined ? RIGHTS : named.join(" ")
    }; in all, it needs ${RIGHTS}, and +cluster|slots on a cluster`,
  ];
}
