import {
  deepStrictEqual,
  match,
  notDeepStrictEqual,
  ok,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { freePort, startRedis } from "../../../tests/support/redis_server.ts";
import { startProxy } from "../../../tests/support/tcp_proxy.ts";
import { LeanRedisClient, type RedisClient } from "./clients/client.ts";
import { redisEndpoint } from "./options.ts";
import { documentKeys, ScriptRunner } from "./runner.ts";
import { REMOVE_SCRIPT, type Script } from "./scripts.ts";
import { RedisConnectionError } from "./clients/wire.ts";

const server = await startRedis({
  config: ["cluster-enabled yes", `cluster-port ${freePort()}`],
});
const plain = await startRedis();
addEventListener("unload", () => {
  for (const { kill, folder } of [server, plain]) {
    kill("SIGKILL");
    Deno.removeSync(folder, { recursive: true });
  }
});

const IDS = [
  ...["a", "{a}", "a{b}c", "x{y", "ä ö", "a{b}{c}", "{a}b{c", "a:b"],
  ...["x}y", "}{", "{}", "x{}y", "{}{z}", "}", "ö}", "{{}", "}{a}"],
];

for (const id of IDS) {
  Deno.test(`documentKeys() puts all keys of "${id}" into one hash slot`, async () => {
    await using client = server.connect();
    const keys = await documentKeys(id);
    strictEqual(keys[0], id);
    strictEqual(new Set(keys).size, 6);
    const slots = await Promise.all(
      keys.map((key) => client.sendCommand("CLUSTER", ["KEYSLOT", key])),
    );
    deepStrictEqual(slots, slots.map(() => slots[0]));
  });
}

Deno.test("documentKeys() returns no key for two ids", async () => {
  const keys = (await Promise.all(IDS.map(documentKeys))).flat();
  strictEqual(new Set(keys).size, keys.length);
});

const ECHO: Script<unknown> = {
  source: "return {KEYS[1], ARGV[1], ARGV[2]}",
  read: (reply) => reply,
};

/** Adds one to a number under the document's key. */
const COUNT: Script<number> = {
  source: "return redis.call('INCR', KEYS[1])",
  read: Number,
};

function runnerOf(client: RedisClient, waitReplicas = 0): ScriptRunner {
  return new ScriptRunner({ client, target: { name: "redis" }, waitReplicas });
}

/** A runner with a client of ours, which knows where the server is. */
function ownRunner(port: number, more = {}): [ScriptRunner, LeanRedisClient] {
  const endpoint = redisEndpoint({ host: "127.0.0.1", port, ...more });
  const client = new LeanRedisClient(endpoint);
  const target = { name: "redis", endpoint };
  return [new ScriptRunner({ client, target, waitReplicas: 0 }), client];
}

/** A client that fails some times, and then sends commands to a real server. */
function failing(
  failures: readonly unknown[],
): RedisClient & AsyncDisposable & { sent: number } {
  const client = plain.connect();
  const left = [...failures];
  return {
    sent: 0,
    sendCommand(command, args) {
      // Not the question which rights are missing.
      if (!String(args[0]).includes("acl_check_cmd")) this.sent++;
      if (left.length > 0) return Promise.reject(left.shift());
      return client.sendCommand(command, args);
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

function signalAfter(ms: number): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(ms) };
}

Deno.test("ScriptRunner.run() passes keys and arguments and reads the reply", async () => {
  await using client = plain.connect();
  const reply = await runnerOf(client).run(ECHO, "a1", ["x", 2]);
  deepStrictEqual(reply, ["a1", "x", "2"]);
});

Deno.test("ScriptRunner.run() tries again until the connection is back", async () => {
  for (
    const failure of [
      new Error("the pool has no connection"),
      new Deno.errors.ConnectionReset("reset"),
      new Error("LOADING Redis is loading the dataset in memory"),
      new Error("CLUSTERDOWN The cluster is down"),
      new Error("UNBLOCKED force unblock from blocking operation"),
      new Error("-READONLY You can't write against a read only replica."),
    ]
  ) {
    await using client = failing([failure, failure, failure]);
    await runnerOf(client).run(ECHO, "a1", [], signalAfter(10_000));
    strictEqual(client.sent, 4);
  }
});

Deno.test("ScriptRunner.run() does not try again what cannot succeed", async () => {
  for (
    const failure of [
      new Error("WRONGPASS invalid username-password pair"),
      new Error("NOPERM this user has no permissions"),
      new TypeError("args is not iterable"),
      new Deno.errors.NotCapable("Requires net access"),
      "a string",
    ]
  ) {
    await using client = failing([failure]);
    await rejects(runnerOf(client).run(ECHO, "a1", [], signalAfter(10_000)));
    strictEqual(client.sent, 1);
  }
});

Deno.test("ScriptRunner.run() does not try again without a deadline", async () => {
  await using client = failing([new Error("the pool has no connection")]);
  await rejects(runnerOf(client).run(ECHO, "a1", []), {
    code: "STORE",
    message: "Cannot use redis: the pool has no connection",
  });
  strictEqual(client.sent, 1);
});

Deno.test("ScriptRunner.run() says at its deadline what failed last", async () => {
  const failures = Array.from({ length: 1000 }, (_, n) => new Error(`no ${n}`));
  await using client = failing(failures);
  const failed = runnerOf(client).run(ECHO, "a1", [], signalAfter(100));
  await rejects(failed, (error: Error) => {
    strictEqual(error.message, `Cannot use redis: no ${client.sent - 1}`);
    return true;
  });
  ok(client.sent > 1 && client.sent < 1000);
});

Deno.test("ScriptRunner.run() does not retry a server that was never reached", async () => {
  const [runner, client] = ownRunner(freePort(), { connectTimeoutMs: 50 });
  const start = performance.now();
  await rejects(runner.run(ECHO, "a1", [], signalAfter(20_000)), {
    code: "STORE",
  });
  ok(performance.now() - start < 10_000);
  await client.close();
});

Deno.test("ScriptRunner.run() sends a write again whose answer was lost", async () => {
  await using proxy = startProxy(plain.port);
  const [runner, client] = ownRunner(proxy.port);
  await client.sendCommand("DEL", ["n"]);
  proxy.loseAnswers(1);
  const options = { ...signalAfter(10_000), writes: true };
  // It counts twice: recognizing a repeated write is up to the script.
  strictEqual(await runner.run(COUNT, "n", [], options), 2);
  await client.close();
});

/** What the next attempts meet after an attempt whose answer is missing. */
const LATER_FAILURES: readonly [string, Error][] = [
  [
    "nobody listens",
    new RedisConnectionError("connect", "refused", {
      wasReached: false,
    }),
  ],
  ["the server is read-only", new Error("READONLY You can't write")],
  ["the server asks for a password", new Error("NOAUTH required")],
  ["too few replicas are there", new Error("NOREPLICAS Not enough")],
];

for (const [what, later] of LATER_FAILURES) {
  Deno.test(`ScriptRunner.run() reports that a write may be stored if then ${what}`, async () => {
    const lost = new RedisConnectionError("lost", "closed", {
      wasReached: true,
      isUnanswered: true,
    });
    await using client = failing([lost, ...Array(100).fill(later)]);
    const options = { ...signalAfter(300), writes: true };
    await rejects(
      runnerOf(client).run(COUNT, "n", [], options),
      (error: Error & { code: string; hint: string }) => {
        strictEqual(error.code, "TIMEOUT");
        match(error.message, /; the change may have been stored$/);
        match(error.hint, /check whether the document has the change/);
        return true;
      },
    );
  });
}

Deno.test("ScriptRunner.run() reports a read whose answer is missing as it is", async () => {
  const lost = new RedisConnectionError("lost", "closed", {
    wasReached: true,
    isUnanswered: true,
  });
  await using client = failing([lost]);
  await rejects(runnerOf(client).run(ECHO, "a1", []), {
    code: "STORE",
    message: "Cannot use redis: closed",
  });
});

Deno.test("ScriptRunner.run() waits for replicas after a write, and only then", async () => {
  await using replica = await startRedis({
    config: [`replicaof 127.0.0.1 ${plain.port}`],
  });
  await using client = plain.connect();
  const sent: string[] = [];
  const runner = runnerOf({
    sendCommand(command, args) {
      sent.push(command);
      return client.sendCommand(command, args);
    },
    sendAll(commands) {
      sent.push(...commands.map(([command]) => command));
      return client.sendAll(commands);
    },
  }, 1);
  await runner.run(ECHO, "a1", []);
  deepStrictEqual(sent, ["EVAL"]);
  await runner.run(COUNT, "w", [], { ...signalAfter(20_000), writes: true });
  deepStrictEqual(sent.slice(0, 3), ["EVAL", "EVAL", "WAIT"]);
  await using reader = replica.connect();
  strictEqual(Number(await reader.sendCommand("GET", ["w"])) >= 1, true);
});

Deno.test("ScriptRunner.run() reports that too few replicas have a write", async () => {
  const pair: RedisClient = {
    sendCommand: () => Promise.reject(new Error("must not be called")),
    sendAll: () =>
      Promise.resolve([1, 0].map((value) => ({ status: "fulfilled", value }))),
  };
  await rejects(runnerOf(pair, 2).run(COUNT, "w", [], { writes: true }), {
    code: "TIMEOUT",
    message:
      "Cannot use redis: 0 of 2 replicas have the change; the change may have been stored",
  });
});

Deno.test("ScriptRunner.run() does not wait for replicas if nothing was written", async () => {
  const pair: RedisClient = {
    sendCommand: () => Promise.reject(new Error("must not be called")),
    sendAll: () =>
      Promise.resolve(
        [0, 0].map((value) => ({ status: "fulfilled", value })),
      ),
  };
  const nothing: Script<unknown> = { source: "", read: (reply) => reply };
  const options = { writes: true };
  strictEqual(await runnerOf(pair, 2).run(nothing, "w", [], options), 0);
});

Deno.test("ScriptRunner.ask() sends commands of any kind", async () => {
  await using client = plain.connect();
  const runner = runnerOf(client);
  const ask = (command: string, args: string[]) =>
    runner.ask(() => client.sendCommand(command, args));
  strictEqual(await ask("ECHO", ["x"]), "x");
  await rejects(ask("NOSUCH", []), { code: "STORE" });
  notDeepStrictEqual(await ask("TIME", []), []);
  strictEqual(await runner.run(REMOVE_SCRIPT, "none", []), false);
});
