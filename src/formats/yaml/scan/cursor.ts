/** Why text is not YAML, and where. */
export class YamlFault extends Error {
  /** The offset of the first character that is wrong. */
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

const LINE_REGEXP = /[^\0\n\r\x85\u2028\u2029]+/y;
const NON_PRINTABLE_REGEXP =
  /[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The end of the text. */
export const END = 0;
export const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
export const SPACE = 0x20;
const NEXT_LINE = 0x85;
const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;
const BYTE_ORDER_MARK = 0xfeff;

/** Reports whether a character ends a line in YAML 1.1. */
export function isBreak(unit: number): boolean {
  return unit === LINE_FEED || unit === CARRIAGE_RETURN ||
    unit === NEXT_LINE || unit === LINE_SEPARATOR ||
    unit === PARAGRAPH_SEPARATOR;
}

/** Reports whether a character ends a line or the text. */
export function isBreakOrEnd(unit: number): boolean {
  return unit === END || isBreak(unit);
}

/** Reports whether a character separates tokens. */
export function isBlank(unit: number): boolean {
  return unit === SPACE || unit === TAB || isBreakOrEnd(unit);
}

/** Reports whether a character is a letter, a digit, `-` or `_`. */
export function isWordUnit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39 || unit >= 0x41 && unit <= 0x5a ||
    unit >= 0x61 && unit <= 0x7a || unit === 0x2d || unit === 0x5f;
}

/** A position in YAML text. */
export class Cursor {
  /** The text and one NUL, which no YAML has. */
  readonly text: string;
  /** The offset of the next character. */
  offset = 0;
  /** The offset of the first character of the line. */
  lineStart = 0;

  /** @throws {YamlFault} If the text has a character that YAML forbids. */
  constructor(text: string) {
    const forbidden = NON_PRINTABLE_REGEXP.exec(text);
    if (forbidden !== null) {
      const code = forbidden[0].codePointAt(0)!.toString(16).toUpperCase();
      throw new YamlFault(
        forbidden.index,
        `the character U+${code.padStart(4, "0")} is not allowed`,
      );
    }
    this.text = `${text}\0`;
    if (this.unit() === BYTE_ORDER_MARK) this.offset = this.lineStart = 1;
  }

  /** The number of characters before the next one in its line. */
  get column(): number {
    return this.offset - this.lineStart;
  }

  /** Returns the UTF-16 unit at a distance from the next character. */
  unit(distance = 0): number {
    return this.text.charCodeAt(this.offset + distance);
  }

  /** Moves past a number of characters that are not line breaks. */
  skip(count: number): void {
    this.offset += count;
  }

  /** Moves past all characters of one kind; returns how many there were. */
  skipAll(unit: number): number {
    const { text, offset: start } = this;
    let { offset } = this;
    while (text.charCodeAt(offset) === unit) offset += 1;
    this.offset = offset;
    return offset - start;
  }

  /**
   * Moves past what a pattern matches.
   *
   * @param pattern A sticky regular expression.
   * @returns What it matches, or an empty string.
   */
  takeMatch(pattern: RegExp): string {
    pattern.lastIndex = this.offset;
    if (!pattern.test(this.text)) return "";
    const start = this.offset;
    this.offset = pattern.lastIndex;
    return this.text.slice(start, this.offset);
  }

  /** Moves to the end of the line. */
  takeLine(): string {
    return this.takeMatch(LINE_REGEXP);
  }

  /** Moves past a comment if one starts here. */
  skipComment(): void {
    if (this.unit() === 0x23) this.takeLine();
  }

  /**
   * Moves past a line break if there is one.
   *
   * @returns The break as YAML reads it, or an empty string.
   */
  takeBreak(): string {
    const unit = this.unit();
    if (!isBreak(unit)) return "";
    const isPair = unit === CARRIAGE_RETURN && this.unit(1) === LINE_FEED;
    this.offset += isPair ? 2 : 1;
    this.lineStart = this.offset;
    if (unit === LINE_SEPARATOR) return "\u2028";
    return unit === PARAGRAPH_SEPARATOR ? "\u2029" : "\n";
  }

  /** Reports whether `---` or `...` stands here at the start of a line. */
  isAtMarker(character: "-" | "." | undefined = undefined): boolean {
    if (this.column !== 0) return false;
    const unit = this.unit();
    return (character === undefined
      ? unit === 0x2d || unit === 0x2e
      : unit === character.charCodeAt(0)) &&
      this.unit(1) === unit && this.unit(2) === unit && isBlank(this.unit(3));
  }

  /** Fails at the next character. */
  fail(reason: string): never {
    throw new YamlFault(this.offset, reason);
  }

  /** Describes the next character for messages. */
  found(): string {
    const unit = this.unit();
    if (unit === END) return "the end";
    if (isBreak(unit)) return "the end of the line";
    if (unit === TAB) return "a tab";
    return `"${String.fromCodePoint(this.text.codePointAt(this.offset)!)}"`;
  }
}
