import type { Runtime } from "../runtime/runtime.ts";
import { Markup } from "../values/markup.ts";

const WORDS =
  "ac adipiscing aliquam amet ante arcu at auctor augue bibendum blandit commodo congue consectetur convallis cras cum cursus dapibus diam dictum dolor donec dui egestas eget elit enim erat est et etiam eu facilisis fames faucibus felis feugiat fusce habitant iaculis id imperdiet in integer ipsum justo lacus laoreet lectus leo libero ligula lorem luctus magna mattis mauris metus mi molestie mollis morbi nam nec neque nibh nisi nisl non nulla nunc odio orci ornare pede pellentesque pharetra porta potenti praesent pretium proin purus quam quis rhoncus risus rutrum sagittis sapien sed sem semper sit sociis sodales tellus tempor tempus tincidunt tortor tristique turpis ultrices urna ut varius vel velit vestibulum vitae vivamus viverra volutpat vulputate"
    .split(" ");

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

/** Writes paragraphs of random words. */
export function loremIpsum(
  runtime: Runtime,
  { paragraphs, isHtml, min, max }: LoremIpsumOptions,
): string | Markup {
  runtime.budget.step(Math.max(0, paragraphs * max));
  const texts = Array.from({ length: Math.max(0, paragraphs) }, () => {
    const count = min + Math.floor(Math.random() * Math.max(1, max - min));
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
