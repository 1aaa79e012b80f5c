import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { readOrThrow } from "../schema/error.ts";
import { Float, isMapping, type Value } from "../values.ts";
import { completeHttpConfig, DEFAULT_HTTP_CONFIG, HTTP } from "./config.ts";

function read(section: Value, base = DEFAULT_HTTP_CONFIG) {
  const options = { where: "config.yaml", path: ["cicdstatemgr", "http"] };
  return completeHttpConfig(readOrThrow(HTTP, section, options), base);
}

Deno.test("HTTP reads every key", () => {
  deepStrictEqual(
    read({
      "timeout-ms": 500,
      "retries": 0,
      "on-error": "fail",
      "max-response-bytes": 10,
      "ca-file": "ca.pem",
      "invalid-json": "send",
      "record": "state.deliveries",
    }),
    {
      timeoutMs: 500,
      retries: 0,
      onError: "fail",
      maxResponseBytes: 10,
      caFile: "ca.pem",
      invalidJson: "send",
      record: ["state", "deliveries"],
    },
  );
});

Deno.test("completeHttpConfig() takes what is missing from the base", () => {
  const base = { ...DEFAULT_HTTP_CONFIG, retries: 1, record: ["all"] };
  deepStrictEqual(read({ "on-error": "fail", "retries": null }, base), {
    ...base,
    onError: "fail",
  });
  strictEqual(completeHttpConfig(undefined, base), base);
  strictEqual(completeHttpConfig(undefined), DEFAULT_HTTP_CONFIG);
});

for (
  const [section, problem, hint] of [
    [[], "is a list", /^It must be a mapping$/],
    [{ "timeout": 1 }, "is not a known key", /Did you mean "timeout-ms"/],
    [{ "zebra": 1 }, "is not a known key", /^Known keys: timeout-ms, /],
    [{ "timeout-ms": 0 }, "is 0", /an integer from 1 to 3600000$/],
    [{ "timeout-ms": "30s" }, 'is "30s"', /integer/],
    [{ "timeout-ms": new Float(5) }, "is 5.0", /integer/],
    [{ "retries": 11 }, "is 11", /from 0 to 10/],
    [{ "max-response-bytes": 0 }, "is 0", /from 1 to 268435456$/],
    [{ "max-response-bytes": 1e12 }, "is 1000000000000", /from 1 to/],
    [{ "on-error": "stop" }, 'is "stop"', /^It must be warn or fail$/],
    [{ "invalid-json": false }, "is false", /warn, fail or send$/],
    [{ "ca-file": "" }, "is an empty string", /string/],
    [{ "record": "a..b" }, 'is "a..b"', /single dots/],
    [{ "record": ["a"] }, "is a list", /single dots/],
  ] as [Value, string, RegExp][]
) {
  Deno.test(`HTTP refuses ${JSON.stringify(section)}`, () => {
    const [key] = isMapping(section) ? Object.keys(section) : [];
    const path = ["cicdstatemgr.http", ...key === undefined ? [] : [key]];
    throws(() => read(section), {
      code: "CONFIG",
      message: `Cannot use config.yaml: "${path.join(".")}" ${problem}`,
      hint,
    });
  });
}
