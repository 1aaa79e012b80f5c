/** A proxy that can drop the answers of a server. */
export interface TcpProxy extends AsyncDisposable {
  /** The port that it listens on. */
  readonly port: number;
  /** How many of the next answers are dropped, together with their connection. */
  loseAnswers(count: number): void;
  /** Delivers this instead of the next answer. */
  replaceAnswer(text: string): void;
  /** Sends what is connected from now on to another server; 0: refuses it. */
  redirect(port: number): void;
  /** Delivers what arrives from now on that much later, in both directions. */
  slow(ms: number): void;
}

/**
 * Starts a proxy in front of a server.
 *
 * @param target The server's port.
 * @returns The proxy.
 */
export function startProxy(target: number): TcpProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let toLose = 0;
  let replacement: string | undefined;
  let port = target;
  let slowMs = 0;
  async function serve(near: Deno.TcpConn): Promise<void> {
    const far = await connectTo(port);
    if (far === undefined) return near.close();
    const ends = [near, far];
    function end() {
      for (const conn of ends) {
        try {
          conn.close();
        } catch {
          // It is closed already.
        }
      }
    }
    async function forward(from: Deno.Conn, to: Deno.Conn, isAnswer: boolean) {
      const buffer = new Uint8Array(64 * 1024);
      let delivered = Promise.resolve();
      for (;;) {
        const size = await from.read(buffer);
        if (size === null) return end();
        if (isAnswer && toLose > 0) {
          toLose--;
          return end();
        }
        let piece = buffer.slice(0, size);
        if (isAnswer && replacement !== undefined) {
          piece = new TextEncoder().encode(replacement);
          replacement = undefined;
        }
        const due = slowMs === 0
          ? undefined
          : new Promise((resolve) => setTimeout(resolve, slowMs));
        delivered = delivered.then(async () => {
          await due;
          await writeAll(to, piece);
        });
        delivered.catch(end);
        // Nothing waits for a piece that is on its way.
        if (due === undefined) await delivered;
      }
    }
    await Promise.all([
      forward(near, far, false).catch(end),
      forward(far, near, true).catch(end),
    ]);
  }
  const serving = new Set<Promise<void>>();
  const accepting = (async () => {
    for await (const near of listener) serving.add(serve(near));
  })();
  return {
    port: listener.addr.port,
    loseAnswers(count) {
      toLose = count;
    },
    replaceAnswer(text) {
      replacement = text;
    },
    redirect(to) {
      port = to;
    },
    slow(ms) {
      slowMs = ms;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all(serving);
    },
  };
}

async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) {
    sent += await conn.write(bytes.subarray(sent));
  }
}

async function connectTo(port: number): Promise<Deno.TcpConn | undefined> {
  if (port === 0) return undefined;
  try {
    return await Deno.connect({ hostname: "127.0.0.1", port });
  } catch {
    // The server has gone.
    return undefined;
  }
}
