import type { Budget } from "../runtime/budget.ts";
import { characters, sliceText } from "../strings/characters.ts";
import { escapeText } from "../strings/escape.ts";

/** Options of {@linkcode urlize}. */
interface UrlizeOptions {
  /** Returns the most characters of a URL that are shown. Called at the first URL. */
  readonly limit: (() => number) | undefined;
  /** The `rel` of each link. */
  readonly rel: string;
  /** The `target` of each link. */
  readonly target: string | undefined;
  /** URI schemes that are linked beside `http`, `https` and `mailto`, such as `tel:`. */
  readonly extraSchemes: readonly string[];
}

const HEAD_REGEXP = /^(?:[(<]|&lt;)+/;
const BRACKETS: readonly [string, string][] = [
  ["(", ")"],
  ["<", ">"],
  ["&lt;", "&gt;"],
];
const TAILS = [")", ">", ".", ",", "\n", "&gt;"];

/** Makes links of the URLs and email addresses in a string that is already escaped. */
export function urlize(
  budget: Budget,
  text: string,
  options: UrlizeOptions,
): string {
  return text.split(/(\s+)/)
    .map((word) => linkWord(budget, word, options))
    .join("");
}

function linkWord(
  budget: Budget,
  word: string,
  options: UrlizeOptions,
): string {
  const head = HEAD_REGEXP.exec(word)?.[0] ?? "";
  let middle = word.slice(head.length);
  let tail = "";
  for (;;) {
    const end = TAILS.find((ending) => middle.endsWith(ending));
    if (end === undefined) break;
    tail = end + tail;
    middle = middle.slice(0, -end.length);
  }
  for (const [open, close] of BRACKETS) {
    // A closing bracket belongs to the URL if the URL opens it.
    let missing = count(middle, open) - count(middle, close);
    for (; missing > 0 && tail.includes(close); missing--) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return head + link(budget, middle, options) + tail;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function shorten(budget: Budget, word: string, limit = Infinity): string {
  return characters(budget, word).length > limit
    ? `${sliceText(budget, word, 0, limit)}...`
    : word;
}

function link(budget: Budget, word: string, options: UrlizeOptions): string {
  const { rel, target, extraSchemes } = options;
  const attributes = (rel === "" ? "" : ` rel="${escapeText(rel)}"`) +
    (target === undefined ? "" : ` target="${escapeText(target)}"`);
  if (isWebAddress(word)) {
    const isComplete = /^https?:\/\//.test(word);
    const address = isComplete ? word : `https://${word}`;
    const shown = shorten(budget, word, options.limit?.());
    return `<a href="${address}"${attributes}>${shown}</a>`;
  }
  if (word.startsWith("mailto:") && isMailAddress(word.slice(7))) {
    return `<a href="${word}">${word.slice(7)}</a>`;
  }
  if (
    word.includes("@") && !word.startsWith("www.") && !word.startsWith("@") &&
    !word.includes(":") && isMailAddress(word)
  ) {
    return `<a href="mailto:${word}">${word}</a>`;
  }
  const scheme = extraSchemes.find((start) =>
    word !== start && word.startsWith(start)
  );
  return scheme === undefined
    ? word
    : `<a href="${word}"${attributes}>${word}</a>`;
}

// Not constants: compiling their character classes takes half a millisecond,
// and few templates use this filter.
function isWebAddress(text: string): boolean {
  return /^(?:(?:https?:\/\/|www\.)(?:(?:[\p{L}\p{N}_%-]+\.)+)?(?:[a-z]{2,63}|xn--[\p{L}\p{N}_%]{2,59})|(?:[\p{L}\p{N}_%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)|https?:\/\/(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\]))(?::\d{1,5})?(?:[/?#]\S*)?$/iu
    .test(text);
}

function isMailAddress(text: string): boolean {
  return /^\S+@[\p{L}\p{N}_][\p{L}\p{N}_.-]*\.[\p{L}\p{N}_]+$/u.test(text);
}
