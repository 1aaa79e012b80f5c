import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { htmlIf, Markup } from "../values/markup.ts";

const WORDS =
  "ac adipiscing aliquam amet ante arcu at auctor augue bibendum blandit commodo congue consectetur convallis cras cum cursus dapibus diam dictum dolor donec dui egestas eget elit enim erat est et etiam eu facilisis fames faucibus felis feugiat fusce habitant iaculis id imperdiet in integer ipsum justo lacus laoreet lectus leo libero ligula lorem luctus magna mattis mauris metus mi molestie mollis morbi nam nec neque nibh nisi nisl non nulla nunc odio orci ornare pede pellentesque pharetra porta potenti praesent pretium proin purus quam quis rhoncus risus rutrum sagittis sapien sed sem semper sit sociis sodales tellus tempor tempus tincidunt tortor tristique turpis ultrices urna ut varius vel velit vestibulum vitae vivamus viverra volutpat vulputate"
    .split(" ");

/** The length of the longest word and the space after it. */
const LONGEST_WORD = 13;

/** Options of {@linkcode loremIpsum}. */
interface LoremIpsumOptions {
  /** The number of paragraphs. */
  readonly paragraphs: number;
  /** Whether each paragraph is in a `<p>`. */
  readonly isHtml: boolean;
  /** The fewest words of a paragraph. */
  readonly min: number;
  /** One more than the most words of a paragraph. */
  readonly max: number;
}

/**
 * Writes paragraphs of random words.
 *
 * @throws {TemplateFailure} If `min` is not below `max`.
 */
export function loremIpsum(
  budget: Budget,
  { paragraphs, isHtml, min, max }: LoremIpsumOptions,
): string | Markup {
  if (paragraphs <= 0) return htmlIf(isHtml, "");
  if (min >= max) {
    fail(`empty range for randrange() (${min}, ${max}, ${max - min})`);
  }
  budget.allocateList(paragraphs * Math.max(1, max));
  budget.allocateString(paragraphs * Math.max(1, max) * LONGEST_WORD);
  const texts = Array.from({ length: paragraphs }, () => {
    const count = Math.max(0, min + Math.floor(Math.random() * (max - min)));
    const words = Array.from({ length: count }, randomWord).join(" ");
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  });
  return isHtml
    ? new Markup(texts.map((text) => `<p>${text}</p>`).join("\n"))
    : texts.join("\n\n");
}

function randomWord(): string {
  return WORDS[Math.floor(Math.random() * WORDS.length)]!;
}
