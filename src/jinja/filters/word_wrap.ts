import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { characters, isSpace } from "../strings/text.ts";

/** Options of {@linkcode wrapLine}. */
export interface WrapOptions {
  /** The most characters that a line may have. */
  readonly width: number;
  /** Whether a word that is longer than a line is broken. */
  readonly breaksLongWords: boolean;
  /** Whether a word may be broken after a hyphen. */
  readonly breaksOnHyphens: boolean;
}

/** A part of the text that a line is not broken in: from `start` to before `end`. */
interface Chunk {
  start: number;
  readonly end: number;
}

/**
 * Breaks one line into several, as Python's `textwrap.wrap` does.
 *
 * @throws {TemplateFailure} If the width is not positive.
 */
export function wrapLine(
  budget: Budget,
  text: string,
  options: WrapOptions,
): string[] {
  if (options.width <= 0) {
    fail(`invalid width ${options.width} (must be > 0)`);
  }
  const letters = characters(budget, text);
  const chunks = options.breaksOnHyphens
    ? hyphenatedChunks(letters)
    : wordChunks(letters);
  // Reversed, so that the next chunk is taken off the end.
  return new Wrapper(letters, [...chunks].reverse(), options).wrap();
}

/** Puts chunks into lines. */
class Wrapper {
  readonly #letters: readonly string[];
  readonly #chunks: Chunk[];
  readonly #options: WrapOptions;

  constructor(
    letters: readonly string[],
    chunks: Chunk[],
    options: WrapOptions,
  ) {
    this.#letters = letters;
    this.#chunks = chunks;
    this.#options = options;
  }

  wrap(): string[] {
    const lines: string[] = [];
    while (this.#chunks.length > 0) {
      if (lines.length > 0 && this.#isBlank(this.#chunks.at(-1)!)) {
        this.#chunks.pop();
      }
      const line = this.#takeLine();
      if (line.length > 0 && this.#isBlank(line.at(-1)!)) line.pop();
      if (line.length > 0) lines.push(this.#textOf(line));
    }
    return lines;
  }

  #takeLine(): Chunk[] {
    const { width } = this.#options;
    const line: Chunk[] = [];
    let length = 0;
    for (;;) {
      const chunk = this.#chunks.at(-1);
      if (chunk === undefined) return line;
      const size = chunk.end - chunk.start;
      if (length + size > width) {
        if (size > width) this.#placeLongWord(chunk, line, width - length);
        return line;
      }
      line.push(chunk);
      this.#chunks.pop();
      length += size;
    }
  }

  /** Puts as much of a word that is longer than a line into the line as fits. */
  #placeLongWord(chunk: Chunk, line: Chunk[], space: number): void {
    if (!this.#options.breaksLongWords) {
      if (line.length > 0) return;
      line.push(chunk);
      this.#chunks.pop();
      return;
    }
    const end = this.#breakAt(chunk, chunk.start + space);
    line.push({ start: chunk.start, end });
    chunk.start = end;
  }

  /** Returns where a long word is broken: after its last hyphen before `limit`, else there. */
  #breakAt({ start }: Chunk, limit: number): number {
    if (!this.#options.breaksOnHyphens) return limit;
    let hyphen = limit - 1;
    while (hyphen > start && this.#letters[hyphen] !== "-") hyphen--;
    for (let at = start; at < hyphen; at++) {
      if (this.#letters[at] !== "-") return hyphen + 1;
    }
    return limit;
  }

  #isBlank({ start, end }: Chunk): boolean {
    for (let at = start; at < end; at++) {
      if (!isSpace(this.#letters[at]!)) return false;
    }
    return true;
  }

  #textOf(line: readonly Chunk[]): string {
    const [first] = line;
    return this.#letters.slice(first?.start, line.at(-1)?.end).join("");
  }
}

/** Reports whether a line can be broken at a character; not at every white space of Unicode. */
function isBreak(letter: string | undefined): boolean {
  return letter !== undefined && /^[\t-\r ]$/.test(letter);
}

function isWordCharacter(letter: string | undefined): boolean {
  return letter !== undefined && /^[\p{L}\p{N}_]$/u.test(letter);
}

function isLetter(letter: string | undefined): boolean {
  return letter !== undefined && /^[\p{L}\p{Nl}\p{No}_]$/u.test(letter);
}

/** Reports whether a character can stand before a dash or inside a word. */
function isWordOrPunctuation(letter: string | undefined): boolean {
  return letter !== undefined && /^[\p{L}\p{N}_!"'&.,?]$/u.test(letter);
}

/** Splits text between white space and words. */
function* wordChunks(letters: readonly string[]): Generator<Chunk, void> {
  let start = 0;
  for (let at = 1; at <= letters.length; at++) {
    const isEnd = at === letters.length ||
      isBreak(letters[at]) !== isBreak(letters[start]);
    if (!isEnd) continue;
    yield { start, end: at };
    start = at;
  }
}

/** Splits text between white space and words, and words after hyphens and around dashes. */
function* hyphenatedChunks(
  letters: readonly string[],
): Generator<Chunk, void> {
  const dashes = dashEnds(letters);
  for (const { start, end } of wordChunks(letters)) {
    if (isBreak(letters[start])) yield { start, end };
    else yield* wordParts(letters, dashes, start, end);
  }
}

function* wordParts(
  letters: readonly string[],
  dashes: readonly number[],
  start: number,
  end: number,
): Generator<Chunk, void> {
  let from = start;
  while (from < end) {
    const dash = dashes[from];
    const to = dash !== undefined && isWordOrPunctuation(letters[from - 1])
      ? dash
      : partEnd(letters, dashes, from, end);
    yield { start: from, end: to };
    from = to;
  }
}

/** Returns where the part of a word that starts at `from` ends. */
function partEnd(
  letters: readonly string[],
  dashes: readonly number[],
  from: number,
  end: number,
): number {
  for (let at = from + 1; at < end; at++) {
    if (letters[at] === "-" && isHyphen(letters, at)) return at + 1;
    const isDash = dashes[at] !== undefined &&
      isWordOrPunctuation(letters[at - 1]);
    if (isDash) return at;
  }
  return end;
}

/** Reports whether a hyphen joins two parts of a word. */
function isHyphen(letters: readonly string[], at: number): boolean {
  const follows = isLetter(letters[at - 1]) && isLetter(letters[at - 2]) ||
    isWordOrPunctuation(letters[at - 1]) && letters[at - 2] === "-" &&
      isLetter(letters[at - 3]);
  if (!follows || !isLetter(letters[at + 1])) return false;
  return isLetter(letters[at + 2]) ||
    letters[at + 2] === "-" && isLetter(letters[at + 3]);
}

/** Returns, for each hyphen of a dash (two or more before a word), where the dash ends. */
function dashEnds(letters: readonly string[]): readonly number[] {
  const ends: number[] = [];
  let end = 0;
  // From the end, so that every run of hyphens is passed once.
  for (let at = letters.length - 1; at >= 0; at--) {
    if (letters[at] !== "-") continue;
    if (letters[at + 1] !== "-") end = at + 1;
    else if (isWordCharacter(letters[end])) ends[at] = end;
  }
  return ends;
}
