import { strictEqual } from "node:assert/strict";
import {
  freePort,
  startRedis,
} from "../../../../tests/support/redis_server.ts";
import { keySlot, tagOfSlot } from "./slots.ts";

Deno.test("keySlot() computes the slot that a server computes", async () => {
  await using server = await startRedis({
    config: ["cluster-enabled yes", `cluster-port ${freePort()}`],
  });
  await using client = server.connect();
  const keys = [
    ...["", "a", "123456789", "{}", "{a}", "x{a}y", "{}{a}", "}{a", "{a", "a}"],
    ...["ключ ⚓", "{⚓}", "{{a}}", "a\nb", "x".repeat(1000)],
  ];
  for (const key of keys) {
    const slot = await client.sendCommand("CLUSTER", ["KEYSLOT", key]);
    strictEqual(keySlot(key), slot, key);
  }
});

Deno.test("tagOfSlot() finds a tag for every slot", () => {
  for (const slot of [0, 1, 4711, 16383]) {
    strictEqual(keySlot(`x}y{${tagOfSlot(slot)}}`), slot);
    strictEqual(keySlot(`{${tagOfSlot(slot)}}:x}y`), slot);
  }
});
