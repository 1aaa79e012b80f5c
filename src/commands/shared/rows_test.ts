import { strictEqual } from "node:assert/strict";
import { formatTime } from "./rows.ts";

for (
  const [at, text] of [
    [0, "1970-01-01T00:00:00Z"],
    [1_769_847_300_999, "2026-01-31T08:15:00Z"],
    [9e15, "-"],
    [-9e15, "-"],
    [NaN, "-"],
  ] as const
) {
  Deno.test(`formatTime() formats ${at}`, () => {
    strictEqual(formatTime(at), text);
  });
}
