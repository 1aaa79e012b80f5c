/** How YAML may write a scalar on one line. */
type ScalarStyle = "plain" | "single" | "double";

// Plain scalars that PyYAML does not read as strings.
const OTHER_KINDS: readonly RegExp[] = [
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|~|null|Null|NULL||<<|=)$/,
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/,
];
const BREAKS = "\n\x85\u2028\u2029";
const BLANKS = `\0 \t\r${BREAKS}`;
const FIRST_INDICATORS = "#,[]{}&*!|>'\"%@`";

/** Reports whether PyYAML reads a plain scalar as a string. */
export function readsAsText(text: string): boolean {
  return !OTHER_KINDS.some((pattern) => pattern.test(text));
}

/** Reports whether a character is a line break in YAML 1.1. */
function isBreak(character: string | undefined): boolean {
  return character !== undefined && BREAKS.includes(character);
}

function isBlankOrEnd(character: string | undefined): boolean {
  return character === undefined || BLANKS.includes(character);
}

/** The properties of a string from which PyYAML chooses a style. */
interface Analysis {
  hasIndicators: boolean;
  hasBreaks: boolean;
  hasSpecials: boolean;
  hasOuterBlank: boolean;
  hasBlankAfterBreak: boolean;
  hasBreakAfterBlank: boolean;
}

/** Reports whether a string has line breaks, which keys cannot have. */
export function isMultiline(text: string): boolean {
  return /[\n\x85\u2028\u2029]/.test(text);
}

/** Chooses the style of a scalar outside of brackets, as PyYAML does. */
export function scalarStyle(
  characters: readonly string[],
  isImplicit: boolean,
  isKey: boolean,
): ScalarStyle {
  if (characters.length === 0) return isImplicit && !isKey ? "plain" : "single";
  const analysis = analyze(characters);
  const needsQuotes = analysis.hasIndicators || analysis.hasBreaks ||
    analysis.hasOuterBlank || analysis.hasSpecials ||
    analysis.hasBlankAfterBreak || analysis.hasBreakAfterBlank;
  if (isImplicit && !needsQuotes) return "plain";
  const needsEscapes = analysis.hasSpecials || analysis.hasBlankAfterBreak ||
    analysis.hasBreakAfterBlank || (isKey && analysis.hasBreaks);
  return needsEscapes ? "double" : "single";
}

function analyze(characters: readonly string[]): Analysis {
  const text = characters.slice(0, 3).join("");
  const last = characters.at(-1)!;
  const analysis: Analysis = {
    hasIndicators: text === "---" || text === "...",
    hasBreaks: false,
    hasSpecials: false,
    hasOuterBlank: isSpaceOrBreak(characters[0]!) || isSpaceOrBreak(last),
    hasBlankAfterBreak: false,
    hasBreakAfterBlank: false,
  };
  for (const [index, character] of characters.entries()) {
    const before = characters[index - 1];
    const after = characters[index + 1];
    analysis.hasIndicators ||= index === 0
      ? FIRST_INDICATORS.includes(character) ||
        ("?:-".includes(character) && isBlankOrEnd(after))
      : (character === ":" && isBlankOrEnd(after)) ||
        (character === "#" && isBlankOrEnd(before));
    analysis.hasBreaks ||= isBreak(character);
    analysis.hasSpecials ||= character !== "\n" && !/[ -~]/.test(character);
    analysis.hasBlankAfterBreak ||= character === " " && isBreak(before);
    analysis.hasBreakAfterBlank ||= isBreak(character) && before === " ";
  }
  return analysis;
}

function isSpaceOrBreak(character: string): boolean {
  return character === " " || isBreak(character);
}

const MAX_WIDTH = 80;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\0", "0"],
  ["\x07", "a"],
  ["\b", "b"],
  ["\t", "t"],
  ["\n", "n"],
  ["\v", "v"],
  ["\f", "f"],
  ["\r", "r"],
  ["\x1b", "e"],
  ['"', '"'],
  ["\\", "\\"],
  ["\x85", "N"],
  ["\xa0", "_"],
  ["\u2028", "L"],
  ["\u2029", "P"],
]);

/** Writes YAML and keeps track of the column, as PyYAML's emitter does. */
export class YamlWriter {
  /** The YAML so far. */
  text = "";
  /** The indentation of new lines. */
  indent = 0;
  /** Whether the line has nothing but spaces and indicators. */
  isIndention = true;
  #column = 0;
  #isBlank = true;

  /** Writes an indicator such as `-` or `:`. */
  indicator(text: string, needsBlank: boolean, isIndention = false): void {
    this.#write(this.#isBlank || !needsBlank ? text : ` ${text}`);
    this.#isBlank = false;
    this.isIndention &&= isIndention;
  }

  /** Moves to the indentation, on a new line if the line has content. */
  startLine(): void {
    const isUsed = !this.isIndention || this.#column > this.indent ||
      (this.#column === this.indent && !this.#isBlank);
    if (isUsed) this.#breakLine();
    if (this.#column < this.indent) {
      this.#isBlank = true;
      this.#write(" ".repeat(this.indent - this.#column));
    }
  }

  #breakLine(lineBreak = "\n"): void {
    this.#isBlank = true;
    this.isIndention = true;
    this.text += lineBreak;
    this.#column = 0;
  }

  #write(text: string): void {
    this.text += text;
    this.#column += text.length;
  }

  /** Writes a plain scalar; a long one is folded at single spaces. */
  plain(characters: readonly string[], folds: boolean): void {
    if (characters.length === 0) return;
    if (!this.#isBlank) this.#write(" ");
    this.#isBlank = false;
    this.isIndention = false;
    for (const run of runs(characters)) {
      if (run === " " && folds && this.#column > MAX_WIDTH) {
        this.startLine();
        this.#isBlank = false;
        this.isIndention = false;
      } else {
        this.#writeRun(run);
      }
    }
  }

  #writeRun(run: string): void {
    this.text += run;
    this.#column += Array.from(run).length;
  }

  /** Writes a scalar in single quotes. */
  singleQuoted(characters: readonly string[], folds: boolean): void {
    this.indicator("'", true);
    const parts = runs(characters);
    for (const [index, run] of parts.entries()) {
      if (isBreak(run[0])) {
        // A single line break is read as a space, so each run gets one more.
        if (run.startsWith("\n")) this.#breakLine();
        for (const lineBreak of run) this.#breakLine(lineBreak);
        this.startLine();
      } else if (
        run === " " && folds && this.#column > MAX_WIDTH && index > 0 &&
        index < parts.length - 1
      ) {
        this.startLine();
      } else {
        this.#writeRun(run.replaceAll("'", "''"));
      }
    }
    this.indicator("'", false);
  }

  /** Writes a scalar in double quotes, with escapes. */
  doubleQuoted(characters: readonly string[], folds: boolean): void {
    this.indicator('"', true);
    let start = 0;
    for (let end = 0; end <= characters.length; end++) {
      const character = characters[end];
      const isPlain = character !== undefined && /[ -~]/.test(character) &&
        character !== '"' && character !== "\\";
      if (!isPlain) {
        this.#write(characters.slice(start, end).join(""));
        start = end;
        if (character !== undefined) {
          this.#write(escape(character));
          start = end + 1;
        }
      }
      const mayFold = folds && end > 0 && end < characters.length - 1 &&
        (character === " " || start >= end);
      if (mayFold && this.#column + (end - start) > MAX_WIDTH) {
        this.#write(`${characters.slice(start, end).join("")}\\`);
        start = Math.max(start, end);
        this.startLine();
        this.#isBlank = false;
        this.isIndention = false;
        if (characters[start] === " ") this.#write("\\");
      }
    }
    this.indicator('"', false);
  }
}

/** Splits a string into runs of spaces, of line breaks and of other characters. */
function runs(characters: readonly string[]): string[] {
  const parts: string[] = [];
  let last = "";
  for (const character of characters) {
    const kind = character === " " ? " " : isBreak(character) ? "\n" : "x";
    if (kind === last) parts[parts.length - 1] += character;
    else parts.push(character);
    last = kind;
  }
  return parts;
}

function escape(character: string): string {
  const short = ESCAPES.get(character);
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0)!;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${digits.padStart(4, "0")}`;
  return `\\U${digits.padStart(8, "0")}`;
}
