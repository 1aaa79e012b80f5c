import { fail } from "../error.ts";

/** A format specification such as `*>+#10,.2f`. */
export interface FormatSpec {
  /** The character that fills the field. */
  readonly fill: string;
  /** Where the value stands; `=` puts the fill behind the sign. */
  readonly align: "<" | ">" | "=" | "^";
  /** What positive numbers start with: nothing for `-`. */
  readonly sign: "" | "-" | "+" | " ";
  /** Whether a negative zero loses its sign. */
  readonly dropsNegativeZero: boolean;
  /** Whether it has `#`. */
  readonly isAlternate: boolean;
  /** The least number of characters. */
  readonly width: number;
  /** What separates groups of digits. */
  readonly grouping: "" | "," | "_";
  /** The count of decimals or digits, or the most characters; `undefined` if it is left out. */
  readonly precision: number | undefined;
  /** The letter at the end; `""` if it is left out. */
  readonly type: string;
}

const ALIGNMENTS = ["<", ">", "=", "^"] as const;
/** The types of numbers that take `,` and `_`, and those that take `_` only. */
const GROUPED_TYPES = "deEfFgG%";
const UNDERSCORED_TYPES = "boxX";

/**
 * Parses a format specification.
 *
 * @param text The specification.
 * @param typeName The type of the value that is formatted.
 * @throws {TemplateFailure} If it is malformed.
 */
export function parseSpec(text: string, typeName: string): FormatSpec {
  const isText = typeName === "str";
  const scanner = new Scanner(text);
  const fill = scanner.takeFill();
  const align = scanner.take(...ALIGNMENTS);
  const sign = scanner.take(" ", "-", "+");
  const dropsNegativeZero = scanner.take("z") !== "";
  const isAlternate = scanner.take("#") !== "";
  // With a fill, a zero is a digit of the width.
  const isZeroFilled = fill === "" && scanner.take("0") !== "";
  const width = scanner.takeInteger() ?? 0;
  const grouping = scanner.takeGrouping();
  const precision = scanner.take(".") === ""
    ? undefined
    : scanner.takeInteger() ?? fail("Format specifier missing precision");
  const type = scanner.takeCharacter();
  if (!scanner.isAtEnd) {
    fail(`Invalid format specifier '${text}' for object of type '${typeName}'`);
  }
  checkGrouping(grouping, type || (isText ? "s" : "d"));
  return {
    fill: fill || (isZeroFilled ? "0" : " "),
    align: align || (isText ? "<" : isZeroFilled ? "=" : ">"),
    sign,
    dropsNegativeZero,
    isAlternate,
    width,
    grouping,
    precision,
    type,
  };
}

function checkGrouping(grouping: string, type: string): void {
  if (grouping === "" || GROUPED_TYPES.includes(type)) return;
  if (grouping === "_" && UNDERSCORED_TYPES.includes(type)) return;
  fail(`Cannot specify '${grouping}' with '${showCharacter(type)}'.`);
}

/** Shows a character that is unknown, as Python does in messages. */
export function showCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  return code > 0x20 && code < 0x7f ? character : `\\x${code.toString(16)}`;
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** Takes a character that stands before an alignment. */
  takeFill(): string {
    const fill = this.#peek();
    const next = this.#text[fill.length];
    if (ALIGNMENTS.every((align) => align !== next)) return "";
    this.#at = fill.length;
    return fill;
  }

  /** Takes one of some characters. */
  take<T extends string>(...allowed: readonly T[]): T | "" {
    const character = allowed.find((one) => one === this.#text[this.#at]);
    if (character === undefined) return "";
    this.#at++;
    return character;
  }

  takeInteger(): number | undefined {
    const digits = /^\d*/.exec(this.#text.slice(this.#at))![0];
    this.#at += digits.length;
    if (digits === "") return undefined;
    const integer = Number(digits);
    return Number.isSafeInteger(integer)
      ? integer
      : fail("Too many decimal digits in format string");
  }

  takeGrouping(): FormatSpec["grouping"] {
    const grouping = this.take(",", "_");
    const other = grouping === "," ? "_" : ",";
    if (grouping !== "" && this.take(other) !== "") {
      fail("Cannot specify both ',' and '_'.");
    }
    return grouping;
  }

  /** Takes the next character, whatever it is. */
  takeCharacter(): string {
    const character = this.#peek();
    this.#at += character.length;
    return character;
  }

  #peek(): string {
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? "" : String.fromCodePoint(code);
  }
}
