const ENCODER = new TextEncoder();
// Keep a byte order mark: without it, the digest of a document would differ.
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
const [CR, LF] = [13, 10];
const INITIAL_SIZE = 16 * 1024;
/** More than any document that a process can hold; a string may have 512 MiB. */
const MAX_REPLY_BYTES = 256 * 2 ** 20;
/** The longest line is that of an error. */
const MAX_LINE_BYTES = 64 * 1024;
/** Far more than a history's entries, and nested far deeper than any reply. */
const [MAX_ITEMS, MAX_DEPTH] = [1_000_000, 8];
/** An array that begins. */
const OPENED = Symbol("opened");

/** A reply of a Redis server. */
export type Reply = string | number | null | RedisReplyError | Reply[];

/**
 * Removes what Redis 6 puts before the error of a command in a script.
 *
 * @param message What the server says.
 * @returns The same without that: `NOPERM …`.
 */
export function plainReply(message: string): string {
  return message.replace(
    /^-?(ERR Error running script \(call to \w+\): (@user_script:\s?\d+: )*-?)?/,
    "",
  );
}

/** The server's refusal of a command. */
export class RedisReplyError extends Error {
  /** @param message What the server says, without what the client sent. */
  constructor(message: string) {
    // For an unknown command, the server repeats the arguments, perhaps a password.
    super(plainReply(message).replace(/, with args beginning with:.*/s, ""));
    this.name = "RedisReplyError";
  }
}

/** What the server sent is not a Redis reply, or not the one that was asked for. */
export class RespSyntaxError extends Error {
  override name = "RespSyntaxError";
}

/**
 * Checks that a reply is a string.
 *
 * @param reply The reply, perhaps of a client of the user's own.
 * @returns The string, or `undefined` if the reply is null.
 * @throws {RespSyntaxError} If it is of another type.
 */
export function stringReply(reply: unknown): string | undefined {
  if (reply === null || reply === undefined) return undefined;
  return typeof reply === "string" ? reply : unexpected(reply);
}

/**
 * Checks that a reply is an integer.
 *
 * @param reply The reply, perhaps of a client of the user's own.
 * @returns The number.
 * @throws {RespSyntaxError} If it is of another type.
 */
export function integerReply(reply: unknown): number {
  const number = typeof reply === "bigint" ? Number(reply) : reply;
  return Number.isSafeInteger(number) ? Number(number) : unexpected(reply);
}

/**
 * Checks that a reply is an array.
 *
 * @param reply The reply, perhaps of a client of the user's own.
 * @returns The array.
 * @throws {RespSyntaxError} If it is of another type.
 */
export function arrayReply(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : unexpected(reply);
}

/**
 * Throws the error of a reply that has an unexpected type.
 *
 * @param reply The reply. Its value is not shown: it may be a document.
 */
export function unexpected(reply: unknown): never {
  const type = reply === null || reply === undefined
    ? "null"
    : Array.isArray(reply)
    ? "an array"
    : `a ${typeof reply}`;
  throw new RespSyntaxError(`it sent an unexpected reply, ${type}`);
}

/**
 * Encodes a command in Redis' protocol.
 *
 * @param command The command's name.
 * @param args Its arguments.
 * @returns The bytes to send.
 */
export function encodeCommand(
  command: string,
  args: readonly (string | number | Uint8Array)[],
): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let text = `*${args.length + 1}\r\n`;
  for (const arg of [command, ...args]) {
    if (arg instanceof Uint8Array) {
      chunks.push(ENCODER.encode(`${text}$${arg.length}\r\n`), arg);
      text = "\r\n";
    } else {
      const value = String(arg);
      text += `$${byteLength(value)}\r\n${value}\r\n`;
    }
  }
  chunks.push(ENCODER.encode(text));
  return chunks;
}

function byteLength(text: string): number {
  // Most arguments are ASCII; only others must be encoded to be measured.
  return /^[\0-\x7f]*$/.test(text) ? text.length : ENCODER.encode(text).length;
}

/** An array of which some replies have not arrived. */
interface OpenArray {
  readonly items: Reply[];
  readonly length: number;
}

/**
 * Parses replies from the pieces in which they arrive. What it holds is bounded,
 * and each byte is parsed once, however small the pieces are.
 */
export class ReplyParser {
  readonly #open: OpenArray[] = [];
  #bytes = new Uint8Array(INITIAL_SIZE);
  #start = 0;
  #end = 0;
  /** How many bytes the reply has that has not arrived completely. */
  #size = 0;

  /**
   * Adds a piece.
   *
   * @param piece The bytes, which are copied.
   * @throws {RespSyntaxError} If the reply is too large.
   */
  push(piece: Uint8Array): void {
    const held = this.#end - this.#start;
    if (this.#size + held + piece.length > MAX_REPLY_BYTES) throw tooLarge();
    if (this.#end + piece.length > this.#bytes.length) {
      const needed = held + piece.length;
      const target = needed > this.#bytes.length
        ? new Uint8Array(Math.max(needed, this.#bytes.length * 2))
        : this.#bytes;
      target.set(this.#bytes.subarray(this.#start, this.#end));
      this.#bytes = target;
      this.#start = 0;
      this.#end = held;
    }
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  /**
   * Removes and returns the next reply.
   *
   * @returns The reply, or `undefined` if it has not arrived completely.
   * @throws {RespSyntaxError} If it is not a Redis reply, or is too large.
   */
  next(): Reply | undefined {
    for (;;) {
      const begin = this.#start;
      let reply = this.#parse();
      this.#size += this.#start - begin;
      if (reply === undefined) return undefined;
      if (reply !== OPENED) {
        const open = this.#open.at(-1);
        if (open === undefined) {
          this.#size = 0;
          return reply;
        }
        open.items.push(reply);
      }
      reply = this.#closeArrays();
      if (reply === undefined) continue;
      this.#size = 0;
      return reply;
    }
  }

  /** Closes the arrays that are complete; returns the outermost one if it is. */
  #closeArrays(): Reply[] | undefined {
    for (;;) {
      const last = this.#open.at(-1);
      if (last === undefined || last.items.length < last.length) {
        return undefined;
      }
      this.#open.pop();
      const outer = this.#open.at(-1);
      if (outer === undefined) return last.items;
      outer.items.push(last.items);
    }
  }

  /** Parses a reply, or opens an array. Moves on only if it is complete. */
  #parse(): Reply | typeof OPENED | undefined {
    const begin = this.#start;
    const line = this.#line();
    if (line === undefined) return undefined;
    const text = line.slice(1);
    switch (line[0]) {
      case "+":
        return text;
      case "-":
        return new RedisReplyError(text);
      case ":":
        return wholeNumber(text);
      case "$": {
        const bulk = this.#bulk(wholeNumber(text));
        if (bulk === undefined) this.#start = begin;
        return bulk;
      }
      case "*": {
        const length = wholeNumber(text);
        if (length < 0) return null;
        if (length > MAX_ITEMS || this.#open.length === MAX_DEPTH) {
          throw tooLarge();
        }
        this.#open.push({ items: [], length });
        return OPENED;
      }
      default:
        throw notRedis();
    }
  }

  #line(): string | undefined {
    const held = this.#bytes.subarray(this.#start, this.#end);
    const length = held.indexOf(CR);
    if (length > MAX_LINE_BYTES || length < 0 && held.length > MAX_LINE_BYTES) {
      throw notRedis();
    }
    if (length < 0 || length + 2 > held.length) return undefined;
    if (held[length + 1] !== LF) throw notRedis();
    this.#start += length + 2;
    return DECODER.decode(held.subarray(0, length));
  }

  #bulk(length: number): string | null | undefined {
    if (length < 0) return null;
    if (this.#size + length > MAX_REPLY_BYTES) throw tooLarge();
    const end = this.#start + length;
    if (end + 2 > this.#end) return undefined;
    if (this.#bytes[end] !== CR || this.#bytes[end + 1] !== LF) {
      throw notRedis();
    }
    const text = DECODER.decode(this.#bytes.subarray(this.#start, end));
    this.#start = end + 2;
    return text;
  }
}

function wholeNumber(text: string): number {
  if (!/^-?\d{1,19}$/.test(text)) throw notRedis();
  return Number(text);
}

function notRedis(): RespSyntaxError {
  return new RespSyntaxError("it does not speak the Redis protocol");
}

function tooLarge(): RespSyntaxError {
  return new RespSyntaxError(
    `it sent a reply that is larger than ${MAX_REPLY_BYTES / 2 ** 20} MiB`,
  );
}
