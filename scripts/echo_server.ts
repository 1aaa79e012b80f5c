/**
 * A server on this machine that plays Slack and a CI engine, so that events can
 * be watched without an account:
 *
 *     deno run --allow-net=127.0.0.1 scripts/echo_server.ts 8077
 *
 * Under `/slack/` it answers as Slack's `chat.postMessage`; everywhere else it
 * echoes the request as JSON. It prints what it receives.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it

let messages = 0;

/**
 * Answers a request as the echo server does.
 *
 * @param request The request.
 * @returns The answer, always of status 200.
 */
export async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const text = await request.text();
  const json = parse(text);
  if (url.pathname.startsWith("/slack/")) {
    const ts = `${Math.floor(Date.now() / 1000)}.${
      String(++messages).padStart(6, "0")
    }`;
    return Response.json({ ok: true, channel: "C0000001", ts, message: json });
  }
  return Response.json({
    args: Object.fromEntries(url.searchParams),
    data: json ?? text,
    files: {},
    form: {},
    headers: Object.fromEntries(request.headers),
    json,
    url: request.url,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

if (import.meta.main) {
  const port = Number(Deno.args[0] ?? 8077);
  Deno.serve({
    hostname: "127.0.0.1",
    port,
    onListen: ({ port }) =>
      console.log(`Listening on http://127.0.0.1:${port}`),
  }, async (request) => {
    const body = await request.clone().text();
    console.log(`\n${request.method} ${request.url}\n${body}`);
    return await answer(request);
  });
}
