import { fail } from "../error.ts";
import { requireText } from "../values/arguments.ts";
import { Tuple } from "../values/tuple.ts";
import {
  isSpace,
  SPACE_CLASS,
  stripEnd,
  stripStart,
} from "../strings/space.ts";
const BREAK = "\\r\\n|[\\n\\v\\f\\r\\x1c-\\x1e\\x85\\u2028\\u2029]";
const LINE_REGEXP = new RegExp(`[^]*?(?:${BREAK}|$)`, "g");
const LINE_END_REGEXP = new RegExp(`(?:${BREAK})$`);
const SPACES_REGEXP = new RegExp(`${SPACE_CLASS}+`);

/** Splits a text into lines as Python's `splitlines()` does. */
export function splitLines(text: string, keepsEnds = false): string[] {
  const lines = text.match(LINE_REGEXP)!.filter((line) => line !== "");
  return keepsEnds
    ? lines
    : lines.map((line) => line.replace(LINE_END_REGEXP, ""));
}

function splitSpaces(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = stripStart(text);
  while (rest !== "") {
    if (limit >= 0 && parts.length === limit) {
      parts.push(rest);
      break;
    }
    let end = 0;
    while (end < rest.length && !isSpace(rest[end]!)) end++;
    parts.push(rest.slice(0, end));
    rest = stripStart(rest.slice(end));
  }
  return parts;
}

function splitSpacesFromEnd(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = stripEnd(text);
  while (rest !== "") {
    if (parts.length === limit) {
      parts.unshift(rest);
      break;
    }
    let start = rest.length;
    while (start > 0 && !isSpace(rest[start - 1]!)) start--;
    parts.unshift(rest.slice(start));
    rest = stripEnd(rest.slice(0, start));
  }
  return parts;
}

/** Splits a text at a separator; none given: at white space. */
export function split(
  text: string,
  separator: unknown,
  limit: number,
): string[] {
  if (separator === null) {
    return limit < 0 ? splitAllSpaces(text) : splitSpaces(text, limit);
  }
  const parts = text.split(requireSeparator(separator));
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [
    ...parts.slice(0, limit),
    parts.slice(limit).join(requireText(separator)),
  ];
}

function splitAllSpaces(text: string): string[] {
  return text.split(SPACES_REGEXP).filter((part) => part !== "");
}

/** Splits a text as `split` does, but counts the parts from its end. */
export function splitFromEnd(
  text: string,
  separator: unknown,
  limit: number,
): string[] {
  if (limit < 0) return split(text, separator, limit);
  if (separator === null) return splitSpacesFromEnd(text, limit);
  const parts = text.split(requireSeparator(separator));
  const kept = Math.max(0, parts.length - limit);
  if (kept <= 1) return parts;
  return [
    parts.slice(0, kept).join(requireText(separator)),
    ...parts.slice(kept),
  ];
}

function requireSeparator(separator: unknown): string {
  const text = requireText(separator);
  return text === "" ? fail("the separator is empty") : text;
}

/** Parts a text in what stands before a separator, the separator, and the rest. */
export function partition(
  text: string,
  separator: unknown,
  fromEnd: boolean,
): Tuple {
  const wanted = requireSeparator(separator);
  const at = fromEnd ? text.lastIndexOf(wanted) : text.indexOf(wanted);
  if (at === -1) return new Tuple(fromEnd ? ["", "", text] : [text, "", ""]);
  return new Tuple([text.slice(0, at), wanted, text.slice(at + wanted.length)]);
}
