/** What is white space to Python's `str.isspace()` and `\s`, as a class of a regular expression. */
export const SPACE_CLASS =
  "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

const SPACE_REGEXP = new RegExp(SPACE_CLASS);
const SPACES_REGEXP = new RegExp(`^${SPACE_CLASS}+$`);

/** Reports whether a character is white space. */
export function isSpace(character: string): boolean {
  return SPACE_REGEXP.test(character);
}

/** Reports whether all characters are white space, and there are some. */
export function isAllSpace(text: string): boolean {
  return SPACES_REGEXP.test(text);
}

/** Removes white space from the start of a string. */
export function stripStart(text: string): string {
  let start = 0;
  while (start < text.length && isSpace(text[start]!)) start++;
  return text.slice(start);
}

/** Removes white space from the end of a string. */
export function stripEnd(text: string): string {
  // A regular expression would try a match at each position.
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1]!)) end--;
  return text.slice(0, end);
}
