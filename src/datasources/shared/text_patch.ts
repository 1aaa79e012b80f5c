/** A text as parts: new ones, and those of the text before it. */
export type Patch = (string | [from: number, length: number])[];

/**
 * Puts a text together.
 *
 * @param before The text before.
 * @param patch The parts of the text.
 * @returns The text.
 */
export function applyPatch(before: string, patch: Patch): string {
  return patch.map((part) =>
    typeof part === "string" ? part : before.slice(part[0], part[0] + part[1])
  ).join("");
}

/**
 * Finds what a text has in common with the one before. It takes a time that
 * grows with the length of both.
 *
 * @param before The text before.
 * @param after The text.
 * @returns The parts of the text.
 */
export function makePatch(before: string, after: string): Patch {
  const start = matchLength(
    [before, 0, before.length],
    [after, 0, after.length],
  );
  const most = Math.min(before.length, after.length) - start;
  let end = 0;
  while (
    end + CHUNK <= most &&
    before.slice(-end - CHUNK, before.length - end) ===
      after.slice(-end - CHUNK, after.length - end)
  ) end += CHUNK;
  while (
    end < most &&
    before.charCodeAt(before.length - 1 - end) ===
      after.charCodeAt(after.length - 1 - end)
  ) end++;
  const patch: Patch = [];
  if (start > 0) patch.push([0, start]);
  addBetween(
    patch,
    [before, start, before.length - end],
    [after, start, after.length - end],
  );
  if (end > 0) patch.push([before.length - end, end]);
  return patch;
}

/** A part of a text: where it starts and ends. */
type Span = readonly [text: string, start: number, end: number];

/** How much is compared at once, which is many times as fast as by characters. */
const CHUNK = 1024;

/** How long a part must be to be found again. */
const BLOCK = 32;

/** Adds what stands between an equal start and an equal end. */
function addBetween(
  patch: Patch,
  [before, from, to]: Span,
  [after, start, end]: Span,
): void {
  /** Where the blocks of the old text start, by their hashes. */
  const blocks = new Map<number, number>();
  for (let at = from; at + BLOCK <= to; at += BLOCK) {
    const hash = hashOf(before, at);
    // Of equal blocks, the first may be the longest part.
    if (!blocks.has(hash)) blocks.set(hash, at);
  }
  let added = start;
  let hash = start + BLOCK <= end ? hashOf(after, start) : 0;
  for (let at = start; blocks.size > 0 && at + BLOCK <= end;) {
    const block = blocks.get(hash);
    // Equal hashes do not mean equal blocks.
    const length = block === undefined ? 0 : matchLength(
      [before, block, to],
      [after, at, end],
    );
    if (block === undefined || length < BLOCK) {
      const first = Math.imul(after.charCodeAt(at), TOP);
      hash = (Math.imul(hash - first, BASE) + after.charCodeAt(at + BLOCK)) &
        SMALL;
      at++;
      continue;
    }
    if (at > added) patch.push(after.slice(added, at));
    patch.push([block, length]);
    at += length;
    added = at;
    if (at + BLOCK <= end) hash = hashOf(after, at);
  }
  if (end > added) patch.push(after.slice(added, end));
}

function matchLength(
  [before, from, to]: Span,
  [after, start, end]: Span,
): number {
  const most = Math.min(to - from, end - start);
  let length = 0;
  while (
    length + CHUNK <= most &&
    before.slice(from + length, from + length + CHUNK) ===
      after.slice(start + length, start + length + CHUNK)
  ) length += CHUNK;
  while (
    length < most &&
    before.charCodeAt(from + length) === after.charCodeAt(start + length)
  ) length++;
  return length;
}

const BASE = 16_777_619;
/** Larger numbers are slower as keys of a map. */
const SMALL = 2 ** 30 - 1;
/** The weight of a block's first character in its hash. */
const TOP = power(BASE, BLOCK - 1);

function power(base: number, exponent: number): number {
  let result = 1;
  for (let n = 0; n < exponent; n++) result = Math.imul(result, base);
  return result;
}

function hashOf(text: string, at: number): number {
  let hash = 0;
  for (let index = at; index < at + BLOCK; index++) {
    hash = (Math.imul(hash, BASE) + text.charCodeAt(index)) & SMALL;
  }
  return hash;
}
