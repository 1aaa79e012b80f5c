import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createLogger, LOG_LEVELS, type LogLevel, toTerminal } from "./log.ts";

function logAll(level: LogLevel, message = "m"): string[] {
  const lines: string[] = [];
  const log = createLogger({
    level,
    write: (line) => lines.push(line),
    mask: (text) => text.replaceAll("secret", "***"),
  });
  log.debug?.(message);
  log.info(message);
  log.warn(message);
  log.error(message);
  return lines;
}

Deno.test("createLogger() drops messages below its level", () => {
  const all = ["debug: m", "m", "warning: m", "error: m"];
  LOG_LEVELS.forEach((level, index) => {
    deepStrictEqual(logAll(level), all.slice(index));
  });
});

Deno.test("createLogger() masks every line", () => {
  deepStrictEqual(logAll("ERROR", "a secret"), ["error: a ***"]);
});

Deno.test("createLogger() keeps a message on one line, without characters that control a terminal", () => {
  deepStrictEqual(
    logAll("ERROR", "a\r\nerror: forged\t\x1b[2J\x9b\u202e\u2066"),
    [
      "error: a\\x0d\\nerror: forged\\t\\x1b[2J\\u009b\\u202e\\u2066",
    ],
  );
});

Deno.test("toTerminal() escapes what steers a terminal, and keeps lines", () => {
  strictEqual(
    toTerminal("a\tb\nc\x1b[2J\r\x07\x7f\x9b1m\u202ed\u2066é"),
    "a\tb\nc\\x1b[2J\\x0d\\x07\\u007f\\u009b1m\\u202ed\\u2066é",
  );
});
