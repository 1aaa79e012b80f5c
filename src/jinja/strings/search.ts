import type { Budget } from "../runtime/budget.ts";
import { characters, isSpace, join, SPACE_CLASS } from "./text.ts";

/**
 * The longest pattern that is left to `indexOf`. It may compare the whole pattern
 * at each position, which takes hours for two long strings of one letter.
 */
const MAX_NATIVE_LENGTH = 32;
const UNITS_PER_STEP = 32;

/** Finds a pattern in strings, in time that grows with their length alone. */
export class Searcher {
  readonly #budget: Budget;
  readonly #pattern: string;
  #forwards: Uint32Array | undefined;
  #backwards: Uint32Array | undefined;

  /** Prepares to find `pattern`, which is not empty. */
  constructor(budget: Budget, pattern: string) {
    this.#budget = budget;
    this.#pattern = pattern;
  }

  /** Returns where the pattern first occurs from a position on, or -1. */
  indexIn(text: string, start = 0): number {
    const pattern = this.#pattern;
    if (pattern.length > text.length - start) return -1;
    if (pattern.length <= MAX_NATIVE_LENGTH) {
      const index = text.indexOf(pattern, start);
      this.#charge(index === -1 ? text.length - start : index - start);
      return index;
    }
    this.#forwards ??= this.#borders((index) => pattern.charCodeAt(index));
    const end = this.#search(
      this.#forwards,
      (index) => pattern.charCodeAt(index),
      (index) => text.charCodeAt(start + index),
      text.length - start,
    );
    return end === -1 ? -1 : start + end - pattern.length;
  }

  /** Returns where the pattern last occurs, or -1. */
  lastIndexIn(text: string): number {
    const pattern = this.#pattern;
    if (pattern.length > text.length) return -1;
    if (pattern.length <= MAX_NATIVE_LENGTH) {
      const index = text.lastIndexOf(pattern);
      this.#charge(text.length - Math.max(0, index));
      return index;
    }
    const lastUnit = pattern.length - 1;
    this.#backwards ??= this.#borders((index) =>
      pattern.charCodeAt(lastUnit - index)
    );
    const end = this.#search(
      this.#backwards,
      (index) => pattern.charCodeAt(lastUnit - index),
      (index) => text.charCodeAt(text.length - 1 - index),
      text.length,
    );
    return end === -1 ? -1 : text.length - end;
  }

  #charge(units: number): void {
    this.#budget.step(1 + units / UNITS_PER_STEP);
  }

  /** For each prefix of the pattern, how much of it is also its proper suffix. */
  #borders(unitAt: (index: number) => number): Uint32Array {
    const { length } = this.#pattern;
    this.#budget.allocateList(length);
    const borders = new Uint32Array(length);
    let border = 0;
    for (let index = 1; index < length; index++) {
      while (border > 0 && unitAt(index) !== unitAt(border)) {
        border = borders[border - 1]!;
      }
      if (unitAt(index) === unitAt(border)) border++;
      borders[index] = border;
    }
    return borders;
  }

  /** Runs Knuth, Morris and Pratt's search; returns the position after the match. */
  #search(
    borders: Uint32Array,
    patternAt: (index: number) => number,
    textAt: (index: number) => number,
    length: number,
  ): number {
    this.#charge(length);
    let matched = 0;
    for (let index = 0; index < length; index++) {
      const unit = textAt(index);
      while (matched > 0 && unit !== patternAt(matched)) {
        matched = borders[matched - 1]!;
      }
      if (unit === patternAt(matched)) matched++;
      if (matched === borders.length) return index + 1;
    }
    return -1;
  }
}

/** Reports whether a string contains another. */
export function includes(budget: Budget, text: string, part: string): boolean {
  return part === "" || new Searcher(budget, part).indexIn(text) !== -1;
}

/** Returns how often a string contains another without overlaps. */
export function countIn(budget: Budget, text: string, part: string): number {
  const searcher = new Searcher(budget, part);
  let count = 0;
  let at = searcher.indexIn(text);
  while (at !== -1) {
    count++;
    at = searcher.indexIn(text, at + part.length);
  }
  return count;
}

const LINE_BREAK_CLASS = "[\\n-\\r\\x1c-\\x1e\\x85\\u2028\\u2029]";
const LINE_BREAK_REGEXP = new RegExp(`\\r\\n|${LINE_BREAK_CLASS}`, "g");
const WORD_REGEXP = new RegExp(`[^${SPACE_CLASS.slice(1)}+`, "g");

/** Splits a string into lines, as Python's `str.splitlines()` does. */
export function splitLines(
  budget: Budget,
  text: string,
  keepsEnds = false,
): string[] {
  budget.scan(text.length);
  const lines: string[] = [];
  let start = 0;
  for (const { 0: lineBreak, index } of text.matchAll(LINE_BREAK_REGEXP)) {
    const end = index + lineBreak.length;
    budget.allocateList(1);
    lines.push(text.slice(start, keepsEnds ? end : index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** Splits a string at white space, at most `limit` times if that is not negative. */
export function splitWords(
  budget: Budget,
  text: string,
  limit: number,
): string[] {
  budget.scan(text.length);
  const parts: string[] = [];
  for (const { 0: word, index } of text.matchAll(WORD_REGEXP)) {
    budget.allocateList(1);
    if (limit >= 0 && parts.length >= limit) {
      parts.push(text.slice(index));
      break;
    }
    parts.push(word);
  }
  return parts;
}

/** Splits a string at white space from its end, at most `limit` times if that is not negative. */
export function splitWordsFromEnd(
  budget: Budget,
  text: string,
  limit: number,
): string[] {
  const words = splitWords(budget, text, -1);
  if (limit < 0 || words.length <= limit) return words;
  budget.scan(text.length);
  // The rest keeps the white space in it and in front of it.
  let end = text.length;
  for (let cut = 0; cut < limit; cut++) {
    end = endOfWord(text, end) - words[words.length - 1 - cut]!.length;
  }
  const rest = text.slice(0, endOfWord(text, end));
  return [rest, ...words.slice(words.length - limit)];
}

function endOfWord(text: string, from: number): number {
  let end = from;
  while (isSpace(text[end - 1]!)) end--;
  return end;
}

/** Splits a string at a separator, at most `limit` times if that is not negative. */
export function splitAt(
  budget: Budget,
  text: string,
  separator: string,
  limit: number,
): string[] {
  const searcher = new Searcher(budget, separator);
  const parts: string[] = [];
  let start = 0;
  while (limit < 0 || parts.length < limit) {
    const index = searcher.indexIn(text, start);
    if (index === -1) break;
    budget.allocateList(1);
    parts.push(text.slice(start, index));
    start = index + separator.length;
  }
  parts.push(text.slice(start));
  return parts;
}

/** Splits a string at a separator from its end, at most `limit` times if that is not negative. */
export function splitAtFromEnd(
  budget: Budget,
  text: string,
  separator: string,
  limit: number,
): string[] {
  const searcher = new Searcher(budget, separator);
  const parts: string[] = [];
  let rest = text;
  while (limit < 0 || parts.length < limit) {
    const index = searcher.lastIndexIn(rest);
    if (index === -1) break;
    budget.allocateList(1);
    parts.push(rest.slice(index + separator.length));
    rest = rest.slice(0, index);
  }
  parts.push(rest);
  return parts.reverse();
}

/** Replaces a part of a string, at most `count` times if that is not negative. */
export function replace(
  budget: Budget,
  text: string,
  old: string,
  replacement: string,
  count: number,
): string {
  if (old !== "") {
    return join(budget, splitAt(budget, text, old, count), replacement);
  }
  // An empty string occurs around each character.
  const parts = ["", ...characters(budget, text), ""];
  const times = count < 0
    ? parts.length - 1
    : Math.min(count, parts.length - 1);
  budget.allocateString(text.length);
  const rest = parts.splice(times + 1).join("");
  return join(budget, parts, replacement) + rest;
}
