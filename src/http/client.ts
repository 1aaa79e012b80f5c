import { CicdStateError } from "../errors.ts";

/**
 * Creates a client that trusts additional certificate authorities.
 *
 * @param caFile A PEM file.
 * @returns The client.
 * @throws {CicdStateError} `CONFIG` or `PERMISSION`, if the file cannot be used.
 */
export async function createClient(
  caFile: string,
): Promise<Deno.HttpClient> {
  try {
    const caCerts = [await Deno.readTextFile(caFile)];
    return Deno.createHttpClient({ caCerts });
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) {
      throw new CicdStateError(
        "PERMISSION",
        `Cannot read ca-file "${caFile}": Deno was not allowed to`,
        { hint: `Run deno with --allow-read=${caFile}`, cause },
      );
    }
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ca-file "${caFile}": ${why}`,
      { hint: "Name a PEM file of certificates", cause },
    );
  }
}
