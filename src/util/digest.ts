/**
 * Computes the digest of a string.
 *
 * @param algorithm The algorithm.
 * @param text The string, which is encoded as UTF-8.
 * @returns The digest as hexadecimal digits.
 */
export async function digestHex(
  algorithm: "SHA-1" | "SHA-256",
  text: string,
): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return new Uint8Array(await crypto.subtle.digest(algorithm, bytes)).toHex();
}
