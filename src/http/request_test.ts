import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { prepareRequest, withIdempotencyKey } from "./request.ts";

const REQUEST = { url: "https://host/a?b#c", headers: [], body: "{}" };

Deno.test("withIdempotencyKey() adds a key, a new one each time", () => {
  const keys = [1, 2].map(() => {
    const [header] = withIdempotencyKey(REQUEST).headers;
    strictEqual(header![0], "Idempotency-Key");
    match(header![1], /^[\da-f-]{36}$/);
    return header![1];
  });
  strictEqual(new Set(keys).size, 2);
});

Deno.test("withIdempotencyKey() keeps a key in any case", () => {
  const request = {
    ...REQUEST,
    headers: [["idempotency-KEY", "mine"]],
  } as const;
  strictEqual(withIdempotencyKey(request), request);
});

Deno.test("prepareRequest() trims values and lowers names", () => {
  const headers = [["X-Lane", " north\t"], ["x-Ship", "Åse"]] as const;
  const prepared = prepareRequest({ ...REQUEST, headers });
  if (typeof prepared === "string") throw new Error(prepared);
  strictEqual(prepared.url.href, "https://host/a?b#c");
  deepStrictEqual([...prepared.headers], [["x-lane", "north"], [
    "x-ship",
    "Åse",
  ]]);
});

for (
  const [url, credentials] of [
    ["https://bosun:p%40ss@host/", "bosun:p@ss"],
    ["https://bosun@host/", "bosun:"],
    ["https://:100%25@host/", ":100%"],
    ["https://a:%zz@host/", "a:%zz"],
    ["https://%C3%85se:%E2%86%92@host/", "Åse:→"],
  ] as const
) {
  Deno.test(`prepareRequest() turns the user of ${url} into an Authorization`, () => {
    const headers = [["Authorization", "Bearer other"]] as const;
    const prepared = prepareRequest({ ...REQUEST, url, headers });
    if (typeof prepared === "string") throw new Error(prepared);
    strictEqual(prepared.url.href, "https://host/");
    const encoded = new TextEncoder().encode(credentials).toBase64();
    strictEqual(prepared.headers.get("authorization"), `Basic ${encoded}`);
  });
}

for (
  const url of ["file:///etc/hostname", "not a url", "", "data:text/plain,x"]
) {
  Deno.test(`prepareRequest() refuses the URL "${url}"`, () => {
    strictEqual(
      prepareRequest({ ...REQUEST, url }),
      "the URL is not an http or https address",
    );
  });
}

for (
  const [name, value, problem] of [
    ["x y", "1", '"x y" is not a valid header name'],
    ["", "1", '"" is not a valid header name'],
    ["X-Two", "secret\r\nX-Evil: 1", 'the header "X-Two" has a line break'],
    ["X-Three", "secret →", 'the header "X-Three" has a line break'],
    ["X-Four", "secret\0", 'the header "X-Four" has a line break'],
  ] as const
) {
  Deno.test(`prepareRequest() refuses the header ${JSON.stringify(name)} without showing its value`, () => {
    const refused = prepareRequest({ ...REQUEST, headers: [[name, value]] });
    const text = String(refused);
    strictEqual(text.startsWith(problem), true, text);
    strictEqual(text.includes("secret"), false);
  });
}
