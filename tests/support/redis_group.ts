import type { RedisOptions } from "../../src/datasources/redis/options.ts";
import { freePort, type RedisServer, startRedis } from "./redis_server.ts";

/** Redis servers that work together. */
export interface RedisGroup extends AsyncDisposable {
  /** How to connect to it. */
  readonly options: RedisOptions;
  /** The servers that hold data; with sentinels, the primary comes first. */
  readonly servers: readonly RedisServer[];
}

/**
 * Starts a primary server with two replicas, and three sentinels that watch it.
 *
 * @returns The group; every sentinel knows all servers.
 */
export async function startSentinels(): Promise<RedisGroup> {
  const primary = await startRedis();
  const replicas = await Promise.all(
    [1, 2].map(() =>
      startRedis({ config: [`replicaof 127.0.0.1 ${primary.port}`] })
    ),
  );
  const sentinels = await Promise.all([1, 2, 3].map(() =>
    startRedis({
      sentinel: true,
      config: [
        `sentinel monitor mymaster 127.0.0.1 ${primary.port} 2`,
        // By default they find the replicas only after 10 s.
        ...replicas.map(({ port }) =>
          `sentinel known-replica mymaster 127.0.0.1 ${port}`
        ),
        "sentinel down-after-milliseconds mymaster 500",
        "sentinel failover-timeout mymaster 3000",
      ],
    })
  ));
  for (const sentinel of sentinels) {
    await using client = sentinel.connect();
    await until(async () => {
      const reply = await client.sendCommand("SENTINEL", [
        "MASTER",
        "mymaster",
      ]);
      const fields = reply as string[];
      const field = (name: string) => fields[fields.indexOf(name) + 1];
      return field("num-slaves") === "2" &&
        field("num-other-sentinels") === "2";
    });
  }
  const servers = [primary, ...replicas];
  return {
    servers,
    options: {
      sentinels: sentinels.map(({ port }) => ({ host: "127.0.0.1", port })),
    },
    [Symbol.asyncDispose]: () => stopAll([...sentinels, ...servers]),
  };
}

/**
 * Starts a cluster of three primary servers, each with a replica.
 *
 * @returns The group; every slot is served.
 */
export async function startCluster(): Promise<RedisGroup> {
  const buses = Array.from({ length: 6 }, () => freePort());
  const servers = await Promise.all(buses.map((bus) =>
    startRedis({
      config: [
        "cluster-enabled yes",
        `cluster-port ${bus}`,
        "cluster-node-timeout 1000",
        "cluster-replica-validity-factor 0",
      ],
    })
  ));
  await using clients = new AsyncDisposableStack();
  const nodes = servers.map((server) => clients.use(server.connect()));
  const ids: string[] = [];
  for (const [index, node] of nodes.entries()) {
    ids.push(String(await node.sendCommand("CLUSTER", ["MYID"])));
    const meet = ["MEET", "127.0.0.1", servers[0]!.port, buses[0]!];
    if (index > 0) await node.sendCommand("CLUSTER", meet);
  }
  const slots = [0, 5461, 10923, 16384];
  for (const index of [0, 1, 2]) {
    const range = [slots[index]!, slots[index + 1]! - 1];
    await nodes[index]!.sendCommand("CLUSTER", ["ADDSLOTSRANGE", ...range]);
  }
  for (const index of [3, 4, 5]) {
    const replicate = ["REPLICATE", ids[index - 3]!];
    await until(() =>
      nodes[index]!.sendCommand("CLUSTER", replicate)
        .then(() => true, () => false)
    );
  }
  for (const node of nodes) {
    await until(async () => {
      const info = String(await node.sendCommand("CLUSTER", ["INFO"]));
      const known = String(await node.sendCommand("CLUSTER", ["NODES"]));
      return info.includes("cluster_state:ok") &&
        known.match(/slave/g)?.length === 3;
    });
  }
  for (const node of nodes.slice(3)) {
    await until(async () =>
      String(await node.sendCommand("INFO", ["replication"]))
        .includes("master_link_status:up")
    );
  }
  return {
    servers,
    options: {
      cluster: servers.map(({ port }) => ({ host: "127.0.0.1", port })),
    },
    [Symbol.asyncDispose]: () => stopAll(servers),
  };
}

/** Waits until a condition holds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the servers did not find each other within 15 s");
}

async function stopAll(servers: readonly RedisServer[]): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
}
