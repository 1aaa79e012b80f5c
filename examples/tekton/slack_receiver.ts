/**
 * Receives presses of Slack's buttons and passes them to Tekton's EventListener,
 * which reads JSON where Slack sends a form:
 *
 *     deno run --allow-env=LISTENER_URL,LISTENER_TOKEN,SLACK_SIGNING_SECRET \
 *       --allow-net=0.0.0.0:8000,LISTENER_HOST slack_receiver.ts
 *
 * @module
 */

/** What the receiver needs to know. */
export interface ReceiverOptions {
  /** Where presses go: the address of the EventListener. */
  readonly listenerUrl: string;
  /** The token that the EventListener expects. */
  readonly listenerToken: string;
  /** The secret with which Slack signs its requests. */
  readonly signingSecret: string;
}

/** The part of Slack's payload that is passed on. */
interface Press {
  readonly user: { readonly name: string };
  readonly response_url: string;
  readonly actions: readonly [{ readonly value: string }];
}

const MAX_AGE_SECONDS = 300;
const ENCODER = new TextEncoder();

/** Answers a request of Slack. */
export async function receive(
  request: Request,
  { listenerUrl, listenerToken, signingSecret }: ReceiverOptions,
): Promise<Response> {
  const form = await request.text();
  if (!await isSigned(request.headers, form, signingSecret)) {
    return new Response("not signed by Slack\n", { status: 401 });
  }
  const payload = new URLSearchParams(form).get("payload") ?? "null";
  const press: Press = JSON.parse(payload);
  // The value of the button, made by the macro `press` of the app config.
  const next: unknown = JSON.parse(press.actions[0].value);
  const { ok } = await fetch(listenerUrl, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-cicd-token": listenerToken,
    },
    body: JSON.stringify({
      ...next as Record<string, string>,
      userName: press.user.name,
      respondUrl: press.response_url,
    }),
  });
  return new Response(null, { status: ok ? 200 : 502 });
}

/** Checks the signature and the age of a request, as Slack documents them. */
async function isSigned(
  headers: Headers,
  form: string,
  secret: string,
): Promise<boolean> {
  const timestamp = headers.get("x-slack-request-timestamp") ?? "";
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  const [version, signature] = headers.get("x-slack-signature")?.split("=") ??
    [];
  // A time that is not a number is not below the limit.
  if (!(age < MAX_AGE_SECONDS) || version !== "v0") return false;
  if (!/^[0-9a-f]{64}$/.test(signature ?? "")) return false;
  const key = await crypto.subtle.importKey(
    "raw",
    ENCODER.encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  return await crypto.subtle.verify(
    "HMAC",
    key,
    Uint8Array.fromHex(signature!),
    ENCODER.encode(`v0:${timestamp}:${form}`),
  );
}

function requireVariable(name: string): string {
  const value = Deno.env.get(name);
  if (!value) throw new Error(`Set ${name}`);
  return value;
}

if (import.meta.main) {
  const options: ReceiverOptions = {
    listenerUrl: requireVariable("LISTENER_URL"),
    listenerToken: requireVariable("LISTENER_TOKEN"),
    signingSecret: requireVariable("SLACK_SIGNING_SECRET"),
  };
  Deno.serve({ port: 8000 }, (request) => receive(request, options));
}
