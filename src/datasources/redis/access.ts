import type { DatasourceAccess } from "../declaration.ts";
import { redisEndpoint, type RedisOptions } from "./options.ts";

/** Returns the servers, the socket and the certificates of a config. */
export function redisAccess(options: RedisOptions): DatasourceAccess {
  const { unixSocket, tls, ...server } = redisEndpoint(options);
  const { caFile, certFile, keyFile } = tls ?? {};
  const read = [caFile, certFile, keyFile].filter((file) => file !== undefined);
  if (unixSocket !== undefined) {
    return { read, write: [unixSocket], net: [`unix:${unixSocket}`] };
  }
  const nodes = [...options.cluster ?? [], ...options.sentinels ?? []];
  return { read, net: (nodes.length > 0 ? nodes : [server]).map(nameServer) };
}

function nameServer({ host, port }: { host: string; port: number }): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
