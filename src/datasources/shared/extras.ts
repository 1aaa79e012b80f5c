import type { Snapshot, SwapOptions } from "../../document/store.ts";
import { CicdStateError } from "../../errors.ts";

/**
 * What an encrypted string is. It is bound to that: a document cannot be read as
 * another one, nor an entry of a history as a document.
 */
export interface SealedPart {
  /** The kind of datasource that holds it: `sqlite`. */
  readonly kind: string;
  /** The document's id. When a string is read, `undefined` accepts any. */
  readonly id: string | undefined;
  /** The number of its revision, if the datasource counts them. */
  readonly revision?: number | undefined;
  /** Whether it is an entry of the history. */
  readonly isEntry?: boolean | undefined;
}

/** Encrypts what is stored of documents, and decrypts it. */
export interface TextCodec {
  /** How everything begins that it encrypts. */
  readonly prefix: string;
  /**
   * Encrypts a string.
   *
   * @param text The string.
   * @param part What it is.
   * @returns What is stored.
   */
  seal(text: string, part: SealedPart): Promise<string>;
  /**
   * Decrypts what was stored.
   *
   * @param stored What is stored.
   * @param part What it must be.
   * @param where Where it is stored, for messages.
   * @returns The string.
   * @throws {CicdStateError} `STORE`, if it is something else, was altered or is not encrypted, or if the key is missing.
   */
  open(stored: string, part: SealedPart, where: string): Promise<string>;
}

/** How many changes a history keeps if nothing else is configured. */
export const DEFAULT_MAX_ENTRIES = 500;

/** How many bytes a document's history takes if nothing else is configured. */
export const DEFAULT_MAX_BYTES = 16 * 2 ** 20;

/**
 * After how many patches an entry of a history holds the whole text again. So
 * many entries are kept besides those that are shown: the oldest one that is
 * shown builds on them.
 */
export const MAX_CHAIN = 50;

/** What a store keeps of a document's past. */
export interface HistoryOptions {
  /**
   * How many changes are kept. 0 keeps no history.
   *
   * @default {500}
   */
  readonly maxEntries?: number | undefined;
  /**
   * How many bytes the history of one document may take. The oldest changes are
   * dropped first.
   *
   * @default {16_777_216}
   */
  readonly maxBytes?: number | undefined;
  /** Removes secrets from a string before it is kept. */
  readonly mask?: ((text: string) => string) | undefined;
}

/** What a store is opened with, besides its own options. */
export interface StoreExtras {
  /** Receives warnings. Default: nobody does. */
  readonly warn?: ((message: string) => void) | undefined;
  /** Encrypts what is stored. Default: it is stored as it is. */
  readonly codec?: TextCodec | undefined;
  /** What is kept of the past, by stores that keep a history. */
  readonly history?: HistoryOptions | undefined;
}

/** How much a store keeps of each document's past. */
export interface HistoryLimits {
  /** How many changes are shown. 0: there is no history. */
  readonly shown: number;
  /** How many entries are kept, so that all that are shown can be rebuilt. */
  readonly entries: number;
  /** How many bytes the entries may take. */
  readonly bytes: number;
}

/**
 * Fills in what a history's options leave out.
 *
 * @param options The options.
 * @returns How much is kept.
 */
export function historyLimits(options: HistoryOptions = {}): HistoryLimits {
  const shown = options.maxEntries ?? DEFAULT_MAX_ENTRIES;
  return {
    shown,
    entries: shown + MAX_CHAIN,
    bytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
  };
}

/**
 * Finds the snapshot that a swap builds on, with what the store's next write
 * needs to know.
 *
 * @typeParam Own The class of the store's snapshots.
 * @param before What the swap was given.
 * @param options Whether it overwrites.
 * @param type The class of the store's snapshots.
 * @param read Reads the document again, if the swap was given another object.
 * @returns The snapshot; `undefined`, if the swap creates or overwrites; `lost`, if another writer was faster.
 */
export async function swapBase<Own extends Snapshot>(
  before: Snapshot | undefined,
  { overwrite = false }: SwapOptions,
  type: new (...args: never[]) => Own,
  read: () => Promise<Own | undefined>,
): Promise<Own | "lost" | undefined> {
  // What is overwritten may be encrypted with a key that is lost.
  if (overwrite || before === undefined) return undefined;
  const own = before instanceof type ? before : await read();
  return own?.revision === before.revision ? own : "lost";
}

/** Returns the number of a revision that counts: 7 for `7-3f2a…`. */
export function revisionNumber(revision: string): number {
  return Number.parseInt(revision);
}

/** How every encrypted string begins. */
const SEALED_PREFIX = '{"cicdstatemgr-encrypted":';

/** How an encrypted string begins that says what it is. Earlier ones have a 1. */
export const BOUND_PREFIX = `${SEALED_PREFIX}2,`;

/**
 * Reports whether a string is encrypted, or was until a few of its bits changed.
 *
 * @param stored What is stored.
 * @returns Whether it begins like an encrypted string.
 */
export function isSealed(stored: string): boolean {
  let wrong = 0;
  for (let index = 0; index < SEALED_PREFIX.length; index++) {
    if (stored[index] !== SEALED_PREFIX[index]) wrong++;
  }
  return wrong <= 2;
}

/**
 * Encrypts a string if there is a codec.
 *
 * @param text The string.
 * @param codec The codec; `undefined`: the string is stored as it is.
 * @param part What the string is.
 * @returns What is stored.
 */
export async function sealText(
  text: string,
  codec: TextCodec | undefined,
  part: SealedPart,
): Promise<string> {
  return codec === undefined ? text : await codec.seal(text, part);
}

/** Options of {@linkcode openText}. */
export interface OpenTextOptions extends SealedPart {
  /** Where it is stored, for messages: `"a1" from redis 127.0.0.1:6379/0`. */
  readonly where: string;
}

/**
 * Decrypts what was stored. Without a codec, it must not be encrypted.
 *
 * @param stored What is stored.
 * @param codec The codec, if encryption is configured.
 * @param options What it must be, and where it is stored.
 * @returns The string.
 * @throws {CicdStateError} `STORE`, if the codec refuses it, or there is none and it is encrypted.
 */
export async function openText(
  stored: string,
  codec: TextCodec | undefined,
  { where, ...part }: OpenTextOptions,
): Promise<string> {
  try {
    if (codec !== undefined) return await codec.open(stored, part, where);
    if (!isSealed(stored)) return stored;
    throw new CicdStateError(
      "STORE",
      "it is encrypted, and no key is configured",
      { hint: "Configure encryption with the key that encrypted it" },
    );
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const { code, message, hint } = error;
    throw new CicdStateError(code, `Cannot read ${where}: ${message}`, {
      hint,
      cause: error,
    });
  }
}
