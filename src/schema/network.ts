import { type About, either, integer, scalar, type Schema } from "./schema.ts";
import type { Value } from "../values.ts";

const ADDRESS_REGEXP = /^(?:\[([^\]]+)\]|([^[\]]+)):(\d{1,5})$/;

/** A TCP port. */
export function port(about?: About): Schema<number> {
  return integer({ min: 1, max: 65_535, ...about });
}

/** Options of {@linkcode url}. */
export interface UrlOptions extends About {
  /**
   * Whether it may be an empty string, which counts as no URL.
   *
   * @default {false}
   */
  readonly mayBeEmpty?: boolean;
}

/** A URL of one of the given schemes. It may hold a password: no message shows it. */
export function url(
  schemes: readonly string[],
  { mayBeEmpty = false, ...about }: UrlOptions = {},
): Schema<string> {
  const starts = schemes.map((scheme) => `${scheme}://`);
  const pattern = `^\\s*(?:${schemes.join("|")})://`;
  return scalar({
    json: {
      type: "string",
      pattern: mayBeEmpty ? `^\\s*$|${pattern}` : pattern,
    },
    wanted: `It must be a URL that starts with ${either(starts)}`,
    convert(value) {
      if (typeof value !== "string") return undefined;
      const text = value.trim();
      if (text === "") return mayBeEmpty ? text : undefined;
      const isKnown = starts.some((start) =>
        text.toLowerCase().startsWith(start)
      );
      return isKnown && URL.canParse(text) ? text : undefined;
    },
    fallback: "",
    isSecret: true,
    ...about,
  });
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
