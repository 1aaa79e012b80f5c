import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { textLength } from "../strings/text.ts";
import { zeros } from "./digits.ts";

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

/** Returns the sign that stands in front of a number. */
export function signOf(isNegative: boolean, { sign }: FormatSpec): string {
  if (isNegative) return "-";
  return sign === "-" ? "" : sign;
}

/** The types whose digits are grouped by four. */
const BASE_TYPES: readonly string[] = ["b", "o", "x", "X"];

/** Groups the digits of a number and puts it into its field. */
export function placeNumber(
  budget: Budget,
  prefix: string,
  body: string,
  spec: FormatSpec,
): string {
  if (
    spec.grouping === "" || !/^[\da-f]/i.test(body) ||
    /^(?:inf|nan)/i.test(body)
  ) return align(budget, prefix, body, spec);
  const size = BASE_TYPES.includes(spec.type) ? 4 : 3;
  const digits = (size === 3 ? /^\d*/ : /^[\da-f]*/i).exec(body)![0];
  const rest = body.slice(digits.length);
  const isFilled = spec.align === "=" && spec.fill === "0";
  const width = isFilled ? spec.width - prefix.length - rest.length : 0;
  const grouped = group(budget, digits, size, width, spec.grouping);
  return align(budget, prefix, grouped + rest, spec);
}

/** Separates groups of digits, after zeros that fill up a width. */
function group(
  budget: Budget,
  digits: string,
  size: number,
  width: number,
  separator: string,
): string {
  const needed = Math.max(0, width - Math.floor(width / (size + 1)));
  // A separator cannot stand in front.
  const isShort = needed > 0 &&
    needed + Math.floor((needed - 1) / size) < width;
  const missing = Math.max(0, needed + (isShort ? 1 : 0) - digits.length);
  const all = zeros(budget, missing) + digits;
  const count = Math.ceil(all.length / size);
  budget.allocateList(count);
  budget.allocateString(all.length + count);
  const first = all.length - (count - 1) * size;
  return Array.from({ length: count }, (_, index) => {
    const end = first + index * size;
    return all.slice(Math.max(0, end - size), end);
  }).join(separator);
}

/** Puts a prefix, such as a sign, and what follows it into a field. */
export function align(
  budget: Budget,
  prefix: string,
  body: string,
  spec: FormatSpec,
): string {
  const text = prefix + body;
  const missing = spec.width - textLength(budget, text);
  if (missing <= 0) return text;
  budget.allocateString(missing * spec.fill.length + text.length);
  switch (spec.align) {
    case "<":
      return text + spec.fill.repeat(missing);
    case ">":
      return spec.fill.repeat(missing) + text;
    case "=":
      return prefix + spec.fill.repeat(missing) + body;
    case "^": {
      const left = Math.floor(missing / 2);
      return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
    }
  }
}
