import { CicdStateError } from "../errors.ts";
import type { TextCodec } from "./types.ts";

/** How every sealed text begins. */
export const SEALED_PREFIX = '{"cicdstatemgr-encrypted":';

/**
 * Seals a text, if there is a codec.
 *
 * @param text The text.
 * @param codec The codec.
 * @returns What is stored.
 */
export async function sealText(
  text: string,
  codec: TextCodec | undefined,
): Promise<string> {
  return codec === undefined ? text : await codec.seal(text);
}

/**
 * Opens what was stored, sealed or not.
 *
 * @param stored What is stored.
 * @param codec The codec.
 * @param where Where it is stored, for messages: `"a1" from redis 127.0.0.1:6379/0`.
 * @returns The text.
 * @throws {CicdStateError} `STORE`, if the key is missing or wrong.
 */
export async function openText(
  stored: string,
  codec: TextCodec | undefined,
  where: string,
): Promise<string> {
  try {
    if (codec !== undefined) return await codec.open(stored);
    if (!stored.startsWith(SEALED_PREFIX)) return stored;
    throw new CicdStateError("STORE", "it is encrypted, and there is no key", {
      hint: "Configure encryption with the key that it was written with",
    });
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const { code, message, hint } = error;
    throw new CicdStateError(code, `Cannot read ${where}: ${message}`, {
      hint,
      cause: error,
    });
  }
}
