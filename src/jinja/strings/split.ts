import type { Budget } from "../runtime/budget.ts";
import { Searcher } from "./search.ts";
import { isSpace, SPACE_CLASS } from "./space.ts";

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
