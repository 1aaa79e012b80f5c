import { lexer, Parser } from "../../deps/nunjucks.js";
import { integerValue } from "../../values.ts";
import { fail, type Origin, TemplateFailure } from "../error.ts";
import { type List, type Name, type Node, nodes } from "./nodes.ts";
import { escapeCharacter } from "../strings/characters.ts";
import { isIdentifier } from "../strings/classes.ts";
import { SPACE_CLASS, stripEnd } from "../strings/space.ts";

const ESCAPE_REGEXP =
  /\\(?:\n|[\\'"abfnrtv]|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[xuUN]|\P{ASCII})/gu;
const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\n", ""],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

/** Reads the escapes of a string literal as Python does; unknown ones stay. */
function decodeString(body: string): string {
  if (!body.includes("\\")) return body;
  return body.replace(ESCAPE_REGEXP, decodeEscape);
}

function decodeEscape(match: string): string {
  const rest = match.slice(1);
  const short = SHORT_ESCAPES.get(rest);
  if (short !== undefined) return short;
  // Jinja2 makes what is not ASCII an escape first, which the backslash then hides.
  if (rest.codePointAt(0)! > 0x7f) return escapeCharacter(rest);
  if (/^[0-7]/.test(rest)) return String.fromCodePoint(parseInt(rest, 8));
  const code = rest.length > 1 ? parseInt(rest.slice(1), 16) : NaN;
  if (Number.isNaN(code) || code > 0x10ffff) {
    fail(
      `cannot read the escape \\${rest[0]} in a string`,
      "Write a backslash as \\\\",
    );
  }
  return String.fromCodePoint(code);
}

/** A token as nunjucks' parser takes it. */
interface Token {
  /** One of nunjucks' token types, or `eof`. */
  readonly type: string;
  /** Its text; of a literal, its value. */
  readonly value: string | number | bigint;
  /** The line, counted from 0. */
  readonly lineno: number;
  /** The column, counted from 0. */
  readonly colno: number;
}

const NEWLINE_REGEXP = /\r\n?/g;
const TAG_REGEXP = /\{[{%#]/g;
const RAW_START_REGEXP = new RegExp(
  `\\{%[-+]?${SPACE_CLASS}*raw${SPACE_CLASS}*(?:-%\\}${SPACE_CLASS}*|%\\})`,
  "y",
);
const RAW_END_REGEXP = new RegExp(
  `\\{%([-+]?)${SPACE_CLASS}*endraw${SPACE_CLASS}*(?:\\+%\\}|-%\\}${SPACE_CLASS}*|%\\})`,
  "g",
);
const COMMENT_END_REGEXP = new RegExp(
  `\\+#\\}|-#\\}${SPACE_CLASS}*|#\\}`,
  "g",
);
const BLOCK_END_REGEXP = new RegExp(`\\+%\\}|-%\\}${SPACE_CLASS}*|%\\}`, "y");
const VARIABLE_END_REGEXP = new RegExp(`-\\}\\}${SPACE_CLASS}*|\\}\\}`, "y");
const SPACES_REGEXP = new RegExp(`${SPACE_CLASS}+`, "y");
const FLOAT_REGEXP =
  /(?<!\.)\d+(?:_\d+)*(?:(?:\.\d+(?:_\d+)*)?e[-+]?\d+(?:_\d+)*|\.\d+(?:_\d+)*)/iy;
const INTEGER_REGEXP =
  /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const ASCII_NAME_REGEXP = /[a-z_]\w*(?![\w\x80-\uffff])/iy;
const STRING_REGEXP = /'[^'\\]*(?:\\[^][^'\\]*)*'|"[^"\\]*(?:\\[^][^"\\]*)*"/y;
const OPERATOR_REGEXP = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}<>=.:|,;]/y;
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);
const TYPES: ReadonlyMap<string, string> = new Map([
  ["(", lexer.TOKEN_LEFT_PAREN],
  [")", lexer.TOKEN_RIGHT_PAREN],
  ["[", lexer.TOKEN_LEFT_BRACKET],
  ["]", lexer.TOKEN_RIGHT_BRACKET],
  ["{", lexer.TOKEN_LEFT_CURLY],
  ["}", lexer.TOKEN_RIGHT_CURLY],
  [",", lexer.TOKEN_COMMA],
  [":", lexer.TOKEN_COLON],
  ["~", lexer.TOKEN_TILDE],
  ["|", lexer.TOKEN_PIPE],
]);

/** What {@linkcode TokenSource} needs to know of the text around its own. */
export interface TokenSourceOptions {
  /** Whether text follows, so that the final newline is kept. */
  isContinued?: boolean;
  /** Whether a tag in front strips the white space that the text starts with. */
  stripStart?: boolean;
}

/**
 * Jinja2's tokens, in nunjucks' types. nunjucks' own lexer misreads strings that
 * hold `}}`, names before a `/`, `#}` in text, and white space control.
 */
export class TokenSource {
  /** nunjucks' parser looks at these for white space control, done here already. */
  readonly tags = {
    VARIABLE_START: "{{",
    VARIABLE_END: "}}",
    COMMENT_END: "#}",
  };
  /** The text, with its line ends made `\n`. */
  readonly origin: Origin;
  /** Whether the last tag strips the white space of a text that follows. */
  stripsNext = false;
  readonly #isContinued: boolean;
  #tokens: Token[] = [];
  #next = 0;
  #at = 0;
  #line = 0;
  #lineStart = 0;
  #counted = 0;

  constructor(
    text: string,
    name: Origin["name"],
    options: TokenSourceOptions = {},
  ) {
    const { isContinued = false, stripStart = false } = options;
    this.#isContinued = isContinued;
    const normal = text.includes("\r")
      ? text.replace(NEWLINE_REGEXP, "\n")
      : text;
    this.origin = { name, text: normal };
    const read = !isContinued && normal.endsWith("\n")
      ? normal.slice(0, -1)
      : normal;
    if (stripStart) this.#skip(SPACES_REGEXP, read);
    try {
      this.#readText(read);
    } catch (error) {
      if (!(error instanceof TemplateFailure)) throw error;
      const { line, column } = this.#position(this.#at);
      throw error.locate(this.origin, line, column);
    }
  }

  /** Takes the next token; at the end, null. */
  nextToken(): Token | null {
    const token = this.#tokens[this.#next];
    if (token === undefined) return null;
    this.#next++;
    return token;
  }

  /** Looks at the token that comes `ahead` after the next one. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#next + ahead] ?? this.#endOfText();
  }

  #endOfText(): Token {
    const { line, column } = this.#position(this.origin.text.length);
    return { type: "eof", value: "", lineno: line, colno: column };
  }

  #readText(text: string): void {
    while (this.#at < text.length) {
      TAG_REGEXP.lastIndex = this.#at;
      const tag = TAG_REGEXP.exec(text);
      if (tag === null) {
        this.#addData(text.slice(this.#at), this.#at);
        this.#at = text.length;
        this.stripsNext = false;
        return;
      }
      const data = text.slice(this.#at, tag.index);
      const strips = text[tag.index + 2] === "-";
      this.#addData(strips ? stripEnd(data) : data, this.#at);
      this.#at = tag.index;
      this.#readTag(text, tag[0]);
    }
  }

  #readTag(text: string, opener: string): void {
    if (opener === "{#") return this.#skipComment(text);
    if (opener === "{%" && this.#skip(RAW_START_REGEXP, text)) {
      return this.#readRaw(text);
    }
    const isBlock = opener === "{%";
    this.#add(
      isBlock ? lexer.TOKEN_BLOCK_START : lexer.TOKEN_VARIABLE_START,
      opener,
      this.#at,
    );
    const sign = text[this.#at + 2];
    const hasSign = sign === "-" || sign === "+";
    this.#at += hasSign ? 3 : 2;
    const end = isBlock ? BLOCK_END_REGEXP : VARIABLE_END_REGEXP;
    const open: string[] = [];
    while (this.#at < text.length) {
      const start = this.#at;
      if (open.length === 0 && this.#skip(end, text)) {
        this.stripsNext = text[start] === "-";
        const type = isBlock ? lexer.TOKEN_BLOCK_END : lexer.TOKEN_VARIABLE_END;
        this.#add(type, isBlock ? "%}" : "}}", start);
        return;
      }
      if (!this.#skip(SPACES_REGEXP, text)) this.#readCode(text, open);
    }
  }

  #readCode(text: string, open: string[]): void {
    const start = this.#at;
    if (this.#skip(ASCII_NAME_REGEXP, text)) {
      this.#add(lexer.TOKEN_SYMBOL, text.slice(start, this.#at), start);
    } else if (this.#skip(FLOAT_REGEXP, text)) {
      const digits = text.slice(start, this.#at).replaceAll("_", "");
      this.#add(lexer.TOKEN_FLOAT, Number(digits), start);
    } else if (this.#skip(INTEGER_REGEXP, text)) {
      const digits = text.slice(start, this.#at).replaceAll("_", "");
      this.#add(lexer.TOKEN_INT, integerValue(BigInt(digits)), start);
    } else if (this.#skip(STRING_REGEXP, text)) {
      const value = decodeString(text.slice(start + 1, this.#at - 1));
      this.#add(lexer.TOKEN_STRING, value, start);
    } else if (this.#skip(OPERATOR_REGEXP, text)) {
      this.#addOperator(text.slice(start, this.#at), start, open);
    } else if (this.#skip(/[\p{L}\p{N}_]+/uy, text)) {
      // Unicode's classes take long to make: here, and only where it must be.
      const name = text.slice(start, this.#at);
      if (!isIdentifier(name)) {
        this.#at = start;
        fail(`'${name}' is not a name`);
      }
      this.#add(lexer.TOKEN_SYMBOL, name, start);
    } else {
      const character = String.fromCodePoint(text.codePointAt(start)!);
      fail(`unexpected char '${character}'`, stringHint(character));
    }
  }

  #addOperator(operator: string, start: number, open: string[]): void {
    const closer = CLOSERS.get(operator);
    if (closer !== undefined) {
      open.push(closer);
    } else if (operator === ")" || operator === "]" || operator === "}") {
      const expected = open.pop();
      if (expected !== operator) {
        this.#at = start;
        const wish = expected === undefined ? "" : `, expected '${expected}'`;
        fail(`unexpected '${operator}'${wish}`);
      }
    }
    this.#add(TYPES.get(operator) ?? lexer.TOKEN_OPERATOR, operator, start);
  }

  #skipComment(text: string): void {
    COMMENT_END_REGEXP.lastIndex = this.#at + 2;
    const end = COMMENT_END_REGEXP.exec(text);
    if (end === null) {
      const sign = text[this.#at + 2];
      const start = this.#at + (sign === "-" || sign === "+" ? 3 : 2);
      if (this.#isForgiven(start, text)) {
        this.#at = text.length;
        return;
      }
      fail("the comment is not closed", "Close it with #}");
    }
    this.stripsNext = end[0].startsWith("-");
    this.#at = end.index + end[0].length;
  }

  #readRaw(text: string): void {
    if (this.#isForgiven(this.#at, text)) return;
    RAW_END_REGEXP.lastIndex = this.#at;
    const end = RAW_END_REGEXP.exec(text);
    if (end === null) {
      fail("the raw block is not closed", "Close it with {% endraw %}");
    }
    const body = text.slice(this.#at, end.index);
    this.#addData(end[1] === "-" ? stripEnd(body) : body, this.#at);
    this.stripsNext = /-%\}\s*$/.test(end[0]);
    this.#at = end.index + end[0].length;
  }

  /** Jinja2 does not miss the end of what starts where the text ends. */
  #isForgiven(start: number, text: string): boolean {
    return start === text.length && !this.#isContinued;
  }

  #skip(pattern: RegExp, text: string): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #addData(data: string, start: number): void {
    if (data !== "") this.#add(lexer.TOKEN_DATA, data, start);
  }

  #add(type: string, value: Token["value"], start: number): void {
    const { line, column } = this.#position(start);
    this.#tokens.push({ type, value, lineno: line, colno: column });
  }

  #position(offset: number): { line: number; column: number } {
    const { text } = this.origin;
    let newline = text.indexOf("\n", this.#counted);
    while (newline !== -1 && newline < offset) {
      this.#line++;
      this.#lineStart = newline + 1;
      newline = text.indexOf("\n", this.#lineStart);
    }
    this.#counted = Math.max(this.#lineStart, offset);
    return { line: this.#line, column: offset - this.#lineStart };
  }
}

function stringHint(character: string): string | undefined {
  return character === "'" || character === '"'
    ? "Close the string with the quote that opens it"
    : undefined;
}

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
