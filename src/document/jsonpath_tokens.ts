import { CicdStateError } from "../errors.ts";

/** When a JSONPath failed: while it was read, or while it was looked up. */
export type JsonPathPhase = "parse" | "evaluation";

/**
 * A JSONPath that cannot be parsed, or not be applied to the document.
 *
 * @example Tell a literal from a path
 * ```ts
 * import { JsonPathError, queryPath } from "@cicdstatemgr/cicdstatemgr";
 * import { ok, strictEqual, throws } from "node:assert/strict";
 *
 * throws(() => queryPath({}, "feature/x"), (error) => {
 *   ok(error instanceof JsonPathError);
 *   strictEqual(error.phase, "parse");
 *   strictEqual(error.position, 7);
 *   return true;
 * });
 * ```
 */
export class JsonPathError extends CicdStateError {
  /** When it failed. */
  readonly phase: JsonPathPhase;
  /** Where in the expression it could not be parsed, counted from 0. */
  readonly position: number | undefined;

  /**
   * Makes an error.
   *
   * @param phase When it failed.
   * @param expression The whole JSONPath.
   * @param reason What failed.
   * @param position Where in the expression it could not be parsed.
   */
  constructor(
    phase: JsonPathPhase,
    expression: string,
    reason: string,
    position?: number,
  ) {
    const verb = phase === "parse" ? "parse" : "evaluate";
    const where = position === undefined ? "" : ` at column ${position + 1}`;
    super("PATH", `Cannot ${verb} JSONPath "${expression}"${where}: ${reason}`);
    this.name = "JsonPathError";
    this.phase = phase;
    this.position = position;
  }
}

/** A word of a JSONPath. A key that was quoted is a `key` like any other. */
export interface Token {
  /** What it is; operators and brackets stand for themselves. */
  readonly kind: "key" | "number" | "named" | "symbol" | "end";
  /** Its text, without quotes. */
  readonly text: string;
  /** Where it starts in the expression. */
  readonly position: number;
}

const BLANKS_REGEXP = /[ \t\n]*/y;
// Letters beyond ASCII are keys only where jsonpath-ng takes them: CJK, faces.
const TOKEN_REGEXP =
  /([A-Za-z_@\u4e00-\u9fa5\u{1f600}-\u{1f64f}][\w@\-\u4e00-\u9fa5\u{1f600}-\u{1f64f}]*)|(-?\d+)|'((?:[^'\\]|\\[^\n])*)'|"((?:[^"\\]|\\[^\n])*)"|`((?:[^`\\]|\\[^\n])*)`|\.\.|[*.[\]()$,:|&]/uy;
const OPERATOR_WORD_REGEXP = /^(?:where|wherenot)$/;
const ESCAPE_REGEXP = /\\([^\n])/gu;

/** Splits a JSONPath into its words. The last one is of kind `end`. */
export function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (true) {
    BLANKS_REGEXP.lastIndex = position;
    BLANKS_REGEXP.test(expression);
    position = BLANKS_REGEXP.lastIndex;
    if (position === expression.length) break;
    const token = readToken(expression, position);
    tokens.push(token);
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
