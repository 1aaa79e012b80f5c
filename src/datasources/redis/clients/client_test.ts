import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import {
  freePort,
  startRedis,
} from "../../../../tests/support/redis_server.ts";
import { startScripted } from "../../../../tests/support/scripted_server.ts";
import { LeanRedisClient, readTlsFiles } from "./client.ts";
import { redisEndpoint, type RedisOptions } from "../options.ts";
import { RedisReplyError } from "./resp.ts";
import { RedisConnectionError } from "./wire.ts";

function clientOf(options: RedisOptions): LeanRedisClient {
  return new LeanRedisClient(redisEndpoint(options));
}

function local(port: number, more: RedisOptions = {}): LeanRedisClient {
  return clientOf({ host: "127.0.0.1", port, ...more });
}

/** What a failed command knows of the server. */
async function failureOf(command: Promise<unknown>) {
  const error = await command.then(() => undefined, (error) => error);
  ok(error instanceof RedisConnectionError, String(error));
  const { fault, wasReached, isUnanswered } = error;
  return { fault, wasReached, isUnanswered };
}

Deno.test("LeanRedisClient connects once for commands that are sent at once", async () => {
  await using server = await startRedis();
  await using client = local(server.port);
  const ids = await Promise.all(
    Array.from({ length: 20 }, () => client.sendCommand("CLIENT", ["ID"])),
  );
  strictEqual(new Set(ids).size, 1);
});

Deno.test("LeanRedisClient logs in and selects a database first", async () => {
  await using server = await startRedis({
    user: { name: "ci", password: "harbour" },
  });
  await using client = local(server.port, {
    username: "ci",
    password: "harbour",
    db: 4,
  });
  strictEqual(await client.sendCommand("ACL", ["WHOAMI"]), "ci");
  const info = String(await client.sendCommand("CLIENT", ["LIST"]));
  ok(/ db=4 /.test(info), info);
});

Deno.test("LeanRedisClient connects again after the connection ended", async () => {
  await using server = await startRedis({ appendOnly: true });
  await using client = local(server.port);
  await client.sendCommand("SET", ["a", "1"]);
  await server.restart();
  // The command that finds the broken connection fails; the next one connects.
  await client.sendCommand("GET", ["a"]).catch(() => {});
  strictEqual(await client.sendCommand("GET", ["a"]), "1");
});

Deno.test("LeanRedisClient waits for a server that is just starting", async () => {
  const port = freePort();
  await using client = local(port);
  const reply = client.sendCommand("PING");
  await new Promise((resolve) => setTimeout(resolve, 100));
  using listener = Deno.listen({ hostname: "127.0.0.1", port });
  const conn = await listener.accept();
  await conn.read(new Uint8Array(100));
  await conn.write(new TextEncoder().encode("+PONG\r\n"));
  strictEqual(await reply, "PONG");
  conn.close();
});

Deno.test("LeanRedisClient waits for a server that is loading its data", async () => {
  await using server = startScripted(async ({ receive, send }, number) => {
    while (await receive() !== undefined) {
      await send(number < 3 ? "-LOADING Redis is loading\r\n" : "+OK\r\n");
    }
  });
  await using client = local(server.port, { password: "p" });
  strictEqual(await client.sendCommand("PING"), "OK");
  strictEqual(server.connections, 3);
});

Deno.test("LeanRedisClient gives up a server that refuses connections", async () => {
  await using client = local(freePort(), { connectTimeoutMs: 200 });
  const start = performance.now();
  deepStrictEqual(await failureOf(client.sendCommand("PING")), {
    fault: "connect",
    wasReached: false,
    isUnanswered: false,
  });
  ok(performance.now() - start < 5000);
});

Deno.test("LeanRedisClient says that a lost command may have run", async () => {
  await using server = startScripted(async ({ receive, close }) => {
    await receive();
    close();
  });
  await using client = local(server.port, { connectTimeoutMs: 100 });
  deepStrictEqual(await failureOf(client.sendCommand("SET", ["a", "1"])), {
    fault: "lost",
    wasReached: true,
    isUnanswered: true,
  });
});

Deno.test("LeanRedisClient knows that a command was not sent if the login was cut off", async () => {
  await using server = startScripted(async ({ receive, close }) => {
    await receive();
    close();
  });
  await using client = local(server.port, {
    password: "p",
    connectTimeoutMs: 100,
  });
  const { isUnanswered } = await failureOf(
    client.sendCommand("SET", ["a", "1"]),
  );
  strictEqual(isUnanswered, false);
});

Deno.test("LeanRedisClient does not try a wrong password again", async () => {
  await using server = await startRedis({ password: "bell-buoy" });
  await using client = local(server.port, { password: "x", db: 1 });
  await rejects(client.sendCommand("PING"), RedisReplyError);
  await using admin = server.connect();
  const stats = String(await admin.sendCommand("INFO", ["stats"]));
  const accepted = /total_connections_received:(\d+)/.exec(stats)?.[1];
  // The server was asked by startRedis(), by the client, and now.
  ok(Number(accepted) <= 3, accepted);
});

Deno.test("LeanRedisClient fails open commands when it is closed", async () => {
  await using server = startScripted(async ({ receive }) => {
    while (await receive() !== undefined);
  });
  const client = local(server.port);
  const open = client.sendCommand("PING");
  // It is sent before the client is closed.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const [failure] = await Promise.all([failureOf(open), client.close()]);
  strictEqual(failure.isUnanswered, true);
});

Deno.test("LeanRedisClient can be closed before it connected, and twice", async () => {
  const client = local(freePort());
  await client.close();
  await client.close();
});

Deno.test("readTlsFiles() reads only what is given", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, "PEM");
  deepStrictEqual(await readTlsFiles({}), {});
  deepStrictEqual(await readTlsFiles({ caFile: path }), { caCerts: ["PEM"] });
  deepStrictEqual(await readTlsFiles({ certFile: path, keyFile: path }), {
    cert: "PEM",
    key: "PEM",
  });
  await Deno.remove(path);
  await rejects(readTlsFiles({ keyFile: path }), {
    code: "STORE",
    message: `Cannot read key-file ${path}: no such file or folder`,
  });
});
