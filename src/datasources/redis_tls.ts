import { fileError } from "../util/file_error.ts";
import type { RedisTlsOptions } from "./types.ts";

/** What `Deno.connectTls` takes. */
interface TlsMaterial {
  caCerts?: string[];
  cert?: string;
  key?: string;
}

/**
 * Reads the files that TLS needs.
 *
 * @param options Their paths.
 * @returns Their texts, as `Deno.connectTls` takes them.
 * @throws {CicdStateError} `STORE` or `PERMISSION`, naming the file.
 */
export async function readTlsFiles(
  { caFile, certFile, keyFile }: RedisTlsOptions,
): Promise<TlsMaterial> {
  const material: TlsMaterial = {};
  if (caFile !== undefined) {
    material.caCerts = [await readPem(caFile, "ca-file")];
  }
  if (certFile !== undefined) {
    material.cert = await readPem(certFile, "cert-file");
  }
  if (keyFile !== undefined) material.key = await readPem(keyFile, "key-file");
  return material;
}

async function readPem(path: string, key: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw fileError(error, "read", `${key} ${path}`, path);
  }
}
