import { fail } from "../error.ts";

/** A replacement field of a format string, such as `{0.name[key]!r:>8}`. */
export interface Field {
  /** The argument: its index, its name, or `""` for the next one. */
  readonly first: string | number;
  /** The attributes and items that lead from the argument to the value. */
  readonly steps: readonly Step[];
  /** The character after `!`; `undefined` if there is none. */
  readonly conversion: string | undefined;
  /** What follows `:`, which may have fields in it. */
  readonly spec: string;
}

/** One `.name` or `[key]`. */
export interface Step {
  /** Whether it is `.name`. */
  readonly isAttribute: boolean;
  /** The name, the index or the key. */
  readonly key: string | number;
}

/** Splits a format string into its literal parts and its fields, by Python's rules. */
export function* parseFields(format: string): Generator<string | Field, void> {
  let at = 0;
  while (at < format.length) {
    const brace = nextBrace(format, at);
    if (brace === format.length) {
      yield format.slice(at);
      return;
    }
    if (format[brace] === format[brace + 1]) {
      // A doubled brace stands for one.
      yield format.slice(at, brace + 1);
      at = brace + 2;
      continue;
    }
    if (format[brace] === "}" || brace + 1 === format.length) {
      fail(`Single '${format[brace]}' encountered in format string`);
    }
    if (brace > at) yield format.slice(at, brace);
    const parser = new FieldParser(format, brace + 1);
    yield parser.parse();
    at = parser.at;
  }
}

const BRACE_REGEXP = /[{}]/g;

function nextBrace(text: string, start: number): number {
  BRACE_REGEXP.lastIndex = start;
  return BRACE_REGEXP.exec(text)?.index ?? text.length;
}

class FieldParser {
  readonly #text: string;
  /** The position of the next character. */
  at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  parse(): Field {
    const start = this.at;
    const end = this.#skipName();
    const name = this.#text.slice(start, this.at - 1);
    let conversion: string | undefined;
    if (end === "!") {
      conversion = this.#conversion();
      if (this.#text[this.at - 1] === "}") {
        return { ...parseName(name), conversion, spec: "" };
      }
    }
    const spec = end === "}" ? "" : this.#spec();
    return { ...parseName(name), conversion, spec };
  }

  /** Goes past the name of the field and returns the character after it. */
  #skipName(): string {
    while (this.at < this.#text.length) {
      const character = this.#text[this.at++]!;
      switch (character) {
        case "{":
          fail("unexpected '{' in field name");
          break;
        case "[": {
          const close = this.#text.indexOf("]", this.at);
          this.at = close === -1 ? this.#text.length : close;
          break;
        }
        case "}":
        case ":":
        case "!":
          return character;
      }
    }
    fail("expected '}' before end of string");
  }

  /** Reads the character after `!` and goes past the `:` or `}` after it. */
  #conversion(): string {
    const code = this.#text.codePointAt(this.at);
    if (code === undefined) {
      fail("end of string while looking for conversion specifier");
    }
    const conversion = String.fromCodePoint(code);
    this.at += conversion.length;
    const next = this.#text[this.at++];
    if (next === undefined) fail("unmatched '{' in format spec");
    if (next !== "}" && next !== ":") {
      fail("expected ':' after conversion specifier");
    }
    return conversion;
  }

  /** Reads up to the brace that closes the field. */
  #spec(): string {
    const start = this.at;
    let depth = 1;
    for (;;) {
      const brace = nextBrace(this.#text, this.at);
      if (brace === this.#text.length) fail("unmatched '{' in format spec");
      this.at = brace + 1;
      depth += this.#text[brace] === "{" ? 1 : -1;
      if (depth === 0) return this.#text.slice(start, brace);
    }
  }
}

function parseName(name: string): Pick<Field, "first" | "steps"> {
  const end = name.search(/[.[]/);
  const first = end === -1 ? name : name.slice(0, end);
  const steps: Step[] = [];
  let at = first.length;
  while (at < name.length) {
    if (name[at] === ".") {
      const next = /[.[]/.exec(name.slice(at + 1))?.index;
      const stop = next === undefined ? name.length : at + 1 + next;
      steps.push({ isAttribute: true, key: requireName(name, at + 1, stop) });
      at = stop;
    } else if (name[at] === "[") {
      const stop = name.indexOf("]", at);
      if (stop === -1) fail("Missing ']' in format string");
      const key = requireName(name, at + 1, stop);
      steps.push({ isAttribute: false, key: indexOr(key) });
      at = stop + 1;
    } else {
      fail("Only '.' or '[' may follow ']' in format field specifier");
    }
  }
  return { first: indexOr(first), steps };
}

function requireName(name: string, start: number, end: number): string {
  return name.slice(start, end) || fail("Empty attribute in format string");
}

function indexOr(name: string): string | number {
  if (!/^\d+$/.test(name)) return name;
  const index = Number(name);
  return Number.isSafeInteger(index)
    ? index
    : fail("Too many decimal digits in format string");
}
