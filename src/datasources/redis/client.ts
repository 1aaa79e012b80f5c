import { abortable, backoffMs, delay } from "../../util/concurrency.ts";
import { fileError } from "../../util/files.ts";
import {
  encodeCommand,
  RedisReplyError,
  type Reply,
  ReplyParser,
  RespSyntaxError,
} from "./resp.ts";
import type { RedisClient, RedisTlsOptions } from "../types.ts";

/** What `Deno.connectTls` takes. */
interface TlsMaterial {
  caCerts?: string[];
  cert?: string;
  key?: string;
}

/**
 * Reads the files that TLS needs.
 *
 * @param options Their paths.
 * @returns Their texts, as `Deno.connectTls` takes them.
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

/** Where a server is, and who connects. */
export interface RedisEndpoint {
  /** Name or address. */
  readonly host: string;
  /** TCP port. */
  readonly port: number;
  /** Path of a unix socket, instead of host and port. */
  readonly unixSocket: string | undefined;
  /** Number of the database. */
  readonly db: number;
  /** The ACL user. */
  readonly username: string | undefined;
  /** The user's password. */
  readonly password: string | undefined;
  /** How to speak TLS; `undefined`: not at all. */
  readonly tls: RedisTlsOptions | undefined;
  /** How long connecting may take, retries included. */
  readonly connectTimeoutMs: number;
  /** How long the server may take to answer. */
  readonly commandTimeoutMs: number;
}

/** Why there is no answer. */
type RedisConnectionFault = "connect" | "lost" | "timeout";

/** A server that cannot be reached, or that fell silent. */
export class RedisConnectionError extends Error {
  /** Why there is no answer. */
  readonly fault: RedisConnectionFault;
  /** Whether the server had been reached before, so that it may come back. */
  readonly reachedBefore: boolean;

  /**
   * @param fault Why there is no answer.
   * @param reachedBefore Whether the server had been reached before.
   * @param message The details.
   * @param cause The failure underneath.
   */
  constructor(
    fault: RedisConnectionFault,
    reachedBefore: boolean,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = "RedisConnectionError";
    this.fault = fault;
    this.reachedBefore = reachedBefore;
  }
}

interface Pending {
  resolve(reply: Reply): void;
  reject(error: Error): void;
  readonly giveUpAt: number;
}

/**
 * A client of one Redis server. It connects when the first command is sent, and
 * again if the connection broke; a command need not wait for the answer of the one
 * before. A command whose answer got lost is not repeated.
 */
export class LeanRedisClient implements RedisClient, AsyncDisposable {
  readonly #endpoint: RedisEndpoint;
  #wire: Promise<Wire> | undefined;
  #reachedBefore = false;

  /** @param endpoint Where the server is. */
  constructor(endpoint: RedisEndpoint) {
    this.#endpoint = endpoint;
  }

  /** Sends a command; fails with {@linkcode RedisReplyError} or {@linkcode RedisConnectionError}. */
  async sendCommand(
    command: string,
    args: (string | number | Uint8Array)[] = [],
  ): Promise<unknown> {
    const wire = await this.#connected();
    return await wire.send(command, args);
  }

  /** Ends the connection. */
  async close(): Promise<void> {
    const wire = await this.#wire?.catch(() => undefined);
    this.#wire = undefined;
    wire?.fail(new RedisConnectionError("lost", true, "the client was closed"));
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
    for (let attempt = 1;; attempt++) {
      const leftMs = giveUpAt - performance.now();
      try {
        const wire = await this.#open(leftMs);
        this.#reachedBefore = true;
        return wire;
      } catch (error) {
        const waitMs = backoffMs(attempt, { baseMs: 50, maxMs: 500 });
        if (!mayPass(error) || performance.now() + waitMs >= giveUpAt) {
          throw error;
        }
        await delay(waitMs);
      }
    }
  }

  async #open(timeoutMs: number): Promise<Wire> {
    const { db, username, password, commandTimeoutMs } = this.#endpoint;
    const wire = new Wire(await this.#dial(timeoutMs), commandTimeoutMs);
    try {
      const handshake: Promise<unknown>[] = [];
      if (password !== undefined) {
        const user = username === undefined ? [] : [username];
        handshake.push(wire.send("AUTH", [...user, password]));
      }
      if (db !== 0) handshake.push(wire.send("SELECT", [db]));
      // All are awaited, or the second failure would be nobody's.
      const results = await Promise.allSettled(handshake);
      const failed = results.find(({ status }) => status === "rejected");
      if (failed?.status === "rejected") throw failed.reason;
      return wire;
    } catch (error) {
      wire.fail(error as Error);
      await wire.ended;
      throw error;
    }
  }

  async #dial(timeoutMs: number): Promise<Deno.Conn> {
    const { host, port, unixSocket, tls, connectTimeoutMs } = this.#endpoint;
    const dialled = dial(host, port, unixSocket, tls);
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
    try {
      return await abortable(dialled, signal);
    } catch (cause) {
      if (cause === signal.reason) {
        // The connection may still come about: nobody would close it then.
        dialled.then((conn) => conn.close(), () => {});
        throw new RedisConnectionError(
          "timeout",
          this.#reachedBefore,
          `no connection within ${connectTimeoutMs} ms`,
        );
      }
      if (isRefusal(cause)) throw cause;
      const { message } = cause as Error;
      throw new RedisConnectionError(
        "connect",
        this.#reachedBefore,
        message.replace(/ \(os error \d+\)$/, ""),
        cause,
      );
    }
  }
}

async function dial(
  host: string,
  port: number,
  unixSocket: string | undefined,
  tls: RedisTlsOptions | undefined,
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
  // Otherwise a certificate is found wrong only by the first command.
  await conn.handshake();
  return conn;
}

/** Whether somebody said no, which waiting does not change. */
function isRefusal(error: unknown): boolean {
  return error instanceof Deno.errors.NotCapable ||
    error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.InvalidData ||
    !(error instanceof Error) || error.name === "CicdStateError";
}

/** Whether connecting again may succeed. */
function mayPass(error: unknown): boolean {
  if (error instanceof RedisReplyError) {
    return error.message.startsWith("LOADING");
  }
  return error instanceof RedisConnectionError && error.fault !== "timeout";
}

/** One connection: what is sent is answered in the same order. */
class Wire {
  /** Settles when the connection is over. */
  readonly ended: Promise<void>;
  readonly #conn: Deno.Conn;
  readonly #timeoutMs: number;
  readonly #pending: Pending[] = [];
  readonly #outgoing: Uint8Array[] = [];
  #flushing = false;
  #watched: AbortSignal | undefined;
  #failure: Error | undefined;

  constructor(conn: Deno.Conn, timeoutMs: number) {
    this.#conn = conn;
    this.#timeoutMs = timeoutMs;
    this.ended = this.#receive();
  }

  send(
    command: string,
    args: (string | number | Uint8Array)[],
  ): Promise<Reply> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const giveUpAt = performance.now() + this.#timeoutMs;
    this.#pending.push({ resolve, reject, giveUpAt });
    if (this.#watched === undefined) this.#watch(this.#timeoutMs);
    this.#outgoing.push(...encodeCommand(command, args));
    this.#flush();
    return promise;
  }

  /**
   * Looks after a while whether the oldest command is still unanswered. It is no
   * `setTimeout`, whose first use costs a process as much as all of the rest.
   */
  #watch(ms: number): void {
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(ms)));
    this.#watched = signal;
    signal.addEventListener("abort", this.#lookAfter);
  }

  readonly #lookAfter = (): void => {
    this.#watched = undefined;
    const oldest = this.#pending[0];
    if (oldest === undefined) return;
    const leftMs = oldest.giveUpAt - performance.now();
    if (leftMs > 0) return this.#watch(leftMs);
    const message = `no answer within ${this.#timeoutMs} ms`;
    this.fail(new RedisConnectionError("timeout", true, message));
  };

  /** Ends the connection: an answer that is still open would never be matched. */
  fail(error: Error): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    // Somebody who listens keeps the process alive until the time is up.
    this.#watched?.removeEventListener("abort", this.#lookAfter);
    for (const { reject } of this.#pending.splice(0)) reject(error);
    this.#conn.close();
  }

  async #flush(): Promise<void> {
    // One at a time: two writes that are each cut in pieces would mix.
    if (this.#flushing) return;
    this.#flushing = true;
    try {
      for (
        let chunk = this.#outgoing.shift();
        chunk !== undefined;
        chunk = this.#outgoing.shift()
      ) {
        for (let sent = 0; sent < chunk.length;) {
          sent += await this.#conn.write(chunk.subarray(sent));
        }
      }
    } catch (error) {
      this.#lose(error);
    }
    this.#flushing = false;
  }

  async #receive(): Promise<void> {
    const parser = new ReplyParser();
    const buffer = new Uint8Array(64 * 1024);
    try {
      while (this.#failure === undefined) {
        const size = await this.#conn.read(buffer);
        if (size === null) throw new Error("the server closed the connection");
        parser.push(buffer.subarray(0, size));
        for (
          let reply = parser.next();
          reply !== undefined;
          reply = parser.next()
        ) this.#settle(reply);
      }
    } catch (error) {
      this.#lose(error);
    }
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.shift();
    if (pending === undefined) return;
    if (reply instanceof RedisReplyError) pending.reject(reply);
    else pending.resolve(reply);
  }

  #lose(error: unknown): void {
    const { message } = error as Error;
    this.fail(
      error instanceof RespSyntaxError
        ? error
        : new RedisConnectionError("lost", true, message, error),
    );
  }
}
