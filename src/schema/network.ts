import { type About, either, integer, scalar, type Schema } from "./schema.ts";
import type { Value } from "../values.ts";

const ADDRESS_REGEXP = /^(?:\[([^\]]+)\]|([^[\]]+)):(\d{1,5})$/;

/** A TCP port. */
export function port(about?: About): Schema<number> {
  return integer({ min: 1, max: 65_535, ...about });
}

/** A URL of one of the given schemes. It may hold a password: no message shows it. */
export function url(
  schemes: readonly string[],
  about?: About,
): Schema<string> {
  const starts = schemes.map((scheme) => `${scheme}://`);
  return scalar({
    json: { type: "string", pattern: `^\\s*(?:${schemes.join("|")})://` },
    wanted: `It must be a URL that starts with ${either(starts)}`,
    convert: (value) => isUrl(value, starts) ? value.trim() : undefined,
    fallback: "",
    isSecret: true,
    ...about,
  });
}

function isUrl(value: Value, starts: readonly string[]): value is string {
  if (typeof value !== "string") return false;
  const lower = value.trim().toLowerCase();
  return starts.some((start) => lower.startsWith(start)) &&
    URL.canParse(value.trim());
}

/** The host and port of a server. */
export interface HostPort {
  /** Name or address. */
  readonly host: string;
  /** TCP port. */
  readonly port: number;
}

/** A `host:port`; an IPv6 address stands in brackets. */
export function address(about?: About): Schema<HostPort> {
  return scalar({
    json: {
      type: "string",
      pattern: ADDRESS_REGEXP.source,
      examples: ["redis-0:6379", "[::1]:6379"],
    },
    wanted: "Write HOST:PORT, with a port from 1 to 65535",
    convert: parseAddress,
    fallback: { host: "", port: 0 },
    ...about,
  });
}

function parseAddress(value: Value): HostPort | undefined {
  const match = typeof value === "string" ? ADDRESS_REGEXP.exec(value) : null;
  if (match === null) return undefined;
  const port = Number(match[3]);
  const host = match[1] ?? match[2]!;
  return port >= 1 && port <= 65_535 ? { host, port } : undefined;
}
