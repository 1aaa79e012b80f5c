import { deepStrictEqual, fail, strictEqual } from "node:assert/strict";
import { checkTable } from "../../tests/support/schema.ts";
import { address, port, url } from "./schema.ts";

const WRITE_PORT = "It must be an integer from 1 to 65535";
const WRITE_URL = "It must be a valid URL that starts with http:// or https://";
const WRITE_ADDRESS = "Write HOST:PORT, with a port from 1 to 65535";

checkTable("port()", {
  schema: port(),
  reads: [[1, 1], [65_535, 65_535], ["6379", 6379]],
  refuses: [
    [0, `is 0. ${WRITE_PORT}`],
    [99_999, `is 99999. ${WRITE_PORT}`],
    ["redis", `is "redis". ${WRITE_PORT}`],
  ],
});

checkTable("url()", {
  schema: url(["http", "https"]),
  reads: [
    ["https://slack.com/api", "https://slack.com/api"],
    // A folded YAML string ends with a line break.
    [" https://x/y\n", "https://x/y"],
  ],
  refuses: [
    ["slack.com/api", `is a string. ${WRITE_URL}`],
    ["htp://x", `is a string. ${WRITE_URL}`],
    ["redis://user:hunter2@host", `is a string. ${WRITE_URL}`],
    ["", `is an empty string. ${WRITE_URL}`],
    [80, `is an integer. ${WRITE_URL}`],
    [null, `is null. ${WRITE_URL}`],
  ],
});

checkTable("url() with mayBeEmpty", {
  schema: url(["http"], { mayBeEmpty: true }),
  reads: [["", ""], [" \n", ""], ["http://x", "http://x"]],
  refuses: [[
    "x",
    "is a string. It must be a valid URL that starts with http://",
  ]],
});

checkTable("address()", {
  schema: address(),
  reads: [
    ["redis-0:6379", { host: "redis-0", port: 6379 }],
    ["10.0.0.1:1", { host: "10.0.0.1", port: 1 }],
    ["[::1]:26379", { host: "::1", port: 26_379 }],
    ["::1:26379", { host: "::1", port: 26_379 }],
  ],
  refuses: [
    ["redis-0", `is "redis-0". ${WRITE_ADDRESS}`],
    [":6379", `is ":6379". ${WRITE_ADDRESS}`],
    ["redis:x", `is "redis:x". ${WRITE_ADDRESS}`],
    [6379, `is 6379. ${WRITE_ADDRESS}`],
    [["a:1"], `is a list. ${WRITE_ADDRESS}`],
  ],
});

Deno.test("url() reads a scheme in capitals", () => {
  strictEqual(url(["http"]).read("HTTP://x", [], () => fail()), "HTTP://x");
});

Deno.test("url() refuses what only looks like a URL", () => {
  const problems: unknown[] = [];
  url(["http"]).read("http://[x", [], (problem) => problems.push(problem));
  strictEqual(problems.length, 1);
});

for (const text of ["redis:0", "redis:65536"]) {
  Deno.test(`address() refuses ${text}`, () => {
    const problems: unknown[] = [];
    address().read(text, [], ({ found }) => problems.push(found));
    deepStrictEqual(problems, [JSON.stringify(text)]);
  });
}

for (const given of ["http://x:0", "http://x:99999"]) {
  Deno.test(`url() refuses the port of ${given}`, () => {
    const problems: { readonly hint: string }[] = [];
    url(["http"]).read(given, [], (problem) => problems.push(problem));
    strictEqual(
      problems[0]?.hint,
      "It must be a valid URL that starts with http://",
    );
  });
}
