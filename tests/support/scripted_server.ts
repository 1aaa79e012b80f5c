/** One connection to a {@linkcode ScriptedServer}, as its script sees it. */
export interface ScriptedConnection {
  /** Waits for bytes of the client; `undefined`: it has closed. */
  receive(): Promise<string | undefined>;
  /** Sends bytes. */
  send(text: string): Promise<void>;
  /** Closes the connection. */
  close(): void;
}

/** A TCP server that answers as a test says. */
export interface ScriptedServer extends AsyncDisposable {
  /** The port that it listens on. */
  readonly port: number;
  /** How many connections it has accepted. */
  readonly connections: number;
}

/**
 * Starts a server that sends what real servers cannot be made to send.
 *
 * @param script Plays one connection.
 * @returns The server.
 */
export function startScripted(
  script: (connection: ScriptedConnection, number: number) => Promise<void>,
): ScriptedServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.TcpConn>();
  let connections = 0;
  async function play(conn: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    const connection: ScriptedConnection = {
      async receive() {
        const size = await conn.read(buffer);
        if (size === null) return undefined;
        return new TextDecoder().decode(buffer.subarray(0, size));
      },
      async send(text) {
        const bytes = new TextEncoder().encode(text);
        for (let sent = 0; sent < bytes.length;) {
          sent += await conn.write(bytes.subarray(sent));
        }
      },
      close() {
        if (open.delete(conn)) conn.close();
      },
    };
    open.add(conn);
    try {
      await script(connection, ++connections);
    } catch {
      // The client has closed the connection.
    }
  }
  const playing: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) playing.push(play(conn));
  })();
  return {
    port: listener.addr.port,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      for (const conn of open) conn.close();
      await Promise.all(playing);
    },
  };
}
