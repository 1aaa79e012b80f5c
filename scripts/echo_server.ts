/**
 * A local server that stands in for Slack and a CI engine, so that you can watch
 * events without an account:
 *
 *     deno run --allow-net=127.0.0.1 scripts/echo_server.ts 8077
 *
 * Below `/slack/` it answers like Slack's `chat.postMessage`; everywhere else it
 * echoes the request as JSON. It prints what it receives.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it

let messages = 0;

/**
 * Answers a request.
 *
 * @param request The request.
 * @param body The request's body.
 * @returns The answer, always with status 200.
 */
export function answer(request: Request, body: string): Response {
  const url = new URL(request.url);
  const json = parse(body);
  if (url.pathname.startsWith("/slack/")) {
    const seconds = Math.floor(Date.now() / 1000);
    const ts = `${seconds}.${String(++messages).padStart(6, "0")}`;
    return Response.json({ ok: true, channel: "C0000001", ts, message: json });
  }
  return Response.json({
    args: Object.fromEntries(url.searchParams),
    data: json ?? body,
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

function announce({ port }: { port: number }): void {
  console.log(`Listening on http://127.0.0.1:${port}`);
}

if (import.meta.main) {
  const port = Number(Deno.args[0] ?? 8077);
  const options = { hostname: "127.0.0.1", port, onListen: announce };
  Deno.serve(options, async (request) => {
    const body = await request.text();
    console.log(`\n${request.method} ${request.url}\n${body}`);
    return answer(request, body);
  });
}
