import { type Source, SyntaxFailure } from "../error.ts";
import { isIdentifier, SPACE_CLASS, stripEnd } from "../strings/text.ts";
import type { Position } from "./expression_nodes.ts";
import { decodeString, readFloat, readInteger } from "./literal.ts";
import type { Token } from "./token.ts";

const TAG_REGEXP = /\{[{%#]/g;
const RAW_START_REGEXP = new RegExp(
  `\\{%[-+]?${SPACE_CLASS}*raw${SPACE_CLASS}*(?:-%\\}${SPACE_CLASS}*|%\\})`,
  "y",
);
const RAW_END_REGEXP = new RegExp(
  `\\{%([-+]?)${SPACE_CLASS}*endraw${SPACE_CLASS}*(?:\\+%\\}|(-)%\\}${SPACE_CLASS}*|%\\})`,
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
// With the flag `i` it would take 20 times as long to compile.
const ASCII_NAME_REGEXP = /[A-Za-z_]\w*(?![\w\x80-\uffff])/y;
const STRING_REGEXP = /'[^'\\]*(?:\\[^][^'\\]*)*'|"[^"\\]*(?:\\[^][^"\\]*)*"/y;
const OPERATOR_REGEXP = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}<>=.:|,;]/y;
const CLOSING_BRACKETS: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/** How a source is joined with its neighbors. */
export interface LexerOptions {
  /** Whether more follows, so that the final newline is kept. */
  readonly isContinued?: boolean;
  /** Whether a tag in front strips the white space that the source starts with. */
  readonly stripsStart?: boolean;
}

/** Reads the tokens of a template, one by one. */
export class Lexer {
  /** Whether the last tag so far strips the white space of what follows it. */
  stripsNext = false;
  readonly #text: string;
  readonly #isContinued: boolean;
  #at = 0;
  /** Where the token that is being read starts. */
  #start = 0;
  /** The kind of the tag that is being read; `undefined` between tags. */
  #tag: "block" | "variable" | undefined;
  /** The closing brackets that the tag still needs. */
  #brackets: string[] = [];
  #line = 1;
  #lineStart = 0;
  #lineEnd: number;

  constructor({ text }: Source, options: LexerOptions = {}) {
    const { isContinued = false, stripsStart = false } = options;
    this.#isContinued = isContinued;
    // Jinja2 drops one newline at the end.
    this.#text = !isContinued && text.endsWith("\n") ? text.slice(0, -1) : text;
    this.#lineEnd = this.#endOfLine(0);
    if (stripsStart) this.#skip(SPACES_REGEXP);
  }

  /** Reads the next token. */
  next(): Token {
    return this.#tag === undefined ? this.#nextOutside() : this.#nextInside();
  }

  /** The start of the token that was read last, or that could not be read. */
  get position(): Position {
    return this.#position(this.#start);
  }

  #nextOutside(): Token {
    const text = this.#text;
    while (this.#at < text.length) {
      const start = this.#at;
      TAG_REGEXP.lastIndex = start;
      const tag = TAG_REGEXP.exec(text);
      if (tag === null) {
        this.#at = text.length;
        this.stripsNext = false;
        return this.#textToken(text.slice(start), start);
      }
      this.#at = this.#start = tag.index;
      const data = text.slice(start, tag.index);
      const kept = text[tag.index + 2] === "-" ? stripEnd(data) : data;
      if (kept !== "") return this.#textToken(kept, start);
      if (tag[0] === "{#") this.#skipComment();
      else if (tag[0] === "{{") return this.#startTag("variable");
      else if (!this.#skip(RAW_START_REGEXP)) return this.#startTag("block");
      else {
        const raw = this.#readRaw();
        if (raw !== undefined) return raw;
      }
    }
    return { kind: "end", value: "", position: this.#position(this.#at) };
  }

  #startTag(tag: "block" | "variable"): Token {
    const position = this.#position(this.#at);
    const sign = this.#text[this.#at + 2];
    this.#at += sign === "-" || sign === "+" ? 3 : 2;
    this.#tag = tag;
    return tag === "block"
      ? { kind: "blockStart", value: "{%", position }
      : { kind: "variableStart", value: "{{", position };
  }

  #nextInside(): Token {
    this.#skip(SPACES_REGEXP);
    const start = this.#start = this.#at;
    const position = this.#position(start);
    const first = this.#text[start];
    if (first === undefined) return { kind: "end", value: "", position };
    const isBlock = this.#tag === "block";
    const end = isBlock ? BLOCK_END_REGEXP : VARIABLE_END_REGEXP;
    if (
      this.#brackets.length === 0 && "-+%}".includes(first) && this.#skip(end)
    ) {
      this.stripsNext = first === "-";
      this.#tag = undefined;
      return isBlock
        ? { kind: "blockEnd", value: "%}", position }
        : { kind: "variableEnd", value: "}}", position };
    }
    return this.#readCode(first, start, position);
  }

  #readCode(first: string, start: number, position: Position): Token {
    const text = this.#text;
    if (this.#skip(ASCII_NAME_REGEXP)) {
      return { kind: "name", value: text.slice(start, this.#at), position };
    }
    if (first >= "0" && first <= "9") return this.#readNumber(start, position);
    if ((first === "'" || first === '"') && this.#skip(STRING_REGEXP)) {
      const value = decodeString(text.slice(start + 1, this.#at - 1));
      return { kind: "string", value, position };
    }
    if (this.#skip(OPERATOR_REGEXP)) {
      const value = text.slice(start, this.#at);
      this.#matchBracket(value);
      return { kind: "operator", value, position };
    }
    return this.#readUnicodeName(start, position);
  }

  #readNumber(start: number, position: Position): Token {
    if (this.#skip(FLOAT_REGEXP)) {
      const value = readFloat(this.#text.slice(start, this.#at));
      return { kind: "float", value, position };
    }
    this.#skip(INTEGER_REGEXP);
    const value = readInteger(this.#text.slice(start, this.#at));
    return { kind: "integer", value, position };
  }

  /** Unicode's character classes are slow to compile, so this pattern is created when it is needed. */
  #readUnicodeName(start: number, position: Position): Token {
    if (!this.#skip(/[\p{L}\p{N}_]+/uy)) {
      const character = String.fromCodePoint(this.#text.codePointAt(start)!);
      throw new SyntaxFailure(
        `unexpected character '${character}'`,
        [],
        character === "'" || character === '"'
          ? "Close the string with the quote that opens it"
          : undefined,
      );
    }
    const value = this.#text.slice(start, this.#at);
    if (!isIdentifier(value)) {
      throw new SyntaxFailure(`'${value}' is not a valid name`);
    }
    return { kind: "name", value, position };
  }

  #matchBracket(operator: string): void {
    const closing = CLOSING_BRACKETS.get(operator);
    if (closing !== undefined) {
      this.#brackets.push(closing);
    } else if (operator === ")" || operator === "]" || operator === "}") {
      const expected = this.#brackets.pop();
      if (expected === operator) return;
      throw expected === undefined
        ? new SyntaxFailure(`unexpected '${operator}'`)
        : new SyntaxFailure(
          `unexpected '${operator}', expected '${expected}'`,
          [`'${expected}'`],
        );
    }
  }

  #skipComment(): void {
    const text = this.#text;
    COMMENT_END_REGEXP.lastIndex = this.#at + 2;
    const end = COMMENT_END_REGEXP.exec(text);
    if (end !== null) {
      this.stripsNext = end[0].startsWith("-");
      this.#at = end.index + end[0].length;
      return;
    }
    const sign = text[this.#at + 2];
    const start = this.#at + (sign === "-" || sign === "+" ? 3 : 2);
    if (!this.#mayStayOpen(start)) {
      throw new SyntaxFailure(
        "the comment is not closed",
        ["'#}'"],
        "Close it with #}",
      );
    }
    this.#at = text.length;
  }

  /** Reads up to `{% endraw %}`; `undefined` if nothing is before it. */
  #readRaw(): Token | undefined {
    const start = this.#at;
    if (this.#mayStayOpen(start)) return undefined;
    RAW_END_REGEXP.lastIndex = start;
    const end = RAW_END_REGEXP.exec(this.#text);
    if (end === null) {
      throw new SyntaxFailure(
        "the raw block is not closed",
        ["'{% endraw %}'"],
        "Close it with {% endraw %}",
      );
    }
    this.stripsNext = end[2] === "-";
    this.#at = end.index + end[0].length;
    const body = this.#text.slice(start, end.index);
    const kept = end[1] === "-" ? stripEnd(body) : body;
    return kept === "" ? undefined : this.#textToken(kept, start);
  }

  /** Jinja2 accepts a comment or raw block without an end if nothing follows its start. */
  #mayStayOpen(start: number): boolean {
    return start === this.#text.length && !this.#isContinued;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #textToken(value: string, start: number): Token {
    return { kind: "text", value, position: this.#position(start) };
  }

  /** Positions are asked for in ascending order, so lines are counted once. */
  #position(offset: number): Position {
    while (this.#lineEnd < offset) {
      this.#line++;
      this.#lineStart = this.#lineEnd + 1;
      this.#lineEnd = this.#endOfLine(this.#lineStart);
    }
    return { line: this.#line, column: offset - this.#lineStart + 1 };
  }

  #endOfLine(start: number): number {
    const end = this.#text.indexOf("\n", start);
    return end === -1 ? Infinity : end;
  }
}
