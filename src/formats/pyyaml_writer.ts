import { isBreak } from "./pyyaml_scalar.ts";

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

/** Writes YAML and knows its column, as PyYAML's emitter does. */
export class YamlWriter {
  /** What was written. */
  text = "";
  /** How far lines are indented now. */
  indent = 0;
  /** Whether nothing but blanks and indicators stand on the line. */
  isIndention = true;
  #column = 0;
  #isBlank = true;

  /** Writes an indicator such as `-` or `:`. */
  indicator(text: string, needsBlank: boolean, isIndention = false): void {
    this.#write(this.#isBlank || !needsBlank ? text : ` ${text}`);
    this.#isBlank = false;
    this.isIndention &&= isIndention;
  }

  /** Goes to the indentation, on a new line if the line is in use. */
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

  /** Writes a text as it is; a long one is folded at single blanks. */
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

  /** Writes a text in single quotes. */
  singleQuoted(characters: readonly string[], folds: boolean): void {
    this.indicator("'", true);
    const parts = runs(characters);
    for (const [index, run] of parts.entries()) {
      if (isBreak(run[0])) {
        // A single line break reads as a blank, so each is written with one more.
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

  /** Writes a text in double quotes, with escapes. */
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

/** Parts a text into runs of blanks, of line breaks and of everything else. */
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
