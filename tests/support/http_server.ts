/** A request that a server received. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Returns the answer to a request; `count` is 1 for the first. */
export type Answerer = (
  request: ReceivedRequest,
  count: number,
) => Response | Promise<Response>;

/** A server on loopback that records its requests. */
export interface TestServer extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** The requests, in order. */
  readonly requests: readonly ReceivedRequest[];
}

/** Options of {@linkcode startHttpServer}. */
export interface HttpServerOptions {
  /** The certificate and the key of a server that speaks TLS, as PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** Starts an HTTP server on a free port. Disposing it drops open requests. */
export function startHttpServer(
  answer: Answerer = () => Response.json({ ok: true }),
  { tls }: HttpServerOptions = {},
): TestServer {
  const requests: ReceivedRequest[] = [];
  const controller = new AbortController();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    signal: controller.signal,
    onListen() {},
    onError: () => new Response("", { status: 500 }),
    ...tls,
  }, async (request) => {
    const { pathname, search } = new URL(request.url);
    const received = {
      method: request.method,
      path: pathname + search,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    };
    requests.push(received);
    return await answer(received, requests.length);
  });
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${server.addr.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      controller.abort();
      await server.finished;
    },
  };
}

/** Never answers. */
export function hang(): Promise<Response> {
  return Promise.withResolvers<Response>().promise;
}

/** Starts a server that closes each connection after reading from it. */
export function startResettingServer(): AsyncDisposable & {
  readonly url: string;
  readonly connections: () => number;
} {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let connections = 0;
  async function serve(): Promise<void> {
    for await (const connection of listener) {
      connections++;
      await connection.read(new Uint8Array(64));
      connection.close();
    }
  }
  const served = serve();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      listener.close();
      await served;
    },
  };
}
