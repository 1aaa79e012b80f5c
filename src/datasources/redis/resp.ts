const ENCODER = new TextEncoder();
// Keep a byte order mark: without it, the digest of a document would differ.
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
const CR = 13;
const INITIAL_SIZE = 16 * 1024;

/** A reply of a Redis server. */
export type Reply = string | number | null | RedisReplyError | Reply[];

/** The server's refusal of a command. */
export class RedisReplyError extends Error {
  /** @param message What the server says, without what the client sent. */
  constructor(message: string) {
    // For an unknown command, the server repeats the arguments, perhaps a password.
    super(message.replace(/, with args beginning with:.*/s, ""));
    this.name = "RedisReplyError";
  }
}

/** What the server sent is not a Redis reply. */
export class RespSyntaxError extends Error {
  override name = "RespSyntaxError";
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

/** Parses replies from the pieces in which they arrive. */
export class ReplyParser {
  #bytes = new Uint8Array(INITIAL_SIZE);
  #start = 0;
  #end = 0;

  /**
   * Adds a piece.
   *
   * @param piece The bytes, which are copied.
   */
  push(piece: Uint8Array): void {
    const held = this.#end - this.#start;
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
   * @throws {RespSyntaxError} If it is not a Redis reply.
   */
  next(): Reply | undefined {
    const begin = this.#start;
    const reply = this.#parse();
    if (reply === undefined) this.#start = begin;
    return reply;
  }

  #parse(): Reply | undefined {
    const line = this.#line();
    if (line === undefined) return undefined;
    const text = line.slice(1);
    switch (line[0]) {
      case "+":
        return text;
      case "-":
        return new RedisReplyError(text);
      case ":":
        return Number(text);
      case "$":
        return this.#bulk(Number(text));
      case "*":
        return this.#array(Number(text));
      default:
        throw new RespSyntaxError("it does not speak the Redis protocol");
    }
  }

  #line(): string | undefined {
    const at = this.#bytes.indexOf(CR, this.#start);
    if (at < 0 || at + 2 > this.#end) return undefined;
    const line = DECODER.decode(this.#bytes.subarray(this.#start, at));
    this.#start = at + 2;
    return line;
  }

  #bulk(length: number): string | null | undefined {
    if (length < 0) return null;
    const end = this.#start + length;
    if (end + 2 > this.#end) return undefined;
    const text = DECODER.decode(this.#bytes.subarray(this.#start, end));
    this.#start = end + 2;
    return text;
  }

  #array(length: number): Reply[] | null | undefined {
    if (length < 0) return null;
    const items: Reply[] = [];
    for (let index = 0; index < length; index++) {
      const item = this.#parse();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }
}
