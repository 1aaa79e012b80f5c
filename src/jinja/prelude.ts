const OPEN_END_REGEXP = /[{\r]$/;
const BLANK_END_REGEXP = /\s$/;
const STRIPPING_START_REGEXP = /^\s*\{[{%#]-/;

/**
 * Reports whether a prelude and the source behind it have to be read as one
 * text, because what stands at the seam belongs to both: a tag, a line end,
 * white space that a tag strips, or the last newline.
 */
export function sharesSeam(prelude: string, source: string): boolean {
  return source === "" || source === "\n" || OPEN_END_REGEXP.test(prelude) ||
    (BLANK_END_REGEXP.test(prelude) && STRIPPING_START_REGEXP.test(source));
}
