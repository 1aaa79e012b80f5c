import { createMask } from "../util/mask/mask.ts";
import { maskHeaders, maskText, maskUrl } from "./request.ts";
import { prepareRequest, withIdempotencyKey } from "./request.ts";
import { mayReceiveToken } from "./request.ts";
import { deepStrictEqual, match, strictEqual } from "node:assert/strict";

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

Deno.test("maskHeaders() hides what carries credentials by its name", () => {
  deepStrictEqual(
    maskHeaders([
      ["Authorization", "Bearer x"],
      ["Proxy-Authorization", "Basic x"],
      ["x-api-key", "x"],
      ["Cookie", "x"],
      ["X-GitLab-Token", "x"],
      ["Accept", "*/* tide"],
    ], createMask(["tide"])),
    [
      ["Authorization", "***"],
      ["Proxy-Authorization", "***"],
      ["x-api-key", "***"],
      ["Cookie", "***"],
      ["X-GitLab-Token", "***"],
      ["Accept", "*/* ***"],
    ],
  );
});

for (
  const [url, shown] of [
    ["http://host", "http://host"],
    ["https://HOST:443/", "https://host"],
    ["http://user:pass@host:1/a/b", "http://host:1/***"],
    ["https://host/#fragment", "https://host"],
    ["https://host?token=x", "https://host/***"],
    ["https://tide.example/x", "https://***.example/***"],
    ["https://hooks.slack.com/services/T0/B0/x", "https://hooks.slack.com/***"],
    ["https://discord.com/api/v10/webhooks/12/x", "https://discord.com/***"],
    ["https://api.telegram.org/bot1:x/send", "https://api.telegram.org/***"],
    ["https://ntfy.sh/release-of-shop", "https://ntfy.sh/***"],
    ["https://n8n.example/webhook/8c2f", "https://n8n.example/***"],
    ["https://chat.example/hooks/xkq3n5zq3", "https://chat.example/***"],
    [
      "https://zulip.example/api/v1/external/slack_incoming?api_key=abc",
      "https://zulip.example/***",
    ],
    [
      "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t",
      "https://chat.googleapis.com/***",
    ],
    [
      "https://prod-27.westus.logic.azure.com:443/workflows/0f/invoke?sig=x",
      "https://prod-27.westus.logic.azure.com/***",
    ],
    [
      "https://events.pagerduty.com/integration/0f0f/enqueue",
      "https://events.pagerduty.com/***",
    ],
    [
      "https://api.opsgenie.com/v1/json/cloudwatch?apiKey=0f",
      "https://api.opsgenie.com/***",
    ],
    ["https://0f0f@o1.ingest.sentry.io/42", "https://o1.ingest.sentry.io/***"],
    ["redis://:p#a/s?s@host:99999/0", "redis:***"],
    ["https://host:99999/secret", "https:***"],
    ["hooks.slack.com/services/T0/B0/x", "***"],
    ["", "***"],
  ] as const
) {
  Deno.test(`maskUrl() prints ${url} without secrets`, () => {
    strictEqual(maskUrl(url, createMask(["tide"])), shown);
  });
}

Deno.test("maskText() hides the address of the request, and secrets", () => {
  const mask = createMask(["tide"]);
  const url = " https://ntfy.sh/release ";
  strictEqual(
    maskText('{"to": "https://ntfy.sh/release", "t": "tide"}', url, mask),
    '{"to": "https://ntfy.sh/***", "t": "***"}',
  );
  strictEqual(maskText("see https://a", "https://a", mask), "see https://a");
  strictEqual(maskText("tide", "", mask), "***");
  strictEqual(
    maskText("POST /release/x?k=abcdef", "http://a/release/x?k=abcdef", mask),
    "POST ***",
  );
});

const ALLOWED = {
  home: "https://chat.example:8443/api/post",
  hosts: ["Proxy.example", "*.relay.example", "dotted.example."],
};

for (
  const [url, may] of [
    ["https://chat.example/hook", true],
    ["https://chat.example:9/hook", true],
    ["https://CHAT.example./hook", true],
    ["http://chat.example:8443/hook", false],
    ["https://slack.com/api", true],
    ["https://hooks.slack.com/x", true],
    ["https://a.b.slack.com/x", true],
    ["https://proxy.example/x", true],
    ["https://eu.relay.example/x", true],
    ["https://dotted.example/x", true],
    ["https://relay.example/x", false],
    ["https://sub.proxy.example/x", false],
    ["https://evil.example/x", false],
    ["https://evilslack.com/x", false],
    ["https://slack.com.evil.example/x", false],
    ["https://slack.com@evil.example/x", false],
    ["https://evil.example/slack.com", false],
    ["https://evil.example#slack.com", false],
    ["https://evil.example\\@slack.com/", false],
    ["https://sub.chat.example/x", false],
    ["http://slack.com/api", false],
    ["http://127.0.0.1:8080/x", false],
    ["ftp://chat.example/x", false],
    ["javascript://chat.example/x", false],
    ["chat.example", false],
    ["", false],
  ] as const
) {
  Deno.test(`mayReceiveToken() ${may ? "allows" : "refuses"} ${url || "nothing"}`, () => {
    strictEqual(mayReceiveToken(url, ALLOWED), may);
  });
}

for (
  const [home, url, may] of [
    ["http://127.0.0.1:1/a", "http://127.0.0.1:2/b", true],
    ["http://127.0.0.1:1/a", "http://127.1:2/b", true],
    ["http://127.0.0.1:1/a", "http://localhost:2/b", false],
    ["http://localhost:1/a", "http://localhost/b", true],
    ["http://[::1]:1/a", "http://[::1]:2/b", true],
    ["http://chat.localhost/a", "http://chat.localhost/b", true],
    ["http://10.0.0.1/a", "http://10.0.0.1/a", false],
    ["http://127.0.0.1.evil.example/", "http://127.0.0.1.evil.example/", false],
    ["not a url", "https://not/x", false],
    [undefined, "https://chat.example/x", false],
  ] as const
) {
  Deno.test(`mayReceiveToken() ${may ? "allows" : "refuses"} ${url} if slack.url is ${home}`, () => {
    strictEqual(mayReceiveToken(url, { home, hosts: [] }), may);
  });
}
