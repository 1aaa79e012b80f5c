import { strictEqual } from "node:assert/strict";
import { formatDuration, parseDuration } from "./duration.ts";

for (
  const [text, milliseconds] of [
    ["300ms", 300],
    ["90s", 90_000],
    ["10m", 600_000],
    ["4h", 14_400_000],
    ["7d", 604_800_000],
    [" 5s\n", 5000],
    ["0s", 0],
    ["0", 0],
    ["90", undefined],
    ["", undefined],
    ["s", undefined],
    ["-5s", undefined],
    ["1.5h", undefined],
    ["7 d", undefined],
    ["7w", undefined],
    ["1h30m", undefined],
    ["9999999999s", undefined],
  ] as const
) {
  Deno.test(`parseDuration() reads ${JSON.stringify(text)}`, () => {
    strictEqual(parseDuration(text), milliseconds);
  });
}

Deno.test("formatDuration() chooses the largest unit that fits", () => {
  const cases: [number, string][] = [
    [0, "0ms"],
    [1, "1ms"],
    [0.2, "1ms"],
    [1500, "1500ms"],
    [90_000, "90s"],
    [600_000, "10m"],
    [4 * 3_600_000, "4h"],
    [7 * 86_400_000, "7d"],
    [86_400_001, "86400001ms"],
  ];
  for (const [ms, text] of cases) strictEqual(formatDuration(ms), text);
});
