import { CicdStateError } from "../../errors.ts";
import {
  BOUND_PREFIX,
  isSealed,
  type SealedPart,
  type TextCodec,
} from "./extras.ts";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/**
 * An encrypted string. What precedes the nonce is authenticated as it stands:
 * version, key, and what the string is.
 */
const SEALED_REGEXP =
  /^(\{"cicdstatemgr-encrypted":2,"key":"([0-9a-f]{8})","part":(\["[a-z]+","(?:[^"\\]|\\.)*",(?:\d+|null),(?:true|false)\])),"nonce":"([\w+/]{16})","data":"([\w+/]+={0,2})"\}\r?\n?$/;

/** What earlier versions encrypted, which says only which key it needs. */
const UNBOUND_REGEXP =
  /^\{"cicdstatemgr-encrypted":1,"key":"([0-9a-f]{8})","nonce":"([\w+/=]+)","data":"([\w+/=]+)"\}\s*$/;

/** A {@linkcode SealedPart} as it is written into an encrypted string. */
type WrittenPart = [
  kind: string,
  id: string,
  revision: number | null,
  isEntry: boolean,
];

/** A key, and its name in what it has encrypted. */
interface NamedKey {
  readonly name: string;
  readonly key: CryptoKey;
}

/** Options of {@linkcode encryptionCodec}. */
export interface EncryptionOptions {
  /**
   * Whether to read what is not encrypted, or was encrypted by a version that
   * did not bind it to its place.
   *
   * @default {false}
   */
  readonly acceptPlain?: boolean | undefined;
  /**
   * Receives a warning about what is read although it is not encrypted.
   *
   * @default {a function that drops it}
   */
  readonly warn?: ((message: string) => void) | undefined;
}

/**
 * Makes a codec that encrypts with AES-256-GCM. To change the key, put the new
 * one first and keep the old ones after it: each write uses the first.
 *
 * @param keys Keys of 32 bytes in Base64. The first one encrypts, all decrypt.
 * @param options What is read besides what the keys encrypted.
 * @returns The codec.
 * @throws {CicdStateError} `CONFIG`, if no key is given, or one is not 32 bytes long. No key is shown.
 */
export async function encryptionCodec(
  keys: readonly string[],
  { acceptPlain = false, warn = () => {} }: EncryptionOptions = {},
): Promise<TextCodec> {
  const named = await Promise.all(keys.map(importKey));
  const first = named[0];
  if (first === undefined) {
    throw new CicdStateError("CONFIG", "Cannot encrypt: no key is given", {
      hint: KEY_HINT,
    });
  }
  const warned = new Set<string>();
  /** Warns about a place once, though its history has many entries. */
  function accept(where: string, how: string): void {
    if (!acceptPlain) throw refused(how);
    const message = `Read ${where}, which ${how}`;
    if (!warned.has(message)) warn(message);
    warned.add(message);
  }
  return {
    prefix: prefixOf(first),
    seal: (text, part) => seal(text, part, first),
    async open(stored, part, where) {
      if (!isSealed(stored)) {
        accept(where, "is not encrypted");
        return stored;
      }
      const unbound = UNBOUND_REGEXP.exec(stored);
      if (unbound !== null) {
        accept(where, "was encrypted by an earlier version");
        const [, name, nonce, data] = unbound;
        const aad = `cicdstatemgr 1 ${name}`;
        return await decrypt({ aad, nonce, data }, findKey(named, name!));
      }
      const [, aad, name, written, nonce, data] = SEALED_REGEXP.exec(stored) ??
        [];
      if (written === undefined) throw altered();
      checkPart(written, part);
      return await decrypt({ aad, nonce, data }, findKey(named, name!));
    },
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

async function seal(
  text: string,
  { kind, id = "", revision, isEntry = false }: SealedPart,
  first: NamedKey,
): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const written: WrittenPart = [kind, id, revision ?? null, isEntry];
  const aad = `${prefixOf(first)}"part":${JSON.stringify(written)}`;
  const data = await crypto.subtle.encrypt(
    algorithm(nonce, aad),
    first.key,
    new TextEncoder().encode(text),
  );
  return `${aad},"nonce":"${nonce.toBase64()}",` +
    `"data":"${new Uint8Array(data).toBase64()}"}`;
}

function prefixOf({ name }: NamedKey): string {
  return `${BOUND_PREFIX}"key":"${name}",`;
}

function findKey(keys: readonly NamedKey[], name: string): NamedKey {
  const found = keys.find((key) => key.name === name);
  if (found !== undefined) return found;
  const known = keys.map((key) => key.name).join(", ");
  throw new CicdStateError(
    "STORE",
    `it is encrypted with key ${name}, not with ${known}`,
    { hint: "Add the key that encrypted it after the current one" },
  );
}

/** Checks what an encrypted string says that it is. Decrypting shows whether that is true. */
function checkPart(
  written: string,
  { kind, id, revision, isEntry = false }: SealedPart,
): void {
  const found = parsePart(written);
  if (found.isEntry !== isEntry) {
    throw replaced(found.isEntry ? "an entry of a history" : "a document");
  }
  if (id !== undefined && found.id !== id) throw replaced(`"${found.id}"`);
  if (found.kind !== kind) throw replaced(`what a ${found.kind} held`);
  if (found.revision !== (revision ?? null)) {
    throw replaced(`revision ${found.revision}, not ${revision}`);
  }
}

function parsePart(written: string) {
  try {
    // SEALED_REGEXP has checked the types.
    const part = JSON.parse(written) as WrittenPart;
    const [kind, id, revision, isEntry] = part;
    return { kind, id, revision, isEntry };
  } catch (cause) {
    throw altered(cause);
  }
}

/** What {@linkcode decrypt} decrypts. The pattern that found it has all groups. */
interface Sealed {
  readonly aad: string | undefined;
  readonly nonce: string | undefined;
  readonly data: string | undefined;
}

async function decrypt(
  { aad = "", nonce = "", data = "" }: Sealed,
  { key }: NamedKey,
): Promise<string> {
  try {
    const bytes = await crypto.subtle.decrypt(
      algorithm(fromBase64(nonce), aad),
      key,
      fromBase64(data),
    );
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw altered(cause);
  }
}

/** Strictly: otherwise the last character could change, and mean the same. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(text, { lastChunkHandling: "strict" });
}

function algorithm(iv: Uint8Array<ArrayBuffer>, aad: string): AesGcmParams {
  const additionalData = new TextEncoder().encode(aad);
  return { name: "AES-GCM", iv, additionalData };
}

const RESTORE_HINT =
  "Restore it, or replace it with cicdstatemgr init ID --replace";

function altered(cause?: unknown): CicdStateError {
  return new CicdStateError("STORE", "what is encrypted there was altered", {
    hint: RESTORE_HINT,
    cause,
  });
}

function replaced(found: string): CicdStateError {
  return new CicdStateError(
    "STORE",
    `somebody has put ${found} in its place`,
    { hint: RESTORE_HINT },
  );
}

function refused(how: string): CicdStateError {
  return new CicdStateError("STORE", `it ${how}`, {
    hint: "If you have just turned on encryption or upgraded, encrypt it " +
      "with cicdstatemgr reseal, or set encryption.accept-plain for a while",
  });
}
