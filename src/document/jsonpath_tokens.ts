import { JsonPathError } from "./jsonpath_error.ts";

/** A token of a JSONPath. A quoted key is a `key` like any other. */
export interface Token {
  /** What it is. Operators and brackets are symbols. */
  readonly kind: "key" | "number" | "named" | "symbol" | "end";
  /** Its text, without quotes. */
  readonly text: string;
  /** Its offset in the expression. */
  readonly position: number;
}

// Longer strings could exhaust the stack of V8's regular expressions.
const MAX_LENGTH = 100_000;
const BLANKS_REGEXP = /[ \t\n]*/y;
// Of the characters beyond ASCII, jsonpath-ng allows only CJK and faces in keys.
const TOKEN_REGEXP =
  /([A-Za-z_@\u4e00-\u9fa5\u{1f600}-\u{1f64f}][\w@\-\u4e00-\u9fa5\u{1f600}-\u{1f64f}]*)|(-?\d+)|'((?:[^'\\]|\\[^\n])*)'|"((?:[^"\\]|\\[^\n])*)"|`((?:[^`\\]|\\[^\n])*)`|\.\.|[*.[\]()$,:|&]/uy;
const OPERATOR_WORD_REGEXP = /^(?:where|wherenot)$/;
const ESCAPE_REGEXP = /\\([^\n])/gu;

/**
 * Splits a JSONPath into tokens. The last token has the kind `end`.
 *
 * @param expression The JSONPath.
 * @returns The tokens.
 * @throws {JsonPathError} If a character starts no token.
 */
export function tokenize(expression: string): Token[] {
  if (expression.length > MAX_LENGTH) {
    throw new JsonPathError(
      "parse",
      expression,
      `it is longer than ${MAX_LENGTH} characters`,
      MAX_LENGTH,
    );
  }
  const tokens: Token[] = [];
  let position = 0;
  while (true) {
    BLANKS_REGEXP.lastIndex = position;
    BLANKS_REGEXP.test(expression);
    position = BLANKS_REGEXP.lastIndex;
    if (position === expression.length) break;
    tokens.push(readToken(expression, position));
    position = TOKEN_REGEXP.lastIndex;
  }
  tokens.push({ kind: "end", text: "", position });
  return tokens;
}

function readToken(expression: string, position: number): Token {
  TOKEN_REGEXP.lastIndex = position;
  const match = TOKEN_REGEXP.exec(expression);
  if (match === null) {
    const character = String.fromCodePoint(expression.codePointAt(position)!);
    const reason = `'"\``.includes(character)
      ? `the closing ${character} is missing`
      : `"${character}" is not allowed here, quote the key`;
    throw new JsonPathError("parse", expression, reason, position);
  }
  const [symbol, word, number, single, double, named] = match;
  if (word !== undefined) {
    const kind = OPERATOR_WORD_REGEXP.test(word) ? "symbol" : "key";
    return { kind, text: word, position };
  }
  if (number !== undefined) return { kind: "number", text: number, position };
  if (named !== undefined) {
    return { kind: "named", text: unescape(named), position };
  }
  const quoted = single ?? double;
  return quoted === undefined
    ? { kind: "symbol", text: symbol, position }
    : { kind: "key", text: unescape(quoted), position };
}

function unescape(text: string): string {
  return text.replace(ESCAPE_REGEXP, "$1");
}
