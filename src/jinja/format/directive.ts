import { fail } from "../error.ts";

/** A `%` directive of a format string, such as `%(name)-8.3f`. */
export interface Directive {
  /** The key in parentheses; `undefined` if there is none. */
  readonly key: string | undefined;
  /** The flags `-`, `+`, space, `#` and `0`. */
  readonly flags: string;
  /** The least number of characters; `*` takes it from the values. */
  readonly width: number | "*";
  /** The precision; `undefined` if there is none, `*` takes it from the values. */
  readonly precision: number | "*" | undefined;
  /** The letter that says how the value is formatted. */
  readonly type: string;
  /** The position of that letter, in code units. */
  readonly index: number;
}

// Everything but a key, whose parentheses may be nested.
const DIRECTIVE_REGEXP = /([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?[hlL]?([^]?)/uy;

/**
 * Splits a format string into its literal parts and its directives.
 *
 * @throws {TemplateFailure} If the string ends within a directive.
 */
export function* parseDirectives(
  format: string,
): Generator<string | Directive, void> {
  let at = 0;
  for (;;) {
    const percent = format.indexOf("%", at);
    if (percent === -1) break;
    if (percent > at) yield format.slice(at, percent);
    if (format[percent + 1] === "%") {
      yield "%";
      at = percent + 2;
      continue;
    }
    const keyEnd = format[percent + 1] === "("
      ? endOfKey(format, percent + 2)
      : undefined;
    DIRECTIVE_REGEXP.lastIndex = keyEnd === undefined
      ? percent + 1
      : keyEnd + 1;
    // Each part may be empty, so the pattern matches.
    const [, flags = "", width = "", precision, type = ""] = DIRECTIVE_REGEXP
      .exec(format)!;
    if (type === "") fail("incomplete format");
    at = DIRECTIVE_REGEXP.lastIndex;
    yield {
      key: keyEnd === undefined ? undefined : format.slice(percent + 2, keyEnd),
      flags,
      width: numberOf(width, "width"),
      precision: precision === undefined
        ? undefined
        : numberOf(precision, "precision"),
      type,
      index: at - type.length,
    };
  }
  if (at < format.length) yield format.slice(at);
}

function endOfKey(format: string, start: number): number {
  let depth = 1;
  for (let at = start; at < format.length; at++) {
    if (format[at] === "(") depth++;
    else if (format[at] === ")" && --depth === 0) return at;
  }
  fail("incomplete format key");
}

function numberOf(text: string, name: string): number | "*" {
  if (text === "*") return "*";
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : fail(`${name} too big`);
}
