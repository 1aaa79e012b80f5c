import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import {
  arrayReply,
  encodeCommand,
  integerReply,
  RedisReplyError,
  type Reply,
  ReplyParser,
  stringReply,
} from "./resp.ts";

/** Parses a text that arrives in pieces of a size. */
function parseIn(size: number, text: string): Reply[] {
  const bytes = new TextEncoder().encode(text);
  const parser = new ReplyParser();
  const replies: Reply[] = [];
  for (let start = 0; start < bytes.length; start += size) {
    parser.push(bytes.subarray(start, start + size));
    for (
      let reply = parser.next();
      reply !== undefined;
      reply = parser.next()
    ) {
      replies.push(reply);
    }
  }
  return replies;
}

Deno.test("encodeCommand() counts bytes, not characters", () => {
  const chunks = encodeCommand("SET", ["ключ", 12, new Uint8Array([0, 255])]);
  deepStrictEqual(
    new Uint8Array(chunks.flatMap((chunk) => [...chunk])),
    new Uint8Array([
      ...new TextEncoder().encode(
        "*4\r\n$3\r\nSET\r\n$8\r\nключ\r\n$2\r\n12\r\n$2\r\n",
      ),
      0,
      255,
      13,
      10,
    ]),
  );
});

Deno.test("ReplyParser takes replies in pieces of any size", () => {
  const big = "⚓ \r\n".repeat(20_000);
  const length = new TextEncoder().encode(big).length;
  const text = `+OK\r\n:-7\r\n$-1\r\n$0\r\n\r\n$${length}\r\n${big}\r\n` +
    "*3\r\n$2\r\nab\r\n*-1\r\n*2\r\n:1\r\n+x\r\n*0\r\n";
  const replies = ["OK", -7, null, "", big, ["ab", null, [1, "x"]], []];
  for (const size of [1, 2, 7, 4096, text.length * 3]) {
    deepStrictEqual(parseIn(size, text), replies);
  }
});

Deno.test("ReplyParser keeps a byte order mark", () => {
  deepStrictEqual(parseIn(4, "$4\r\n\ufeffa\r\n"), ["\ufeffa"]);
});

Deno.test("ReplyParser returns a refusal without what was sent", () => {
  const [reply] = parseIn(
    9,
    "-ERR unknown command 'AUTH', with args beginning with: 'sesame' \r\n",
  );
  ok(reply instanceof RedisReplyError);
  strictEqual(reply.message, "ERR unknown command 'AUTH'");
});

const NOT_REDIS = /^it does not speak the Redis protocol$/;
const TOO_LARGE = /^it sent a reply that is larger than 256 MiB$/;

for (
  const [what, text, message] of [
    ["another protocol", "HTTP/1.1 400 Bad Request\r\n", NOT_REDIS],
    ["TLS", "\x15\x03\x03\x00\x02\x02\x46\r\n", NOT_REDIS],
    ["an empty line", "\r\n", NOT_REDIS],
    ["a line that does not end", `+${"x".repeat(65_537)}`, NOT_REDIS],
    ["a line that is too long", `+${"x".repeat(65_537)}\r\n`, NOT_REDIS],
    ["a line without line feed", "+OK\rx", NOT_REDIS],
    ["a number that is not one", ":1x\r\n", NOT_REDIS],
    ["an empty number", ":\r\n", NOT_REDIS],
    ["a length that is not a number", "$NaN\r\n", NOT_REDIS],
    ["a length with an exponent", "$1e3\r\n", NOT_REDIS],
    ["a string that is longer than it says", "$2\r\nabcd\r\n", NOT_REDIS],
    ["a huge string", "$9999999999\r\n", TOO_LARGE],
    ["a huge array", "*9999999999\r\n", TOO_LARGE],
    ["arrays that are nested deeply", "*1\r\n".repeat(9), TOO_LARGE],
    [
      "an array that is huge altogether",
      "*2\r\n$1\r\nx\r\n$268435456\r\n",
      TOO_LARGE,
    ],
  ] as const
) {
  Deno.test(`ReplyParser refuses ${what}, whatever the pieces`, () => {
    for (const size of [3, 99, 100_000]) {
      throws(() => parseIn(size, text), { name: "RespSyntaxError", message });
    }
  });
}

Deno.test("ReplyParser parses every byte of an array once", () => {
  const text = `*1000\r\n${"$4\r\nabcd\r\n".repeat(1000)}`;
  const bytes = new TextEncoder().encode(text);
  const { decode } = TextDecoder.prototype;
  let decoded = 0;
  TextDecoder.prototype.decode = function (input, options) {
    decoded += (input as Uint8Array).length;
    return decode.call(this, input, options);
  };
  try {
    const parser = new ReplyParser();
    let reply: Reply | undefined;
    for (let at = 0; at < bytes.length; at += 16) {
      parser.push(bytes.subarray(at, at + 16));
      reply = parser.next();
    }
    strictEqual((reply as Reply[]).length, 1000);
  } finally {
    TextDecoder.prototype.decode = decode;
  }
  ok(decoded < 2 * bytes.length, `${decoded} bytes decoded`);
});

Deno.test("stringReply(), integerReply() and arrayReply() name only the type of another reply", () => {
  strictEqual(stringReply(null), undefined);
  strictEqual(integerReply(12n), 12);
  for (
    const [read, value, type] of [
      [stringReply, ["secret"], "an array"],
      [stringReply, 1, "a number"],
      [integerReply, "12", "a string"],
      [integerReply, 1.5, "a number"],
      [integerReply, null, "null"],
      [arrayReply, "secret", "a string"],
      [arrayReply, undefined, "null"],
    ] as const
  ) {
    throws(() => read(value), {
      name: "RespSyntaxError",
      message: `it sent an unexpected reply, ${type}`,
    });
  }
});
