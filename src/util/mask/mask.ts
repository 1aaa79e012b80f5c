import {
  decodeBackslashes,
  decodeBase64,
  decodeEntities,
  decodeForm,
  decodePercent,
  type View,
  viewOf,
} from "./view.ts";
import { MASK, maskUrls } from "./credentials.ts";

/** Replaces a string that could not be searched. */
const WITHHELD = "(not shown, because secrets could not be hidden in it)";

/** Shorter secrets are not hidden, or nothing would be left to read. */
const MIN_SECRET_LENGTH = 4;

/** The lines of a longer secret, such as a key in PEM, are hidden one by one. */
const MIN_SECRET_LINE_LENGTH = 8;

/** Hides secrets in a string. */
export type Mask = (text: string) => string;

/**
 * Creates the function that hides secrets in a string, including those that are
 * URL-encoded, in base64, or escaped for JSON, HTML or Python. It hides the
 * addresses of well-known webhooks too.
 *
 * The time is linear in the length of the string, whatever the secrets are.
 * Instead of failing, the function withholds the string.
 *
 * @param secrets The values to hide, except those under 4 characters.
 * @returns The function.
 */
export function createMask(secrets: Iterable<string>): Mask {
  let hide: Mask | undefined;
  return (text) => {
    try {
      // Most commands log nothing, so it is built when first needed.
      hide ??= createSecretMask(secrets);
      return maskUrls(hide(text));
    } catch {
      // The message of the error may contain the secret.
      return WITHHELD;
    }
  };
}

function createSecretMask(secrets: Iterable<string>): Mask {
  const needles = new Set([...secrets].flatMap(parts));
  if (needles.size === 0) return (text) => text;
  const encoder = new TextEncoder();
  const matcher = new Matcher(
    Array.from(needles, (needle) => encoder.encode(needle)),
  );
  return (text) => replaceRanges(text, findRanges(text, matcher));
}

/** Returns a secret without the white space around it, and its longer lines. */
function parts(secret: string): string[] {
  const trimmed = secret.trim();
  const lines = trimmed.split(/[\r\n]+/).map((line) => line.trim());
  return [
    ...trimmed.length >= MIN_SECRET_LENGTH ? [trimmed] : [],
    ...lines.filter(({ length }) => length >= MIN_SECRET_LINE_LENGTH),
  ];
}

/** A part of a string: its start and end indexes. */
type Range = readonly [start: number, end: number];

function findRanges(text: string, matcher: Matcher): Range[] {
  const ranges: Range[] = [];
  for (const view of viewsOf(text)) {
    matcher.find(view.bytes, (start, end) => {
      ranges.push([view.starts[start]!, view.ends[end - 1]!]);
    });
  }
  return ranges;
}

/** Yields a text in all ways in which it may be read. */
function* viewsOf(text: string): Generator<View> {
  const raw = viewOf(text);
  const unescaped = decodeBackslashes(raw);
  const url = decodePercent(raw);
  yield raw;
  if (unescaped !== undefined) yield unescaped;
  if (url !== undefined) yield url;
  const others = [
    unescaped && decodeBackslashes(unescaped),
    unescaped && decodePercent(unescaped),
    decodeForm(raw),
    decodeEntities(raw),
  ];
  for (const view of others) if (view !== undefined) yield view;
  for (const view of [raw, unescaped, url]) {
    if (view === undefined) continue;
    for (const offset of [0, 1, 2, 3]) yield decodeBase64(view, offset);
  }
}

function replaceRanges(text: string, ranges: Range[]): string {
  if (ranges.length === 0) return text;
  ranges.sort(([left], [right]) => left - right);
  const parts: string[] = [];
  let end = 0;
  for (const [from, to] of ranges) {
    // A range that begins within the last one only makes that longer.
    if (from >= end) parts.push(text.slice(end, from), MASK);
    end = Math.max(end, to);
  }
  return parts.join("") + text.slice(end);
}

/** Receives the bytes that a match covers: `start` to before `end`. */
type ReportMatch = (start: number, end: number) => void;

/**
 * Finds many byte sequences at once, in one pass: an Aho-Corasick automaton.
 * The time is linear in the length of the text, whatever the needles are.
 */
class Matcher {
  /** The children of the root, by their byte. */
  readonly #roots = new Int32Array(256);
  /** The byte that leads to each node. */
  readonly #bytes: Uint8Array;
  readonly #firstChild: Int32Array;
  readonly #nextSibling: Int32Array;
  /** The node to continue from if a node lacks the child that is needed. */
  readonly #fallback: Int32Array;
  /** The length of the longest needle that ends at each node, or 0. */
  readonly #matched: Int32Array;
  #size = 1;

  /**
   * Builds the automaton.
   *
   * @param needles What to find. Empty ones are ignored.
   */
  constructor(needles: readonly Uint8Array[]) {
    const capacity = needles.reduce((sum, { length }) => sum + length, 1);
    this.#bytes = new Uint8Array(capacity);
    this.#firstChild = new Int32Array(capacity);
    this.#nextSibling = new Int32Array(capacity);
    this.#fallback = new Int32Array(capacity);
    this.#matched = new Int32Array(capacity);
    for (const needle of needles) this.#add(needle);
    this.#link();
  }

  /**
   * Finds all needles in a text.
   *
   * @param text The bytes of the text.
   * @param report Receives the longest match that ends at each position.
   */
  find(text: Uint8Array, report: ReportMatch): void {
    let node = 0;
    for (let at = 0; at < text.length; at++) {
      node = this.#step(node, text[at]!);
      const length = this.#matched[node]!;
      if (length > 0) report(at + 1 - length, at + 1);
    }
  }

  #add(needle: Uint8Array): void {
    let node = 0;
    for (const byte of needle) {
      node = this.#child(node, byte) || this.#addChild(node, byte);
    }
    if (node > 0) this.#matched[node] = needle.length;
  }

  #addChild(parent: number, byte: number): number {
    const child = this.#size++;
    this.#bytes[child] = byte;
    if (parent === 0) this.#roots[byte] = child;
    this.#nextSibling[child] = this.#firstChild[parent]!;
    this.#firstChild[parent] = child;
    return child;
  }

  /** Sets the fallback of every node, breadth first. */
  #link(): void {
    const queue = new Int32Array(this.#size);
    let end = 1;
    for (let at = 0; at < end; at++) {
      const node = queue[at]!;
      let child = this.#firstChild[node]!;
      while (child !== 0) {
        queue[end++] = child;
        if (node !== 0) {
          const byte = this.#bytes[child]!;
          const fallback = this.#step(this.#fallback[node]!, byte);
          this.#fallback[child] = fallback;
          this.#matched[child] ||= this.#matched[fallback]!;
        }
        child = this.#nextSibling[child]!;
      }
    }
  }

  #step(from: number, byte: number): number {
    let node = from;
    while (node !== 0) {
      const child = this.#child(node, byte);
      if (child !== 0) return child;
      node = this.#fallback[node]!;
    }
    return this.#roots[byte]!;
  }

  #child(node: number, byte: number): number {
    if (node === 0) return this.#roots[byte]!;
    let child = this.#firstChild[node]!;
    while (child !== 0 && this.#bytes[child] !== byte) {
      child = this.#nextSibling[child]!;
    }
    return child;
  }
}
