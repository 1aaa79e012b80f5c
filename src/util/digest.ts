/**
 * Computes a text's digest.
 *
 * @param algorithm The algorithm.
 * @param text The text, digested as UTF-8.
 * @returns The digest in hexadecimal digits.
 */
export async function digestHex(
  algorithm: "SHA-1" | "SHA-256",
  text: string,
): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return new Uint8Array(await crypto.subtle.digest(algorithm, bytes)).toHex();
}
