/** Where a token may be sent, besides slack.com. */
export interface TokenHosts {
  /** The URL that the token is for. */
  readonly home: string | undefined;
  /** Further host names. `*.example.com` means the subdomains of example.com. */
  readonly hosts: readonly string[];
}

/**
 * Reports whether Slack's token may be sent to a URL: by https or to this
 * machine, and to the host that it is for, on any port; to slack.com and its
 * subdomains; or to a host that the config lists.
 *
 * @param url The URL.
 * @param allowed The hosts that the config names.
 * @returns Whether a request to the URL may carry the token.
 */
export function mayReceiveToken(
  url: string,
  { home, hosts }: TokenHosts,
): boolean {
  const target = URL.parse(url);
  if (target === null) return false;
  const host = withoutDot(target.hostname);
  const isPrivate = target.protocol === "https:" ||
    target.protocol === "http:" && isLoopback(host);
  if (!isPrivate) return false;
  const homeHost = URL.parse(home ?? "")?.hostname;
  return homeHost !== undefined && host === withoutDot(homeHost) ||
    ["slack.com", "*.slack.com", ...hosts].some((known) =>
      matches(host, withoutDot(known.trim().toLowerCase()))
    );
}

function matches(host: string, known: string): boolean {
  return known.startsWith("*.")
    ? host.endsWith(known.slice(1))
    : host === known;
}

/** `slack.com.` names the same host as `slack.com`. */
function withoutDot(host: string): string {
  return host.replace(/\.$/, "");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") ||
    host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
