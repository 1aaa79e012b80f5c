import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { startRedis } from "../../../../tests/support/redis_server.ts";
import {
  type ScriptedConnection,
  startScripted,
} from "../../../../tests/support/scripted_server.ts";
import { RedisReplyError, RespSyntaxError } from "./resp.ts";
import { RedisConnectionError, Wire } from "./wire.ts";

async function wireTo(port: number, timeoutMs = 10_000): Promise<Wire> {
  return new Wire(
    await Deno.connect({ hostname: "127.0.0.1", port }),
    timeoutMs,
  );
}

/** Ends a wire as a client does that is closed. */
async function end(wire: Wire): Promise<void> {
  wire.fail(new Error("the test has ended"));
  await wire.ended;
}

/** Lends a wire to a server that plays a script for one connection. */
async function withScript(
  script: (connection: ScriptedConnection) => Promise<void>,
  use: (wire: Wire) => Promise<void>,
  timeoutMs?: number,
): Promise<void> {
  await using server = startScripted(script);
  const wire = await wireTo(server.port, timeoutMs);
  try {
    await use(wire);
  } finally {
    await end(wire);
  }
}

Deno.test("Wire matches replies to commands that were sent at once", async () => {
  await using server = await startRedis();
  const wire = await wireTo(server.port);
  const replies = await Promise.all(
    Array.from({ length: 500 }, (_, n) => wire.send("ECHO", [`⚓${n}`])),
  );
  deepStrictEqual(replies, Array.from({ length: 500 }, (_, n) => `⚓${n}`));
  await end(wire);
});

Deno.test("Wire sends and receives more than a socket's buffer holds", async () => {
  await using server = await startRedis();
  const wire = await wireTo(server.port);
  const text = "⚓ 🚢\0\r\n".repeat(1_000_000);
  const [reply, pong] = await Promise.all([
    wire.send("ECHO", [text]),
    wire.send("PING", []),
  ]);
  ok(reply === text);
  strictEqual(pong, "PONG");
  await end(wire);
});

Deno.test("Wire sends bytes as they are", async () => {
  await using server = await startRedis();
  const wire = await wireTo(server.port);
  await wire.send("SET", ["b", new Uint8Array([0xff, 0, 13, 10])]);
  strictEqual(await wire.send("STRLEN", ["b"]), 4);
  await end(wire);
});

Deno.test("Wire rejects only the command that the server refuses", async () => {
  await using server = await startRedis();
  const wire = await wireTo(server.port);
  const [first, refused, last] = await Promise.allSettled([
    wire.send("SET", ["a", "1"]),
    wire.send("INCRBY", ["a", "x"]),
    wire.send("GET", ["a"]),
  ]);
  strictEqual(first.status, "fulfilled");
  ok(refused.status === "rejected");
  ok(refused.reason instanceof RedisReplyError);
  ok(last.status === "fulfilled" && last.value === "1");
  await end(wire);
});

Deno.test("Wire reads replies that arrive in pieces", async () => {
  await withScript(async ({ receive, send }) => {
    await receive();
    for (const piece of ["*2\r", "\n$3\r\na", "bc\r\n:", "12\r\n+O", "K\r\n"]) {
      await send(piece);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await receive();
  }, async (wire) => {
    const replies = [wire.send("A", []), wire.send("B", [])];
    deepStrictEqual(await Promise.all(replies), [["abc", 12], "OK"]);
  });
});

Deno.test("Wire fails every open command when the connection ends", async () => {
  await withScript(async ({ receive, send, close }) => {
    await receive();
    await send("+OK\r\n$100\r\nonly a part");
    close();
  }, async (wire) => {
    const sent = ["A", "B", "C"].map((name) => wire.send(name, []));
    const results = await Promise.allSettled(sent);
    deepStrictEqual(results.map(({ status }) => status), [
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    await rejects(wire.send("D", []), (error) => {
      ok(error instanceof RedisConnectionError);
      strictEqual(error.fault, "lost");
      strictEqual(error.isUnanswered, true);
      strictEqual(error.message, "the server closed the connection");
      return true;
    });
    await wire.ended;
  });
});

Deno.test("Wire gives up a server that does not answer in time", async () => {
  await withScript(async ({ receive, send }) => {
    await receive();
    await send("+OK\r\n");
    while (await receive() !== undefined);
  }, async (wire) => {
    const [first, second] = await Promise.allSettled([
      wire.send("A", []),
      wire.send("B", []),
    ]);
    strictEqual(first.status, "fulfilled");
    ok(second.status === "rejected");
    const { fault, isUnanswered, message } = second.reason;
    strictEqual(fault, "timeout");
    strictEqual(isUnanswered, true);
    strictEqual(message, "no answer within 50 ms");
    await wire.ended;
  }, 50);
});

Deno.test("Wire gives each command the whole time", async () => {
  await withScript(async ({ receive, send }) => {
    while (await receive() !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await send("+OK\r\n");
    }
  }, async (wire) => {
    for (let n = 0; n < 4; n++) strictEqual(await wire.send("A", []), "OK");
  }, 400);
});

Deno.test("Wire fails on what is not a Redis reply", async () => {
  await withScript(async ({ receive, send }) => {
    await receive();
    await send("HTTP/1.1 400 Bad Request\r\n\r\n");
    await receive();
  }, async (wire) => {
    await rejects(wire.send("A", []), RespSyntaxError);
    await wire.ended;
  });
});

Deno.test("Wire fails on a reply to no command", async () => {
  await withScript(async ({ receive, send }) => {
    await send("+surprise\r\n");
    await receive();
  }, async (wire) => {
    await wire.ended;
    await rejects(wire.send("A", []), {
      name: "RespSyntaxError",
      message: "it sent a reply to no command",
    });
  });
});

Deno.test("Wire fails with the server's reason if it refuses the connection", async () => {
  await withScript(async ({ send, close }) => {
    await send("-ERR max number of clients reached\r\n");
    close();
  }, async (wire) => {
    await wire.ended;
    await rejects(wire.send("A", []), {
      name: "RedisReplyError",
      message: "ERR max number of clients reached",
    });
  });
});

Deno.test("Wire fails commands with what ended it, and only once", async () => {
  await withScript(async ({ receive }) => {
    while (await receive() !== undefined);
  }, async (wire) => {
    const open = wire.send("A", []);
    wire.fail(new Error("first"));
    wire.fail(new Error("second"));
    await rejects(open, { message: "first" });
    await rejects(wire.send("B", []), { message: "first" });
    await wire.ended;
  });
});
