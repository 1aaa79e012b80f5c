import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { Float } from "../values.ts";
import { DEFAULT_HTTP_CONFIG, parseHttpConfig } from "./config.ts";

const WHERE = '"cicdstatemgr.http" of config.yaml';

Deno.test("parseHttpConfig() reads every key", () => {
  deepStrictEqual(
    parseHttpConfig({
      "timeout-ms": 500,
      "retries": 0,
      "on-error": "fail",
      "max-response-bytes": 10,
      "ca-file": "ca.pem",
      "invalid-json": "send",
      "record": "state.deliveries",
    }, WHERE),
    {
      timeoutMs: 500,
      retries: 0,
      onError: "fail",
      maxResponseBytes: 10,
      caFile: "ca.pem",
      invalidJson: "send",
      record: "state.deliveries",
    },
  );
});

Deno.test("parseHttpConfig() takes what is missing from the base", () => {
  const base = { ...DEFAULT_HTTP_CONFIG, retries: 1, record: "state.all" };
  deepStrictEqual(parseHttpConfig({ "on-error": "fail" }, WHERE, base), {
    ...base,
    onError: "fail",
  });
  strictEqual(parseHttpConfig(undefined, WHERE, base), base);
  strictEqual(parseHttpConfig(null, WHERE), DEFAULT_HTTP_CONFIG);
});

for (
  const [section, message, hint] of [
    [
      [],
      `Cannot use ${WHERE}: it is a list`,
      /^Write a mapping of timeout-ms, /,
    ],
    [
      { "timeout": 1 },
      `Cannot use ${WHERE}: unknown key "timeout"`,
      /timeout-ms/,
    ],
    [{ "zebra": 1 }, `Cannot use ${WHERE}: unknown key "zebra"`, /^Known are /],
    [
      { "timeout-ms": 0 },
      `Cannot use ${WHERE}: "timeout-ms" is 0`,
      /^It must be an integer from 1 to 3600000$/,
    ],
    [
      { "timeout-ms": "30s" },
      `Cannot use ${WHERE}: "timeout-ms" is "30s"`,
      /integer/,
    ],
    [
      { "timeout-ms": new Float(5) },
      `Cannot use ${WHERE}: "timeout-ms" is a float`,
      /integer/,
    ],
    [{ "retries": 11 }, `Cannot use ${WHERE}: "retries" is 11`, /from 0 to 10/],
    [
      { "max-response-bytes": 0 },
      `Cannot use ${WHERE}: "max-response-bytes" is 0`,
      /of at least 1$/,
    ],
    [
      { "on-error": "ignore" },
      `Cannot use ${WHERE}: "on-error" is "ignore"`,
      /^It must be warn or fail$/,
    ],
    [
      { "invalid-json": false },
      `Cannot use ${WHERE}: "invalid-json" is false`,
      /^It must be warn or fail or send$/,
    ],
    [{ "record": " " }, `Cannot use ${WHERE}: "record" is " "`, /not blank/],
  ] as const
) {
  Deno.test(`parseHttpConfig() refuses ${JSON.stringify(section)}`, () => {
    // deno-lint-ignore no-explicit-any -- wrong on purpose
    throws(() => parseHttpConfig(section as any, WHERE), {
      code: "CONFIG",
      message,
      hint,
    });
  });
}
