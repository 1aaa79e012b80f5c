import { CicdStateError } from "../../../errors.ts";
import { abortable, backoffMs, delay } from "../../../util/concurrency.ts";
import { fileError } from "../../../util/file_error.ts";
import type { RedisEndpoint, RedisTlsOptions } from "../options.ts";
import { RedisReplyError, RespSyntaxError } from "./resp.ts";
import { RedisConnectionError, Wire } from "./wire.ts";

/** A command and its arguments. */
export type RedisCommand = readonly [
  command: string,
  args: (string | number | Uint8Array)[],
];

/** What a Redis store needs of a client. The clients of `@db/redis` have it. */
export interface RedisClient {
  /**
   * Sends a command, over any connection. It may be called again before it has
   * settled.
   *
   * @param command The command's name.
   * @param args Its arguments.
   * @returns The reply: a string, a number, null, or an array of replies.
   * @throws {Error} If the server refuses it, with the server's reply as the message: `NOAUTH …`. Any other error means that the command may have run.
   */
  sendCommand(
    command: string,
    args: (string | number | Uint8Array)[],
  ): Promise<unknown>;
  /**
   * Sends commands over one connection, with no other command between them.
   * `wait-replicas` needs it.
   *
   * @param commands The commands, in order.
   * @returns How each of them went, in the same order.
   */
  sendAll?(
    commands: readonly RedisCommand[],
  ): Promise<PromiseSettledResult<unknown>[]>;
  /**
   * Whether the client is closed for good. If so, a failed command is not tried
   * again.
   *
   * @default {false}
   */
  readonly isClosed?: boolean | undefined;
}

/** A server of a group that holds keys. */
export interface RedisNode {
  /** Where it is: `10.0.0.1:6379`. Empty if there is only one. */
  readonly name: string;
  /** Sends commands to it. */
  readonly client: RedisClient;
}

/** What `Deno.connectTls` takes. */
type TlsMaterial = { caCerts?: string[]; cert?: string; key?: string };

/**
 * Reads the files that TLS needs.
 *
 * @throws {CicdStateError} `STORE` or `PERMISSION`, naming the file.
 */
export async function readTlsFiles(
  { caFile, certFile, keyFile }: RedisTlsOptions,
): Promise<TlsMaterial> {
  const material: TlsMaterial = {};
  if (caFile !== undefined) {
    material.caCerts = [await readPem(caFile, "ca-file")];
  }
  if (certFile !== undefined) {
    material.cert = await readPem(certFile, "cert-file");
  }
  if (keyFile !== undefined) material.key = await readPem(keyFile, "key-file");
  return material;
}

async function readPem(path: string, key: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw fileError(error, "read", `${key} ${path}`, path);
  }
}

/**
 * A client of one Redis server. It connects when the first command is sent, and
 * again after the connection broke. Commands can be sent without waiting for
 * the replies to earlier ones. A command whose reply is lost is not repeated.
 */
export class LeanRedisClient implements RedisClient, AsyncDisposable {
  readonly #endpoint: RedisEndpoint;
  readonly #retries: boolean;
  #wire: Promise<Wire> | undefined;
  #wasReached = false;

  /**
   * @param endpoint Where the server is.
   * @param options Whether it goes on connecting until the time-out.
   */
  constructor(
    endpoint: RedisEndpoint,
    { retries = true }: { readonly retries?: boolean } = {},
  ) {
    this.#endpoint = endpoint;
    this.#retries = retries;
  }

  /**
   * Sends a command.
   *
   * @param command The command's name.
   * @param args Its arguments.
   * @returns The reply.
   * @throws {RedisReplyError} If the server refuses it.
   * @throws {RedisConnectionError} If there is no answer.
   */
  async sendCommand(
    command: string,
    args: (string | number | Uint8Array)[] = [],
  ): Promise<unknown> {
    const wire = await this.#connected();
    return await wire.send(command, args);
  }

  /**
   * Sends commands over one connection, one right after the other.
   *
   * @param commands The commands.
   * @returns How each of them went.
   * @throws {RedisConnectionError} If there is no connection.
   */
  async sendAll(
    commands: readonly RedisCommand[],
  ): Promise<PromiseSettledResult<unknown>[]> {
    const wire = await this.#connected();
    return await Promise.allSettled(
      commands.map(([command, args]) => wire.send(command, args)),
    );
  }

  /** Opens a connection of its own, which calls a function for each message. */
  openWire(onMessage: () => void): Promise<Wire> {
    return this.#open(this.#endpoint.connectTimeoutMs, onMessage);
  }

  /** Ends the connection. */
  async close(): Promise<void> {
    const wire = await this.#wire?.catch(() => undefined);
    this.#wire = undefined;
    wire?.fail(
      new RedisConnectionError("lost", "the client was closed", {
        wasReached: true,
        isUnanswered: true,
      }),
    );
    await wire?.ended;
  }

  /** Ends the connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #connected(): Promise<Wire> {
    if (this.#wire !== undefined) return this.#wire;
    const wire = this.#connect();
    this.#wire = wire;
    const forget = () => {
      if (this.#wire === wire) this.#wire = undefined;
    };
    wire.then(({ ended }) => ended.then(forget), forget);
    return wire;
  }

  async #connect(): Promise<Wire> {
    const giveUpAt = performance.now() + this.#endpoint.connectTimeoutMs;
    let known: unknown;
    for (let attempt = 1;; attempt++) {
      const leftMs = giveUpAt - performance.now();
      try {
        const wire = await this.#open(leftMs);
        this.#wasReached = true;
        return wire;
      } catch (error) {
        const waitMs = backoffMs(attempt, { baseMs: 50, maxMs: 500 });
        const isLate = performance.now() + waitMs >= giveUpAt;
        if (!this.#retries || isLate || !mayPass(error)) {
          // What an earlier attempt met says more than that the time is up.
          throw isTimeout(error) ? known ?? error : error;
        }
        known = error;
        await delay(waitMs);
      }
    }
  }

  async #open(timeoutMs: number, onMessage?: () => void): Promise<Wire> {
    const { db, username, password, commandTimeoutMs } = this.#endpoint;
    const conn = await this.#dial(timeoutMs);
    const wire = new Wire(conn, commandTimeoutMs, onMessage);
    try {
      const handshake: Promise<unknown>[] = [];
      if (password !== undefined) {
        const user = username === undefined ? [] : [username];
        handshake.push(wire.send("AUTH", [...user, password]));
      }
      if (db !== 0) handshake.push(wire.send("SELECT", [db]));
      // Await all of them, so that no second failure goes unhandled.
      const results = await Promise.allSettled(handshake);
      const failed = results.find(({ status }) => status === "rejected");
      if (failed?.status === "rejected") throw failed.reason;
      return wire;
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      wire.fail(failure);
      await wire.ended;
      // What the caller wanted to send was not sent.
      if (failure instanceof RespSyntaxError) {
        throw new RedisConnectionError("connect", failure.message, {
          wasReached: false,
          cause: failure,
        });
      }
      throw failure instanceof RedisConnectionError
        ? failure.asUnsent()
        : failure;
    }
  }

  async #dial(timeoutMs: number): Promise<Deno.Conn> {
    const { connectTimeoutMs } = this.#endpoint;
    const wasReached = this.#wasReached;
    const dialed = dial(this.#endpoint);
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
    try {
      return await abortable(dialed, signal);
    } catch (cause) {
      if (cause === signal.reason) {
        // The connection may still be made; nobody would close it then.
        dialed.then((conn) => conn.close(), () => {});
        const message = `no connection within ${connectTimeoutMs} ms`;
        throw new RedisConnectionError("timeout", message, { wasReached });
      }
      if (!(cause instanceof Error) || isRefusal(cause)) throw cause;
      const message = cause.message.replace(/ \(os error \d+\)$/, "");
      throw new RedisConnectionError("connect", message, { wasReached, cause });
    }
  }
}

async function dial(
  { host, port, unixSocket, tls }: RedisEndpoint,
): Promise<Deno.Conn> {
  if (unixSocket !== undefined) {
    return await Deno.connect({ transport: "unix", path: unixSocket });
  }
  if (tls === undefined) {
    const conn = await Deno.connect({ hostname: host, port });
    conn.setNoDelay(true);
    return conn;
  }
  const files = await readTlsFiles(tls);
  const conn = await Deno.connectTls({ hostname: host, port, ...files });
  // Otherwise the first command would be what finds a wrong certificate.
  await conn.handshake();
  return conn;
}

/** Reports whether waiting will not help. */
function isRefusal(error: Error): boolean {
  return error instanceof Deno.errors.NotCapable ||
    error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.InvalidData ||
    error instanceof CicdStateError;
}

function isTimeout(error: unknown): boolean {
  return error instanceof RedisConnectionError && error.fault === "timeout";
}

/** Reports whether connecting again may succeed. */
function mayPass(error: unknown): boolean {
  if (error instanceof RedisReplyError) {
    return error.message.startsWith("LOADING");
  }
  return error instanceof RedisConnectionError && !isTimeout(error);
}
