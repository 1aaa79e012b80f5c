import { CicdStateError } from "../../errors.ts";
import { SEALED_PREFIX, type TextCodec } from "./extras.ts";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const SEALED_REGEXP =
  /^\{"cicdstatemgr-encrypted":1,"key":"([0-9a-f]{8})","nonce":"([\w+/=]+)","data":"([\w+/=]+)"\}\s*$/;

/** A key, and its name in what it has encrypted. */
interface NamedKey {
  readonly name: string;
  readonly key: CryptoKey;
}

/**
 * Makes a codec that encrypts with AES-256-GCM. To change the key, put the new
 * one first and keep the old ones after it: each write uses the first.
 *
 * @param keys Keys of 32 bytes in Base64. The first one encrypts, all decrypt.
 * @returns The codec.
 * @throws {CicdStateError} `CONFIG`, if no key is given, or one is not 32 bytes long. No key is shown.
 */
export async function encryptionCodec(
  keys: readonly string[],
): Promise<TextCodec> {
  const named = await Promise.all(keys.map(importKey));
  const first = named[0];
  if (first === undefined) {
    throw new CicdStateError("CONFIG", "Cannot encrypt: no key is given", {
      hint: KEY_HINT,
    });
  }
  return {
    seal: (text) => seal(text, first),
    open: (stored) => open(stored, named),
  };
}

const KEY_HINT = "Create a key with: openssl rand -base64 32";

async function importKey(text: string, index: number): Promise<NamedKey> {
  const bytes = keyBytes(text.trim());
  if (bytes?.length !== KEY_BYTES) {
    throw new CicdStateError(
      "CONFIG",
      `Cannot encrypt: key ${index + 1} is not ${KEY_BYTES} bytes in Base64`,
      { hint: KEY_HINT },
    );
  }
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return {
    name: new Uint8Array(digest).toHex().slice(0, 8),
    key: await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, [
      "encrypt",
      "decrypt",
    ]),
  };
}

function keyBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return undefined;
  }
}

async function seal(text: string, { name, key }: NamedKey): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const data = await crypto.subtle.encrypt(
    algorithm(nonce, name),
    key,
    new TextEncoder().encode(text),
  );
  return `${SEALED_PREFIX}1,"key":"${name}","nonce":"${nonce.toBase64()}",` +
    `"data":"${new Uint8Array(data).toBase64()}"}`;
}

async function open(
  stored: string,
  keys: readonly NamedKey[],
): Promise<string> {
  // What was written before encryption was enabled stays readable.
  if (!stored.startsWith(SEALED_PREFIX)) return stored;
  const [, name, nonce, data] = SEALED_REGEXP.exec(stored) ?? [];
  if (name === undefined) throw damaged();
  const found = keys.find((key) => key.name === name);
  if (found === undefined) {
    const known = keys.map((key) => key.name).join(", ");
    throw new CicdStateError(
      "STORE",
      `it is encrypted with key ${name}, not with ${known}`,
      { hint: "Add the key that encrypted it after the current one" },
    );
  }
  try {
    const bytes = await crypto.subtle.decrypt(
      algorithm(Uint8Array.fromBase64(nonce!), name),
      found.key,
      Uint8Array.fromBase64(data!),
    );
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw damaged(cause);
  }
}

function algorithm(
  iv: Uint8Array<ArrayBuffer>,
  name: string,
): AesGcmParams {
  return {
    name: "AES-GCM",
    iv,
    additionalData: new TextEncoder().encode(`cicdstatemgr 1 ${name}`),
  };
}

function damaged(cause?: unknown): CicdStateError {
  return new CicdStateError("STORE", "what is encrypted there was altered", {
    hint: "Restore it, or replace it with cicdstatemgr init ID --replace",
    cause,
  });
}
