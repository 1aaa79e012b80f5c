import { CicdStateError } from "../errors.ts";
import { readVariable } from "../util/env.ts";
import type { Logger } from "../util/log.ts";

/** Options of {@linkcode createClient}. */
export interface ClientOptions {
  /** The PEM file of authorities that the config names. */
  readonly caFile: string | undefined;
  /** Receives a warning of a variable whose file cannot be used. */
  readonly log: Logger;
}

/** Name a file of certificate authorities for Python's requests, curl and OpenSSL, by priority. */
const CA_VARIABLES = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"];

/**
 * Creates the client for a server, if fetch's own would not do: one that trusts
 * additional certificate authorities, or one that uses no proxy.
 *
 * @param url Where the first request goes.
 * @param options The file of authorities.
 * @returns The client, or `undefined` if fetch needs none.
 * @throws {CicdStateError} `CONFIG` or `PERMISSION`, if the file that the config
 * names cannot be used.
 */
export async function createClient(
  url: URL,
  { caFile, log }: ClientOptions,
): Promise<Deno.HttpClient | undefined> {
  if (caFile !== undefined) return await configuredClient(url, caFile);
  const ca = url.protocol === "https:" ? await environmentCa(log) : undefined;
  if (ca !== undefined) {
    try {
      return openClient(url, { caCerts: [ca.text] });
    } catch (error) {
      ignore(ca.variable, error, log);
    }
  }
  return skipsProxies(url) ? openClient(url, {}) : undefined;
}

async function configuredClient(
  url: URL,
  caFile: string,
): Promise<Deno.HttpClient> {
  try {
    return openClient(url, { caCerts: [await readAuthorities(caFile)] });
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) {
      throw new CicdStateError(
        "PERMISSION",
        `Cannot read ca-file "${caFile}": Deno was not allowed to`,
        { hint: `Run deno with --allow-read=${caFile}`, cause },
      );
    }
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ca-file "${caFile}": ${reasonOf(cause)}`,
      { hint: "Name a PEM file of certificates", cause },
    );
  }
}

/** Reads the first file that a variable names. Without permission there is none. */
async function environmentCa(
  log: Logger,
): Promise<{ variable: string; text: string } | undefined> {
  const variable = CA_VARIABLES.find((name) => readVariable(name));
  const path = variable && readVariable(variable);
  if (!variable || !path) return undefined;
  const { state } = Deno.permissions.querySync({ name: "read", path });
  if (state !== "granted") {
    log.debug?.(`Ignored ${variable}: Deno may not read ${path}`);
    return undefined;
  }
  try {
    return { variable, text: await readAuthorities(path) };
  } catch (error) {
    ignore(variable, error, log);
    return undefined;
  }
}

/** Reads a PEM file. Deno would take one without certificates, and trust nobody. */
async function readAuthorities(path: string): Promise<string> {
  const text = await Deno.readTextFile(path);
  if (/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(text)) return text;
  throw new Error(`no certificate in "${path}"`);
}

function ignore(variable: string, error: unknown, log: Logger): void {
  log.warn(
    `Ignored ${variable}, which must name a PEM file of certificates: ` +
      reasonOf(error),
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The variables that list hosts without a proxy, by priority. */
const NO_PROXY_VARIABLES = ["NO_PROXY", "no_proxy"];

/**
 * Reports whether `NO_PROXY=*` is set for the address of a server. Deno applies
 * the `*` to names only.
 */
function skipsProxies({ hostname }: URL): boolean {
  if (!/^(?:[\d.]+|\[.*\])$/.test(hostname)) return false;
  const value = readVariable(noProxyVariable() ?? "NO_PROXY") ?? "";
  return value.split(",").some((name) => name.trim() === "*");
}

function noProxyVariable(): string | undefined {
  return NO_PROXY_VARIABLES.find((name) => readVariable(name) !== undefined);
}

/** Opens a client that uses no proxy if that is what the user wants. */
function openClient(
  url: URL,
  options: Deno.CreateHttpClientOptions,
): Deno.HttpClient {
  const variable = noProxyVariable();
  if (variable === undefined || !skipsProxies(url)) {
    return Deno.createHttpClient(options);
  }
  // A client reads the variables when it is created, and no option says "no proxy".
  const before = Deno.env.get(variable)!;
  Deno.env.set(variable, url.hostname.replace(/^\[(.*)\]$/, "$1"));
  try {
    return Deno.createHttpClient(options);
  } finally {
    Deno.env.set(variable, before);
  }
}
