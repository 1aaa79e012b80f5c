import { lexer, Parser } from "../deps/nunjucks.js";
import { TemplateFailure } from "./failure.ts";
import { type List, type Name, type Node, nodes } from "./nodes.ts";
import type { Token, TokenSource } from "./token_source.ts";

/** The part of nunjucks' parser that is kept. */
interface NunjucksParser {
  /** The end tags of the block that is being read. */
  breakOnBlocks: string[] | null;
  nextToken(): Token | null;
  peekToken(): Token | null;
  advanceAfterVariableEnd(): void;
  fail(message: string, line?: number, column?: number): never;
  parseUntilBlocks(...names: string[]): List;
  parseStatement(): Node | null;
  parseExpression(): Node;
  parseAsRoot(): List;
}

const BaseParser = Parser as new (tokens: TokenSource) => NunjucksParser;

const MAX_NESTING = 200;
const TOKEN_NAMES: ReadonlyMap<string, string> = new Map([
  ["eof", "the end of the template"],
  [lexer.TOKEN_BLOCK_END, "the end of the tag"],
  [lexer.TOKEN_VARIABLE_END, "the end of the tag"],
]);

/** Names a token in messages. */
export function describe(token: Token): string {
  return TOKEN_NAMES.get(token.type) ?? `'${token.value}'`;
}

/** nunjucks' parser on our tokens: it reads the text between tags, and blocks up to their ends. */
export class TokenParser extends BaseParser {
  /** Where the tokens come from. */
  readonly source: TokenSource;
  #nesting = 0;

  constructor(source: TokenSource) {
    super(source);
    this.source = source;
  }

  override peekToken(): Token {
    return this.source.peek();
  }

  override nextToken(): Token | null {
    return this.source.nextToken();
  }

  override advanceAfterVariableEnd(): void {
    this.require(lexer.TOKEN_VARIABLE_END);
  }

  override fail(message: string, line?: number, column?: number): never {
    const token = this.peekToken();
    throw new TemplateFailure(message).locate(
      this.source.origin,
      line ?? token.lineno,
      column ?? token.colno,
    );
  }

  /** Tells whether a token comes next. */
  at(type: string, value?: string): boolean {
    const token = this.peekToken();
    return token.type === type &&
      (value === undefined || token.value === value);
  }

  /** Tells whether a name comes next. */
  atName(value: string): boolean {
    return this.at(lexer.TOKEN_SYMBOL, value);
  }

  /** Takes a token if it comes next. */
  accept(type: string, value?: string): boolean {
    if (!this.at(type, value)) return false;
    this.nextToken();
    return true;
  }

  /** Takes a name if it comes next. */
  acceptName(value: string): boolean {
    return this.accept(lexer.TOKEN_SYMBOL, value);
  }

  /** Takes a token that must come next. */
  require(type: string, value?: string): Token {
    const token = this.peekToken();
    if (!this.at(type, value)) {
      const wish = value ?? TOKEN_NAMES.get(type) ??
        type.replace("symbol", "name");
      this.fail(`expected ${wish}, got ${describe(token)}`);
    }
    this.nextToken();
    return token;
  }

  /** Takes a name that must come next. */
  requireName(): Name {
    const token = this.require(lexer.TOKEN_SYMBOL);
    return new nodes.Symbol(token.lineno, token.colno, String(token.value));
  }

  /** Bounds how deep the grammar recurses. */
  nested<T>(parse: () => T): T {
    if (++this.#nesting > MAX_NESTING) {
      this.fail("it is nested too deeply");
    }
    const result = parse();
    this.#nesting--;
    return result;
  }
}
