import { ok, strictEqual } from "node:assert/strict";
import { formatDryRun } from "./dry_run.ts";
import { createMask } from "../util/mask/mask.ts";
import { collectSecrets } from "../util/mask/credentials.ts";
import { LOG_LEVELS } from "../util/log.ts";
import type { Mapping } from "../values.ts";
import { startHttpServer } from "../../tests/support/http_server.ts";
import { fireEvent, SECRETS } from "../../tests/support/fire_event.ts";

const TOKENS = collectSecrets(SECRETS);

/** How a secret may look in what is written. */
function forms(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    btoa(secret).replaceAll("=", ""),
    btoa(`user:${secret}`).slice(8, -4),
  ];
}

function assertNoSecret(text: string): void {
  for (const form of TOKENS.flatMap(forms)) {
    ok(!text.includes(form), `found ${form} in ${text}`);
  }
}

const LEAKY: Mapping = {
  "set-values": {
    set: [{ from: "{{ state.t }}", to: "state.{{ state.none.such }}" }],
  },
  "notify": {
    message: "{{ state.t }} {{ state.t | to_base64 }} {{ broken.x }}",
    "capture-response-data": [{ from: "{{ body.t }}", to: "state.captured" }],
  },
  "trigger-pipeline": { name: "n", args: { t: "{{ state.t | urlencode }}" } },
  "respond": {
    message: "m",
    url: "{{ state.url }}/{{ state.t }}?t={{ state.t }}",
  },
};

for (const level of LOG_LEVELS) {
  for (const status of [200, 400]) {
    Deno.test(`handleEvent() shows no secret at ${level} when servers answer ${status}`, async () => {
      for (const token of TOKENS) {
        await using server = startHttpServer(({ headers, body }) =>
          Response.json({ t: token, headers, body }, { status })
        );
        const { log, state, failure } = await fireEvent({
          url: server.url,
          level,
          state: { t: token, url: server.url },
          config: {
            http: { record: "records" },
            trigger: {
              url: `${server.url}/trigger/${encodeURIComponent(token)}`,
              headers: [{
                name: "X-T",
                value: "{{ secretData.trigger.token }}",
              }],
            },
            templates: {
              notify: "{{ notify.message }} is not JSON",
              respond: "{}",
            },
          },
          handlers: LEAKY,
        });
        strictEqual(failure, undefined);
        assertNoSecret(log.join("\n"));
        strictEqual(server.requests.length, 3);
        // What is stored stays as it came.
        const captured = (state as Mapping)["captured"];
        strictEqual(captured, status === 200 ? token : undefined);
      }
    });
  }
}

Deno.test("handleEvent() records no secret", async () => {
  await using server = startHttpServer();
  for (const token of TOKENS) {
    const { document } = await fireEvent({
      url: server.url,
      state: { t: token, url: server.url },
      config: {
        http: { record: "records" },
        templates: { notify: "{}", respond: "{}" },
      },
      handlers: LEAKY,
    });
    assertNoSecret(JSON.stringify(document["records"]));
  }
});

Deno.test("formatDryRun() shows no secret", async () => {
  const mask = createMask(TOKENS);
  for (const token of TOKENS) {
    const outcome = await fireEvent({
      dryRun: true,
      state: { t: token, url: "http://127.0.0.1:9" },
      config: {
        templates: { notify: "{{ notify.message }}", respond: "{}" },
      },
      handlers: LEAKY,
    });
    assertNoSecret(formatDryRun(outcome, mask) + outcome.log.join("\n"));
  }
});
