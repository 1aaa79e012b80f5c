/** A proxy that can drop the answers of a server. */
export interface TcpProxy extends AsyncDisposable {
  /** The port that it listens on. */
  readonly port: number;
  /** How many of the next answers are dropped, together with their connection. */
  loseAnswers(count: number): void;
  /** Sends what is connected from now on to another server; 0: refuses it. */
  redirect(port: number): void;
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
  let port = target;
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
      for (;;) {
        const size = await from.read(buffer);
        if (size === null) return end();
        if (isAnswer && toLose > 0) {
          toLose--;
          return end();
        }
        await to.write(buffer.subarray(0, size));
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
    redirect(to) {
      port = to;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all(serving);
    },
  };
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
