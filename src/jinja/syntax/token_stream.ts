import { type Source, SyntaxFailure } from "../error.ts";
import type { Position } from "./expression_nodes.ts";
import type { Lexer } from "./lexer.ts";
import type { Token, TokenKind } from "./token.ts";

// Deep enough for every template that a person writes, and well below the
// nesting that overflows the stack.
const MAX_NESTING = 200;

/** The tokens of a template, as its parser asks for them. */
export class TokenStream {
  readonly #lexer: Lexer;
  readonly #source: Source;
  #current: Token;
  #following: Token | undefined;
  #nesting = 0;

  constructor(lexer: Lexer, source: Source) {
    this.#lexer = lexer;
    this.#source = source;
    this.#current = this.#read();
  }

  /** The next token. */
  get current(): Token {
    return this.#current;
  }

  /** The token after the next one. */
  get following(): Token {
    return this.#following ??= this.#read();
  }

  /** Takes the next token. */
  next(): Token {
    const token = this.#current;
    this.#current = this.#following ?? this.#read();
    this.#following = undefined;
    return token;
  }

  #read(): Token {
    try {
      return this.#lexer.next();
    } catch (error) {
      throw error instanceof SyntaxFailure
        ? error.locate(this.#source, this.#lexer.position)
        : error;
    }
  }

  /** Reports whether a token of a kind comes next. */
  at(kind: TokenKind): boolean {
    return this.#current.kind === kind;
  }

  /** Reports whether an operator comes next. */
  atOperator(operator: string): boolean {
    return this.#current.kind === "operator" &&
      this.#current.value === operator;
  }

  /** Reports whether a keyword comes next. */
  atKeyword(keyword: string): boolean {
    return this.#current.kind === "name" && this.#current.value === keyword;
  }

  /** Takes an operator if it comes next. */
  acceptOperator(operator: string): boolean {
    if (!this.atOperator(operator)) return false;
    this.next();
    return true;
  }

  /** Takes a keyword if it comes next. */
  acceptKeyword(keyword: string): boolean {
    if (!this.atKeyword(keyword)) return false;
    this.next();
    return true;
  }

  /** Takes a token of a kind, which must come next. */
  expect(kind: TokenKind): Position {
    if (!this.at(kind)) this.failExpected(describeKind(kind));
    return this.next().position;
  }

  /** Takes an operator, which must come next. */
  expectOperator(operator: string): Position {
    if (!this.atOperator(operator)) this.failExpected(`'${operator}'`);
    return this.next().position;
  }

  /** Takes a keyword, which must come next. */
  expectKeyword(keyword: string): Position {
    if (!this.atKeyword(keyword)) this.failExpected(`'${keyword}'`);
    return this.next().position;
  }

  /** Takes a name, which must come next. */
  expectName(): { readonly name: string; readonly position: Position } {
    const token = this.#current;
    if (token.kind !== "name") this.failExpected(describeKind("name"));
    this.next();
    return { name: token.value, position: token.position };
  }

  /** Fails because something else should come next. */
  failExpected(...expected: string[]): never {
    this.fail(
      `expected ${expected.join(" or ")}, got ${describeToken(this.#current)}`,
      { expected },
    );
  }

  /** Fails, at the next token unless a position is given. */
  fail(
    message: string,
    { position = this.#current.position, expected = [], hint }: {
      readonly position?: Position;
      readonly expected?: readonly string[];
      readonly hint?: string;
    } = {},
  ): never {
    throw new SyntaxFailure(message, expected, hint)
      .locate(this.#source, position);
  }

  /** Runs a step of the grammar that may contain itself. */
  nested<T>(parse: () => T): T {
    if (++this.#nesting > MAX_NESTING) {
      this.fail("the template is nested too deeply", {
        hint: "Assign parts to variables with {% set %}",
      });
    }
    const result = parse();
    this.#nesting--;
    return result;
  }
}

const NAMES: Readonly<Record<TokenKind, string>> = {
  text: "text",
  variableStart: "'{{'",
  variableEnd: "the end of the tag",
  blockStart: "'{%'",
  blockEnd: "the end of the tag",
  name: "a name",
  operator: "an operator",
  end: "the end of the template",
  string: "a string",
  integer: "an integer",
  float: "a float",
};

/** Names a kind of token in a message. */
export function describeKind(kind: TokenKind): string {
  return NAMES[kind];
}

/** Names a token in a message. */
export function describeToken({ kind, value }: Token): string {
  switch (kind) {
    case "variableEnd":
    case "blockEnd":
    case "end":
      return NAMES[kind];
    default:
      return `'${value}'`;
  }
}
