import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createMask } from "../util/mask/mask.ts";
import { maskHeaders, maskUrl } from "./mask_request.ts";

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
    ["http://user:pass@host:1/a/b", "http://host:1/a/b"],
    ["redis://:p#a/s?s@host:99999/0", "redis://***@host:99999/0"],
    ["https://hooks.slack.com/services/T0/B0/x", "https://hooks.slack.com/***"],
    [
      "https://x.webhook.office.com/webhookb2/8a1b@9c/IncomingWebhook/d1/e2",
      "https://x.webhook.office.com/***",
    ],
    [
      "https://prod-27.westus.logic.azure.com:443/workflows/0f/triggers/manual/paths/invoke?sig=x",
      "https://prod-27.westus.logic.azure.com/***",
    ],
    ["https://discord.com/api/v10/webhooks/12/x", "https://discord.com/***"],
    [
      "https://api.telegram.org/bot12:x/sendMessage",
      "https://api.telegram.org/***",
    ],
    [
      "https://chat.example/hooks/xkq3n5zq3pnf8rj9dsk4t1eo7w",
      "https://chat.example/hooks/***",
    ],
    [
      "https://relay.example/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/send",
      "https://relay.example/***/send",
    ],
    [
      "https://relay.example/h/8c2f1e0a-1b2c-4d3e-8f90-1234567890ab/in",
      "https://relay.example/h/***/in",
    ],
    ["https://relay.example/0123456789abcdef/x", "https://relay.example/***/x"],
    ["https://host/a?token=x#y", "https://host/a?***"],
    ["https://host/a%2Fb/tide", "https://host/a%2Fb/***"],
    [
      "https://host/services/T0/B0/x9Qk2Lm7Rt4Wz8Bn5Vc1Ds",
      "https://host/services/T0/B0/***",
    ],
    [
      "https://host/my-service-of-2024/deploy",
      "https://host/my-service-of-2024/deploy",
    ],
    ["no url with tide?x=1", "no url with ***"],
  ] as const
) {
  Deno.test(`maskUrl() prints ${url} without secrets`, () => {
    strictEqual(maskUrl(url, createMask(["tide"])), shown);
  });
}
