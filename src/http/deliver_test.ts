import { match, ok, rejects, strictEqual } from "node:assert/strict";
import { createDelivery, type DeliveryResult } from "./deliver.ts";
import { DEFAULT_HTTP_CONFIG, type HttpConfig } from "./config.ts";
import { createLogger } from "../util/log.ts";
import { createMask } from "../util/mask/mask.ts";
import { makeCertificates } from "../../tests/support/certificates.ts";
import {
  hang,
  startHttpServer,
  startResettingServer,
} from "../../tests/support/http_server.ts";

const TOKEN = "tide-table-1881";

interface Sent {
  result: DeliveryResult;
  log: string[];
}

async function send(
  url: string,
  http: Partial<HttpConfig> = {},
): Promise<Sent> {
  const log: string[] = [];
  const mask = createMask([TOKEN]);
  const logger = createLogger({
    level: "DEBUG",
    write: (line) => log.push(line),
    mask,
  });
  const deliver = createDelivery({ log: logger, mask });
  const headers: [string, string][] = [
    ["Content-Type", "application/json"],
    ["Authorization", `Bearer ${TOKEN}`],
  ];
  const result = await deliver(
    { url, headers, body: '{"text": "høy →"}' },
    { ...DEFAULT_HTTP_CONFIG, ...http },
  );
  ok(!log.join("\n").includes(TOKEN));
  return { result, log };
}

function problemOf({ result }: Sent): string {
  ok(!result.delivered);
  return result.problem;
}

Deno.test("createDelivery() sends UTF-8 and returns the answer", async () => {
  await using server = startHttpServer(() => Response.json({ ok: true }));
  const { result } = await send(`${server.url}/a?b=c`);
  ok(result.delivered);
  strictEqual(result.status, 200);
  strictEqual(result.body, '{"ok":true}');
  strictEqual(result.attempts, 1);
  strictEqual(server.requests.length, 1);
  const [request] = server.requests;
  strictEqual(request!.method, "POST");
  strictEqual(request!.path, "/a?b=c");
  strictEqual(request!.body, '{"text": "høy →"}');
  strictEqual(request!.headers["authorization"], `Bearer ${TOKEN}`);
});

Deno.test("createDelivery() repeats after 500 with the same idempotency key", async () => {
  await using server = startHttpServer((_, count) =>
    new Response("", { status: count < 3 ? 500 : 200 })
  );
  const { result } = await send(server.url);
  ok(result.delivered);
  strictEqual(result.attempts, 3);
  const keys = server.requests.map(({ headers }) => headers["idempotency-key"]);
  strictEqual(keys.length, 3);
  strictEqual(new Set(keys).size, 1);
  match(keys[0]!, /^[\da-f-]{36}$/);
});

Deno.test("createDelivery() gives each delivery its own idempotency key", async () => {
  await using server = startHttpServer();
  await send(server.url);
  await send(server.url);
  const keys = server.requests.map(({ headers }) => headers["idempotency-key"]);
  strictEqual(new Set(keys).size, 2);
});

for (const status of [408, 425, 429, 503]) {
  Deno.test(`createDelivery() repeats after ${status}`, async () => {
    await using server = startHttpServer((_, count) =>
      new Response("", { status: count === 1 ? status : 201 })
    );
    const { result } = await send(server.url);
    ok(result.delivered);
    strictEqual(result.attempts, 2);
  });
}

for (const status of [400, 401, 404, 410]) {
  Deno.test(`createDelivery() does not repeat after ${status}`, async () => {
    await using server = startHttpServer(() => new Response("", { status }));
    const sent = await send(server.url);
    match(problemOf(sent), new RegExp(`^HTTP status ${status} `));
    strictEqual(server.requests.length, 1);
  });
}

Deno.test("createDelivery() stops after its retries", async () => {
  await using server = startHttpServer(() => new Response("", { status: 502 }));
  const sent = await send(server.url, { retries: 1 });
  strictEqual(problemOf(sent), "HTTP status 502 Bad Gateway");
  strictEqual(sent.result.attempts, 2);
  strictEqual(server.requests.length, 2);
});

Deno.test("createDelivery() waits as long as Retry-After says", async () => {
  const times: number[] = [];
  await using server = startHttpServer((_, count) => {
    times.push(performance.now());
    return count > 1
      ? new Response("")
      : new Response("", { status: 429, headers: { "Retry-After": "1" } });
  });
  const { result } = await send(server.url);
  ok(result.delivered);
  ok(times[1]! - times[0]! >= 990);
});

Deno.test("createDelivery() gives up on a server that hangs, without a second message", async () => {
  await using server = startHttpServer(hang);
  const sent = await send(server.url, { timeoutMs: 50 });
  strictEqual(problemOf(sent), "no complete response within 50 ms");
  strictEqual(server.requests.length, 1);
});

Deno.test("createDelivery() gives up on an answer that does not end", async () => {
  await using server = startHttpServer(() =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new Uint8Array(8)),
      }),
    )
  );
  const sent = await send(server.url, { timeoutMs: 50 });
  strictEqual(problemOf(sent), "no complete response within 50 ms");
  strictEqual(sent.result.status, 200);
  strictEqual(server.requests.length, 1);
});

Deno.test("createDelivery() repeats when the connection is reset", async () => {
  await using server = startResettingServer();
  const sent = await send(server.url, { retries: 1 });
  match(problemOf(sent), /connection/);
  strictEqual(server.connections(), 2);
});

Deno.test("createDelivery() repeats when nobody listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  const sent = await send(`http://127.0.0.1:${listener.addr.port}`, {
    retries: 1,
  });
  match(problemOf(sent), /Connection refused/);
  strictEqual(sent.result.attempts, 2);
});

Deno.test("createDelivery() reads no more than max-response-bytes", async () => {
  await using server = startHttpServer(() =>
    new Response(
      new ReadableStream({
        // Without end: reading all of it would never return.
        pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      }),
    )
  );
  const { result } = await send(server.url, { maxResponseBytes: 100_000 });
  ok(result.delivered);
  strictEqual(result.body, undefined);
});

Deno.test("createDelivery() counts an answer as it is read, not as it is sent", async () => {
  const text = new Blob(["x".repeat(100_000)]).stream();
  const packed = await new Response(
    text.pipeThrough(new CompressionStream("gzip")),
  ).bytes();
  await using server = startHttpServer(() =>
    new Response(packed, { headers: { "Content-Encoding": "gzip" } })
  );
  const { result } = await send(server.url, { maxResponseBytes: 99_999 });
  ok(result.delivered);
  strictEqual(result.body, undefined);
  const { result: whole } = await send(server.url, {
    maxResponseBytes: 100_000,
  });
  ok(whole.delivered);
  strictEqual(whole.body?.length, 100_000);
});

Deno.test("createDelivery() leaves an answer whose announced length is too much", async () => {
  await using server = startHttpServer(() => new Response("0123456789"));
  const { result } = await send(server.url, { maxResponseBytes: 9 });
  ok(result.delivered);
  strictEqual(result.body, undefined);
  const { result: whole } = await send(server.url, { maxResponseBytes: 10 });
  ok(whole.delivered);
  strictEqual(whole.body, "0123456789");
});

Deno.test("createDelivery() believes no length beside a chunked answer", async () => {
  await using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(4096));
    const text = "x".repeat(1000);
    await connection.write(new TextEncoder().encode(
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" +
        `3e8\r\n${text}\r\n0\r\n\r\n`,
    ));
  })();
  const { result } = await send(`http://127.0.0.1:${listener.addr.port}`, {
    maxResponseBytes: 100,
  });
  await served;
  ok(result.delivered);
  strictEqual(result.body, undefined);
});

Deno.test("createDelivery() trusts the authority of ca-file", async () => {
  const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-tls-" });
  await makeCertificates(folder);
  const [cert, key] = await Promise.all(
    ["server.crt", "server.key"].map((name) =>
      Deno.readTextFile(`${folder}/${name}`)
    ),
  );
  await using server = startHttpServer(() => Response.json("private"), {
    tls: { cert: cert!, key: key! },
  });
  const caFile = `${folder}/ca.crt`;
  const { result } = await send(server.url, { caFile });
  ok(result.delivered);
  strictEqual(result.body, '"private"');
  const refused = await send(server.url);
  match(problemOf(refused), /certificate/);
  strictEqual(refused.result.attempts, 1);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("createDelivery() names a ca-file that cannot be read", async () => {
  await rejects(send("http://127.0.0.1/", { caFile: "no/such.pem" }), {
    code: "CONFIG",
    message: /^Cannot use ca-file "no\/such.pem": /,
  });
});

Deno.test("createDelivery() turns the user in a URL into an Authorization", async () => {
  await using server = startHttpServer();
  await send(server.url.replace("//", "//bosun:p%40ss@"));
  strictEqual(
    server.requests[0]!.headers["authorization"],
    `Basic ${btoa("bosun:p@ss")}`,
  );
});

Deno.test("createDelivery() sends nothing that fetch would refuse", async () => {
  const sent = await send("file:///etc/hostname");
  strictEqual(problemOf(sent), "the URL is not an http or https address");
  strictEqual(sent.result.attempts, 1);
});

Deno.test({
  name: "createDelivery() names the missing permission",
  permissions: { net: false },
  async fn() {
    await rejects(send("http://127.0.0.1:4555/x"), {
      code: "PERMISSION",
      message: "Cannot send to 127.0.0.1:4555: Deno was not allowed to",
      hint: "Run deno with --allow-net=127.0.0.1:4555",
    });
  },
});
