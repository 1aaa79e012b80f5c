import { ok, rejects, strictEqual } from "node:assert/strict";
import { createWireExchange } from "./wire.ts";
import type { HttpRequest } from "./exchange.ts";

/** What a server does after it has received a request. */
type Script = (connection: Deno.TcpConn) => Promise<void>;

/** Starts a server that runs a script for each connection. */
function startServer(script: Script) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const received: string[] = [];
  async function serve(connection: Deno.TcpConn): Promise<void> {
    using open = connection;
    const buffer = new Uint8Array(65_536);
    const count = await open.read(buffer);
    received.push(new TextDecoder().decode(buffer.subarray(0, count ?? 0)));
    try {
      await script(open);
    } catch (error) {
      // The client has gone.
      const isGone = error instanceof Deno.errors.BrokenPipe ||
        error instanceof Deno.errors.ConnectionReset;
      if (!isGone) throw error;
    }
  }
  const served = (async () => {
    for await (const connection of listener) await serve(connection);
  })();
  return {
    received,
    url: new URL(`http://127.0.0.1:${listener.addr.port}/a/b?c=%20d`),
    async [Symbol.asyncDispose]() {
      listener.close();
      await served;
    },
  };
}

async function write(connection: Deno.Conn, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let sent = 0; sent < bytes.length;) {
    sent += await connection.write(bytes.subarray(sent));
  }
}

/** Sends a request to a server that answers with a text. */
async function answerOf(
  response: string | Script,
  maxBytes = 1000,
  signal = AbortSignal.timeout(20_000),
) {
  await using server = startServer(
    typeof response === "string"
      ? (connection) => write(connection, response)
      : response,
  );
  const answer = await createWireExchange(undefined)(post(server.url), signal);
  try {
    return {
      status: answer.status,
      statusText: answer.statusText,
      text: await answer.text(maxBytes),
      header: (name: string) => answer.header(name),
    };
  } finally {
    answer.close();
  }
}

const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

function post(url: URL): HttpRequest {
  const headers = new Map([["x-name", "\u00c5"]]);
  return { url, method: "POST", headers, body: "\u2192" };
}

Deno.test("createWireExchange() sends one request and closes the connection", async () => {
  await using server = startServer((connection) =>
    write(connection, "HTTP/1.1 204 No Content\r\n\r\n")
  );
  const exchange = createWireExchange(undefined);
  const { signal } = new AbortController();
  const answer = await exchange(post(server.url), signal);
  strictEqual(await answer.text(10), "");
  answer.close();
  answer.close();
  const [request] = server.received;
  const [head, body] = request!.split("\r\n\r\n");
  const lines = head!.split("\r\n");
  strictEqual(lines[0], "POST /a/b?c=%20d HTTP/1.1");
  const names = lines.slice(1).map((line) => line.split(":")[0]);
  strictEqual(
    names.join(),
    "host,accept,user-agent,x-name,connection,content-length",
  );
  ok(lines.includes(`host: ${server.url.host}`));
  ok(lines.includes("content-length: 3"));
  strictEqual(body, "\u2192");
});

for (
  const [about, response, text] of [
    ["a length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokmore", "ok"],
    ["the end of the connection", "HTTP/1.0 200 OK\r\n\r\nok", "ok"],
    [
      "chunks",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
      "1\r\no\r\n1;name=value\r\nk\r\n0\r\nTrailer: x\r\n\r\n",
      "ok",
    ],
    [
      "chunks, in spite of a length",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: Chunked\r\n" +
      "\r\n02\r\nok\r\n0\r\n\r\n",
      "ok",
    ],
    [
      "a length after announcements",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" +
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
      "ok",
    ],
    ["lines without CR", "HTTP/1.1 200\nContent-Length:2\n\nok", "ok"],
    [
      "a length that is sent twice",
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nokmore",
      "ok",
    ],
    [
      "no body, though it is called compressed",
      "HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n",
      "",
    ],
    [
      "an empty body, though it is called compressed",
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
      "",
    ],
    ["no body", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", ""],
  ] as const
) {
  Deno.test(`createWireExchange() reads a response that ends with ${about}`, async () => {
    strictEqual((await answerOf(response)).text, text);
  });
}

Deno.test("createWireExchange() reads a header of many blanks in linear time", async () => {
  // In quadratic time, this would take longer than the signal lets it.
  const blanks = " \t".repeat(30_000);
  const { header } = await answerOf(
    `HTTP/1.1 204 No\r\nA: b${blanks}c\r\n\r\n`,
  );
  strictEqual(header("a"), `b${blanks}c`);
});

Deno.test("createWireExchange() reads the status and the headers", async () => {
  const { status, statusText, header } = await answerOf(
    "HTTP/1.1 429 Too Many\r\nRetry-After:  7 \r\nA: 1\r\na: 2\r\nEmpty:\r\n" +
      "Content-Length: 0\r\n\r\n",
  );
  strictEqual(`${status} ${statusText}`, "429 Too Many");
  strictEqual(header("retry-after"), "7");
  strictEqual(header("a"), "1, 2");
  strictEqual(header("empty"), "");
  strictEqual(header("none"), undefined);
});

Deno.test("createWireExchange() reads a response that comes byte by byte", async () => {
  const text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
    "3\r\n\u2192\r\n0\r\n\r\n";
  const { text: body } = await answerOf(async (connection) => {
    for (const byte of new TextEncoder().encode(text)) {
      await connection.write(new Uint8Array([byte]));
    }
  });
  strictEqual(body, "\u2192");
});

Deno.test("createWireExchange() reads a body that is larger than its buffer", async () => {
  const large = "x".repeat(300_000);
  const chunk = `${large.length.toString(16)}\r\n${large}\r\n`;
  const { text } = await answerOf(
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}0\r\n\r\n`,
    600_000,
  );
  strictEqual(text?.length, 600_000);
});

Deno.test("createWireExchange() reads many chunks of all sizes", async () => {
  const chunks = Array.from(
    { length: 2_000 },
    (_, size) => "y".repeat(size + 1),
  );
  const encoded = chunks.map((data) =>
    `${data.length.toString(16)}\r\n${data}\r\n`
  ).join("");
  const { text } = await answerOf(`${CHUNKED}${encoded}0\r\n\r\n`, 3_000_000);
  strictEqual(text, chunks.join(""));
});

Deno.test("createWireExchange() replaces what is not UTF-8", async () => {
  const { text } = await answerOf(async (connection) => {
    await write(connection, "HTTP/1.1 200 OK\r\n\r\n");
    await connection.write(new Uint8Array([0x61, 0xff, 0xe2, 0x86]));
  });
  strictEqual(text, "a\ufffd\ufffd");
});

for (
  const [about, response, message, mayRepeat] of [
    ["no HTTP", "SSH-2.0-OpenSSH\r\n", /invalid status line/, false],
    ["HTTP/2", "HTTP/2 200\r\n\r\n", /invalid status line/, false],
    ["nothing", "", /closed the connection/, true],
    ["half a head", "HTTP/1.1 200 OK\r\nA: ", /closed the connection/, true],
    ["a bad header", "HTTP/1.1 200 OK\r\nA B: c\r\n\r\n", /header/, false],
    [
      "a folded header",
      "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
      /header/,
      false,
    ],
    [
      "a body that is cut off",
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
      /closed the connection/,
      true,
    ],
    [
      "two lengths",
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
      /content-length/,
      false,
    ],
    [
      "a negative length",
      "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
      /content-length/,
      false,
    ],
    [
      "an unknown transfer coding",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\nok",
      /transfer-encoding/,
      false,
    ],
    [
      "an unknown content coding",
      "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nok",
      /content-encoding/,
      false,
    ],
    [
      "a content coding that is a name of every object",
      "HTTP/1.1 200 OK\r\nContent-Encoding: constructor\r\n\r\nok",
      /invalid content-encoding/,
      false,
    ],
    [
      "a body that is not compressed as it says",
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nok",
      /invalid gzip body/,
      false,
    ],
    [
      "a CR in a header",
      "HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\nok",
      /invalid header/,
      false,
    ],
    [
      "a NUL in a header",
      "HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\nok",
      /invalid header/,
      false,
    ],
    ["a bad chunk size", `${CHUNKED}x\r\nok`, /chunk/, false],
    ["a huge chunk size", `${CHUNKED}fffffffff\r\nok`, /chunk/, false],
    ["a chunk without an end", `${CHUNKED}1\r\nok\r\n`, /chunk/, false],
    ["chunks that are cut off", `${CHUNKED}2\r\nok\r\n`, /closed/, true],
  ] as const
) {
  Deno.test(`createWireExchange() refuses ${about}`, async () => {
    await rejects(answerOf(response), { message, mayRepeat });
  });
}

/** Writes a text again and again, until the client has gone. */
function endless(first: string, text: string): Script {
  return async (connection) => {
    await write(connection, first);
    while (true) await write(connection, text);
  };
}

const LONG = "x".repeat(10_000);

for (
  const [about, script] of [
    ["headers", endless("HTTP/1.1 200 OK\r\n", `A: ${LONG}\r\n`)],
    ["a header", endless("HTTP/1.1 200 OK\r\nA: ", LONG)],
    ["a status line", endless("HTTP/1.1 200 ", LONG)],
    ["a chunk's line", endless(`${CHUNKED}1;`, LONG)],
  ] as const
) {
  Deno.test(`createWireExchange() refuses ${about} without an end`, async () => {
    await rejects(answerOf(script), { message: /too large/, mayRepeat: false });
  });
}

for (
  const [about, script] of [
    ["chunks", endless(CHUNKED, "1\r\nx\r\n")],
    ["a body", endless("HTTP/1.1 200 OK\r\n\r\n", LONG)],
    [
      "a body that announces little",
      endless(`HTTP/1.1 200 OK\r\nContent-Length: ${10 ** 12}\r\n\r\n`, LONG),
    ],
  ] as const
) {
  Deno.test(`createWireExchange() leaves ${about} without an end`, async () => {
    strictEqual((await answerOf(script)).text, undefined);
  });
}

for (const format of ["gzip", "deflate"] as const) {
  Deno.test(`createWireExchange() decompresses ${format} up to the limit`, async () => {
    const packed = await new Response(
      new Blob(["x".repeat(5_000_000)]).stream()
        .pipeThrough(new CompressionStream(format)),
    ).bytes();
    const script: Script = async (connection) => {
      await write(
        connection,
        `HTTP/1.1 200 OK\r\nContent-Encoding: ${format}\r\n` +
          `Content-Length: ${packed.length}\r\n\r\n`,
      );
      await connection.write(packed);
    };
    strictEqual((await answerOf(script, 4_999_999)).text, undefined);
    strictEqual((await answerOf(script, 5_000_000)).text?.length, 5_000_000);
  });
}

Deno.test("createWireExchange() refuses a second compressed part", async () => {
  const packed = await new Response(
    new Blob(["ok"]).stream().pipeThrough(new CompressionStream("gzip")),
  ).bytes();
  const script: Script = async (connection) => {
    await write(
      connection,
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
    );
    await connection.write(new Uint8Array([...packed, ...packed]));
  };
  await rejects(answerOf(script), { message: /invalid gzip body/ });
});

for (
  const [about, first] of [
    ["before the head", ""],
    ["in the head", "HTTP/1.1 200 OK\r\nA: "],
    ["in the body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok"],
  ] as const
) {
  Deno.test(`createWireExchange() ends when its signal is aborted ${about}`, async () => {
    const controller = new AbortController();
    const end = Promise.withResolvers<void>();
    const script: Script = async (connection) => {
      await write(connection, first);
      controller.abort();
      await end.promise;
    };
    controller.signal.addEventListener("abort", () => end.resolve());
    await rejects(answerOf(script, 1000, controller.signal));
  });
}

Deno.test("createWireExchange() connects to nobody after its signal was aborted", async () => {
  await rejects(answerOf("", 1, AbortSignal.abort()));
});
