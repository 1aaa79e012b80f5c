import type { Exchange, HttpRequest } from "./exchange.ts";
import { readResponse } from "./response.ts";

/**
 * Creates the function that sends requests over a connection of their own, as
 * HTTP/1.1. It knows no proxies. Deno's fetch costs a process more than half of
 * an empty script when it is first used, and this a tenth.
 *
 * @param caCerts The authorities to trust besides the usual ones, as PEM.
 * @returns The function.
 */
export function createWireExchange(
  caCerts: readonly string[] | undefined,
): Exchange {
  return async (request, signal) => {
    const connection = await connect(request.url, caCerts, signal);
    try {
      await connection.write(encodeRequest(request));
      return await readResponse(connection, signal);
    } catch (error) {
      connection.close();
      throw error;
    }
  };
}

/** A connection that an aborted signal closes. */
class Connection {
  #current: Deno.Conn;
  readonly #signal: AbortSignal;
  readonly #abort = () => this.close();

  constructor(current: Deno.Conn, signal: AbortSignal) {
    this.#current = current;
    this.#signal = signal;
    signal.addEventListener("abort", this.#abort);
    if (signal.aborted) this.close();
  }

  replace(current: Deno.Conn): void {
    this.#current = current;
    if (this.#signal.aborted) this.close();
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length;) {
      sent += await this.#current.write(bytes.subarray(sent));
    }
  }

  read(buffer: Uint8Array): Promise<number | null> {
    return this.#current.read(buffer);
  }

  close(): void {
    this.#signal.removeEventListener("abort", this.#abort);
    try {
      this.#current.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }
}

async function connect(
  { protocol, hostname: host, port }: URL,
  caCerts: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<Connection> {
  const isSecure = protocol === "https:";
  const hostname = host.replace(/^\[(.*)\]$/, "$1");
  const tcp = await Deno.connect({
    hostname,
    port: Number(port) || (isSecure ? 443 : 80),
    signal,
  });
  const connection = new Connection(tcp, signal);
  if (!isSecure) return connection;
  try {
    const tls = await Deno.startTls(tcp, {
      hostname,
      alpnProtocols: ["http/1.1"],
      ...caCerts && { caCerts: [...caCerts] },
    });
    connection.replace(tls);
    await tls.handshake();
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function encodeRequest(
  { url, method, headers, body }: HttpRequest,
): Uint8Array {
  const bytes = new TextEncoder().encode(body ?? "");
  const lines = new Map([
    ["host", url.host],
    ["accept", "*/*"],
    ["user-agent", `Deno/${Deno.version.deno}`],
    ...headers,
    ["connection", "close"],
  ]);
  lines.delete("transfer-encoding");
  if (body !== undefined) lines.set("content-length", String(bytes.length));
  let head = `${method} ${url.pathname}${url.search} HTTP/1.1\r\n`;
  for (const [name, value] of lines) head += `${name}: ${value}\r\n`;
  head += "\r\n";
  const whole = new Uint8Array(head.length + bytes.length);
  // Values of headers are Latin-1: each character is a byte.
  for (let index = 0; index < head.length; index++) {
    whole[index] = head.charCodeAt(index);
  }
  whole.set(bytes, head.length);
  return whole;
}
