import { fail } from "./failure.ts";
import { strip } from "./string_parts.ts";
import { sliceText, textLength } from "./text.ts";

/** How {@linkcode wrapText} breaks lines. */
export interface WrapOptions {
  /** The longest that a line may be. */
  readonly width: number;
  /** Whether words that are longer are cut. */
  readonly breaksLongWords: boolean;
  /** Whether words may be parted behind a hyphen. */
  readonly breaksOnHyphens: boolean;
}

/** Breaks one line into lines, as Python's `textwrap.wrap` does. */
export function wrapText(text: string, options: WrapOptions): string[] {
  const { width } = options;
  if (width <= 0) fail("a width must be more than 0");
  const chunks = text.split(chunkPattern(options))
    .filter((chunk) => chunk !== "")
    .reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    const line: string[] = [];
    let length = 0;
    if (lines.length > 0 && strip(chunks.at(-1)!) === "") chunks.pop();
    while (chunks.length > 0) {
      const size = textLength(chunks.at(-1)!);
      if (length + size > width) break;
      line.push(chunks.pop()!);
      length += size;
    }
    if (chunks.length > 0 && textLength(chunks.at(-1)!) > width) {
      placeLongWord(chunks, line, width - length, options);
    }
    if (line.length > 0 && strip(line.at(-1)!) === "") line.pop();
    if (line.length > 0) lines.push(line.join(""));
  }
  return lines;
}

// No constant: every process that renders would spend a millisecond on it.
function chunkPattern({ breaksOnHyphens }: WrapOptions): RegExp {
  if (!breaksOnHyphens) return /([\t-\r ]+)/;
  return /([\t-\r ]+|(?<=[\p{L}\p{N}_!"'&.,?])-{2,}(?=[\p{L}\p{N}_])|[^\t-\r ]+?(?:-(?:(?<=[\p{L}_]{2}-)|(?<=[\p{L}_]-[\p{L}\p{N}_!"'&.,?]-))(?=[\p{L}_]-?[\p{L}_])|(?=[\t-\r ]|$)|(?<=[\p{L}\p{N}_!"'&.,?])(?=-{2,}[\p{L}\p{N}_])))/u;
}

function placeLongWord(
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
  if (breaksOnHyphens && textLength(word) > space) {
    const hyphen = sliceText(word, 0, space).lastIndexOf("-");
    if (hyphen > 0 && /[^-]/.test(word.slice(0, hyphen))) end = hyphen + 1;
  }
  line.push(sliceText(word, 0, end));
  chunks[chunks.length - 1] = sliceText(word, end);
}
