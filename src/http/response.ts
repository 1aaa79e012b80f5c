import { Breaks, ExchangeError, type HttpAnswer } from "./exchange.ts";

/** The largest head of a response, and the longest line in a chunked body. */
const MAX_HEAD_BYTES = 64 * 1024;

const LINE_FEED = 0x0a;
const LATIN1 = new TextDecoder("latin1");
const HEADER_NAME_REGEXP = /^[!#$%&'*+.^`|~\w-]+$/;

/** What a response is read from. */
interface Connection {
  /** Reads some bytes; `null` at the end. */
  read(buffer: Uint8Array): Promise<number | null>;
  close(): void;
}

/**
 * Reads the head of a response.
 *
 * @param connection The connection that it comes from.
 * @param signal Aborts reading, the body included.
 * @returns The response. Closing it closes the connection.
 * @throws {ExchangeError} If it ends early, is invalid or too large; the error of
 * the connection; the reason of the signal.
 */
export async function readResponse(
  connection: Connection,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const source = new Source(connection, signal);
  let head = await readHead(source);
  // 100 Continue and 103 Early Hints announce the response.
  while (head.status < 200) head = await readHead(source);
  return new WireAnswer(head, source, connection);
}

/** Reads lines and bytes from a connection. */
class Source {
  readonly #connection: Connection;
  readonly #breaks: Breaks;
  readonly #buffer = new Uint8Array(MAX_HEAD_BYTES);
  #start = 0;
  #end = 0;

  constructor(connection: Connection, signal: AbortSignal) {
    this.#connection = connection;
    this.#breaks = new Breaks(signal);
  }

  /** Reads a line without its end. */
  async line(): Promise<string> {
    for (let scanned = 0;;) {
      const line = this.waitingLine(scanned);
      if (line !== undefined) return line;
      scanned = this.#end - this.#start;
      if (!await this.fill()) throw cutOff();
    }
  }

  /**
   * Takes a line without its end, if the whole of it has arrived.
   *
   * @param scanned How many bytes are known to be without a line feed.
   */
  waitingLine(scanned = 0): string | undefined {
    const waiting = this.#buffer.subarray(this.#start, this.#end);
    const length = waiting.indexOf(LINE_FEED, scanned);
    if (length < 0) return undefined;
    this.#start += length + 1;
    if (length === 0) return "";
    const line = LATIN1.decode(waiting.subarray(0, length));
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  }

  /**
   * Takes bytes that have arrived, at most as many as wanted. They are valid
   * until {@linkcode Source.fill} is called.
   */
  waiting(wanted: number): Uint8Array<ArrayBuffer> {
    const until = Math.min(this.#end, this.#start + wanted);
    const bytes = this.#buffer.subarray(this.#start, until);
    this.#start = until;
    return bytes;
  }

  /** Reads some bytes, at most as many as wanted; `undefined` at the end. */
  async some(
    wanted: number,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (this.#start === this.#end && !await this.fill()) return undefined;
    return this.waiting(wanted).slice();
  }

  /** Waits for more bytes. Returns whether there are any. */
  async fill(): Promise<boolean> {
    await this.#breaks.take();
    if (this.#start === this.#end) this.#start = this.#end = 0;
    if (this.#end === this.#buffer.length) {
      if (this.#start === 0) {
        throw new ExchangeError("the head of the response is too large", false);
      }
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    }
    const read = await this.#connection.read(this.#buffer.subarray(this.#end));
    this.#end += read ?? 0;
    return read !== null;
  }
}

function cutOff(): ExchangeError {
  return new ExchangeError("the server closed the connection", true);
}

function invalid(what: string): ExchangeError {
  return new ExchangeError(`the response has an invalid ${what}`, false);
}

/** The first part of a response. */
interface Head {
  readonly status: number;
  readonly statusText: string;
  /** Lowercase names and values; those of one name are joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
}

async function readHead(source: Source): Promise<Head> {
  const match = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(await source.line());
  if (match === null) throw invalid("status line");
  const headers = new Map<string, string>();
  let size = 0;
  while (true) {
    const line = await source.line();
    if (line === "") break;
    if (/[\0\r]/.test(line)) throw invalid("header");
    size += line.length;
    if (size > MAX_HEAD_BYTES) {
      throw new ExchangeError("the head of the response is too large", false);
    }
    const colon = line.indexOf(":");
    const key = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (!HEADER_NAME_REGEXP.test(key)) throw invalid("header");
    // A pattern for the whole line could take quadratic time.
    const value = line.slice(colon + 1).trim();
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return { status: Number(match[1]), statusText: match[2] ?? "", headers };
}

/** A response whose body has not been read yet. */
class WireAnswer implements HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly #headers: ReadonlyMap<string, string>;
  readonly #source: Source;
  readonly #connection: Connection;
  readonly #hasBody: boolean;

  constructor(
    { status, statusText, headers }: Head,
    source: Source,
    connection: Connection,
  ) {
    this.status = status;
    this.statusText = statusText;
    this.#headers = headers;
    this.#source = source;
    this.#connection = connection;
    this.#hasBody = status !== 204 && status !== 304;
  }

  header(name: string): string | undefined {
    return this.#headers.get(name);
  }

  async text(maxBytes: number): Promise<string | undefined> {
    const decoder = new TextDecoder();
    let text = "";
    let size = 0;
    for await (const chunk of await this.#decoded()) {
      size += chunk.length;
      if (size > maxBytes) return undefined;
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  }

  close(): void {
    this.#connection.close();
  }

  async #decoded(): Promise<AsyncIterable<Uint8Array>> {
    if (!this.#hasBody) return emptyBody();
    const chunks = this.#chunks();
    const coding = this.header("content-encoding")?.toLowerCase() ?? "identity";
    if (coding === "identity" || coding === "") return chunks;
    // Requests do not ask for it, but some servers do it anyway.
    const { decompress } = await import("./decompress.ts");
    return decompress(chunks, coding);
  }

  #chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const coding = this.header("transfer-encoding");
    if (coding !== undefined) {
      if (coding.toLowerCase() !== "chunked") {
        throw invalid("transfer-encoding");
      }
      return chunkedBody(this.#source);
    }
    const length = this.header("content-length");
    if (length === undefined) return sizedBody(this.#source, Infinity);
    // A header that came twice may say the same.
    const [size = "", ...others] = length.split(/[ \t]*,[ \t]*/);
    if (!/^\d{1,15}$/.test(size) || others.some((other) => other !== size)) {
      throw invalid("content-length");
    }
    return sizedBody(this.#source, Number(size));
  }
}

async function* emptyBody(): AsyncGenerator<Uint8Array<ArrayBuffer>> {}

/** Reads a body of this length, or until the connection ends. */
async function* sizedBody(
  source: Source,
  length: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let left = length; left > 0;) {
    const bytes = await source.some(left);
    if (bytes === undefined) {
      if (length === Infinity) return;
      throw cutOff();
    }
    left -= bytes.length;
    yield bytes;
  }
}

/**
 * Reads a body in chunks, which may be a byte each: those that have arrived are
 * yielded as one.
 */
async function* chunkedBody(
  source: Source,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const joined = new Uint8Array(MAX_HEAD_BYTES);
  let size = 0;
  let isAfterChunk = false;
  while (true) {
    let line = source.waitingLine();
    if (line === undefined) {
      if (size > 0) yield joined.slice(0, size);
      size = 0;
      line = await source.line();
    }
    if (isAfterChunk) {
      if (line !== "") throw invalid("chunk");
      isAfterChunk = false;
      continue;
    }
    const length = chunkLength(line);
    if (length === 0) {
      if (size > 0) yield joined.slice(0, size);
      return;
    }
    for (let left = length;;) {
      const bytes = source.waiting(left);
      joined.set(bytes, size);
      size += bytes.length;
      left -= bytes.length;
      if (left === 0) break;
      if (size > 0) yield joined.slice(0, size);
      size = 0;
      if (!await source.fill()) throw cutOff();
    }
    isAfterChunk = true;
  }
}

/** Reads the line before a chunk. */
function chunkLength(line: string): number {
  const [, size] = /^([\da-f]{1,8})[ \t]*(?:;.*)?$/i.exec(line) ?? [];
  if (size === undefined) throw invalid("chunk");
  return parseInt(size, 16);
}
