import { strictEqual } from "node:assert/strict";
import { mayReceiveToken } from "./token_hosts.ts";

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
