import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import {
  encodeCommand,
  RedisReplyError,
  type Reply,
  ReplyParser,
  RespSyntaxError,
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

Deno.test("ReplyParser refuses another protocol", () => {
  throws(() => parseIn(99, "HTTP/1.1 400 Bad Request\r\n"), RespSyntaxError);
});
