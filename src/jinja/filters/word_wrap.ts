import type { Budget } from "../runtime/budget.ts";
import { fail } from "../error.ts";
import { strip } from "../methods/string_strip.ts";
import { sliceText, textLength } from "../strings/characters.ts";

/** Options of {@linkcode wrapLine}. */
interface WrapOptions {
  /** The most characters that a line may have. */
  readonly width: number;
  /** Whether a word that is longer than a line is broken. */
  readonly breaksLongWords: boolean;
  /** Whether a word may be broken after a hyphen. */
  readonly breaksOnHyphens: boolean;
}

/** Breaks one line into several, as Python's `textwrap.wrap` does. */
export function wrapLine(
  budget: Budget,
  text: string,
  options: WrapOptions,
): string[] {
  const { width } = options;
  if (width <= 0) fail(`invalid width ${width} (must be > 0)`);
  // Reversed, so that the next chunk is taken off the end.
  const chunks = text.split(chunkPattern(options))
    .filter((chunk) => chunk !== "")
    .reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    const line: string[] = [];
    let length = 0;
    if (lines.length > 0 && strip(budget, chunks.at(-1)!) === "") chunks.pop();
    while (chunks.length > 0) {
      const size = textLength(budget, chunks.at(-1)!);
      if (length + size > width) break;
      line.push(chunks.pop()!);
      length += size;
    }
    if (
      chunks.length > 0 && textLength(budget, chunks.at(-1)!) > width
    ) {
      placeLongWord(budget, chunks, line, width - length, options);
    }
    if (line.length > 0 && strip(budget, line.at(-1)!) === "") line.pop();
    if (line.length > 0) lines.push(line.join(""));
  }
  return lines;
}

// Not constants: compiling the second takes a millisecond, and few templates
// wrap lines.
function chunkPattern({ breaksOnHyphens }: WrapOptions): RegExp {
  if (!breaksOnHyphens) return /([\t-\r ]+)/;
  return /([\t-\r ]+|(?<=[\p{L}\p{N}_!"'&.,?])-{2,}(?=[\p{L}\p{N}_])|[^\t-\r ]+?(?:-(?:(?<=[\p{L}_]{2}-)|(?<=[\p{L}_]-[\p{L}\p{N}_!"'&.,?]-))(?=[\p{L}_]-?[\p{L}_])|(?=[\t-\r ]|$)|(?<=[\p{L}\p{N}_!"'&.,?])(?=-{2,}[\p{L}\p{N}_])))/u;
}

/** Puts as much of a word that is longer than a line into the line as fits. */
function placeLongWord(
  budget: Budget,
  chunks: string[],
  line: string[],
  space: number,
  { breaksLongWords, breaksOnHyphens }: WrapOptions,
): void {
  const word = chunks.at(-1)!;
  if (!breaksLongWords) {
    if (line.length === 0) line.push(chunks.pop()!);
    return;
  }
  let end = space;
  if (breaksOnHyphens && textLength(budget, word) > space) {
    const hyphen = sliceText(budget, word, 0, space).lastIndexOf("-");
    if (hyphen > 0 && /[^-]/.test(word.slice(0, hyphen))) end = hyphen + 1;
  }
  line.push(sliceText(budget, word, 0, end));
  chunks[chunks.length - 1] = sliceText(budget, word, end);
}
