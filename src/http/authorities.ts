import { CicdStateError } from "../errors.ts";
import { readVariable } from "../util/env.ts";
import type { Logger } from "../util/log.ts";

/** Name a file of certificate authorities for Python's requests, curl and OpenSSL, by priority. */
const CA_VARIABLES = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"];

/**
 * Reads the certificate authorities to trust besides the usual ones: those of the
 * config or, without any, those that the environment names.
 *
 * @param caFile The PEM file that the config names.
 * @param log Receives a warning of a variable whose file cannot be used.
 * @returns The authorities, as PEM.
 * @throws {CicdStateError} `CONFIG` or `PERMISSION`, if the file that the config
 * names cannot be used.
 */
export async function readAuthorities(
  caFile: string | undefined,
  log: Logger,
): Promise<string | undefined> {
  if (caFile === undefined) return await readEnvironment(log);
  try {
    return await readPem(caFile);
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
async function readEnvironment(log: Logger): Promise<string | undefined> {
  const variable = CA_VARIABLES.find((name) => readVariable(name));
  const path = variable && readVariable(variable);
  if (!variable || !path) return undefined;
  const { state } = Deno.permissions.querySync({ name: "read", path });
  if (state !== "granted") {
    log.debug?.(`Ignored ${variable}: Deno may not read ${path}`);
    return undefined;
  }
  try {
    return await readPem(path);
  } catch (error) {
    log.warn(
      `Ignored ${variable}, which must name a PEM file of certificates: ` +
        reasonOf(error),
    );
    return undefined;
  }
}

/** Reads a PEM file. Deno would take one without certificates, and trust nobody. */
async function readPem(path: string): Promise<string> {
  const text = await Deno.readTextFile(path);
  if (/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(text)) return text;
  throw new Error(`no certificate in "${path}"`);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
