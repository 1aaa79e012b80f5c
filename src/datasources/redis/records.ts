import type { StateRecords } from "../../document/capabilities.ts";
import type { ScriptRunner } from "./runner.ts";
import { NAMES, type Script } from "./scripts.ts";

// Records are fields of `meta`, so that they expire with the document.

const READ_RECORD_SCRIPT: Script<string | undefined> = {
  source: `${NAMES}
return redis.call('HGET', meta, 'r:' .. ARGV[1])
`,
  read: (reply) => typeof reply === "string" ? reply : undefined,
};

const SWAP_RECORD_SCRIPT: Script<boolean> = {
  source: `${NAMES}
local field, following, expected = 'r:' .. ARGV[1], ARGV[2], ARGV[3]
local held = redis.call('HGET', meta, field) or ''
-- If the answer is lost, the script is sent again.
if held == following then return 1 end
if held ~= expected or not redis.call('GET', doc) then return 0 end
redis.call('HSET', meta, field, following)
-- Who waits for a change looks earlier. Not every user may publish.
redis.pcall('PUBLISH', meta, ARGV[1])
return 1
`,
  read: (reply) => reply === 1,
};

/** Keeps records in a Redis server. */
export function redisRecords(runner: ScriptRunner): StateRecords {
  return {
    read: (id, name, signal) =>
      runner.run(READ_RECORD_SCRIPT, id, [name], { signal }),
    swap: (id, name, next, before, signal) =>
      runner.run(SWAP_RECORD_SCRIPT, id, [name, next, before ?? ""], {
        signal,
        writes: true,
      }),
  };
}
