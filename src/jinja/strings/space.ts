/** What Python's `str.isspace()` and `\s` take for white space, as a character class. */
export const SPACE_CLASS =
  "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

const LEADING_SPACES_REGEXP = new RegExp(`^${SPACE_CLASS}+`);
const SPACE_REGEXP = new RegExp(SPACE_CLASS);

/** Tells whether a character is white space to Python. */
export function isSpace(character: string): boolean {
  return SPACE_REGEXP.test(character);
}

/** Removes leading white space as Python's `lstrip()` does. */
export function stripStart(text: string): string {
  return text.replace(LEADING_SPACES_REGEXP, "");
}

/** Removes trailing white space as Python's `rstrip()` does. */
export function stripEnd(text: string): string {
  // From the end by hand: a regular expression would try at every position.
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1]!)) end--;
  return text.slice(0, end);
}
