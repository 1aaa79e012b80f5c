import type { Budget } from "../runtime/budget.ts";
import { sliceText, textLength } from "../strings/characters.ts";
import { escapeText } from "../strings/escape.ts";
import { join } from "../strings/join.ts";
import { SPACE_CLASS } from "../strings/space.ts";

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

const SPACES_REGEXP = new RegExp(`(${SPACE_CLASS}+)`);
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
  const { rel, target } = options;
  const attributes = (rel === "" ? "" : ` rel="${escapeText(budget, rel)}"`) +
    (target === undefined ? "" : ` target="${escapeText(budget, target)}"`);
  budget.allocateList(text.length);
  const words = text.split(SPACES_REGEXP).map((word) => {
    budget.step(1 + options.extraSchemes.length);
    return linkWord(budget, word, attributes, options);
  });
  return join(budget, words, "");
}

function linkWord(
  budget: Budget,
  word: string,
  attributes: string,
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
    const opened = count(middle, open);
    if (opened <= count(middle, close)) continue;
    // A closing bracket belongs to the URL if the URL opens it.
    for (let left = Math.min(opened, count(tail, close)); left > 0; left--) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return head + link(budget, middle, attributes, options) + tail;
}

function count(text: string, part: string): number {
  let found = 0;
  for (let at = text.indexOf(part); at !== -1;) {
    found++;
    at = text.indexOf(part, at + part.length);
  }
  return found;
}

function link(
  budget: Budget,
  word: string,
  attributes: string,
  { limit, extraSchemes }: UrlizeOptions,
): string {
  function linked(address: string, shown: string, attributes = ""): string {
    const html = `<a href="${address}"${attributes}>${shown}</a>`;
    budget.allocateString(html.length);
    return html;
  }
  if (isWebAddress(word)) {
    const isComplete = /^https?:\/\//.test(word);
    return linked(
      isComplete ? word : `https://${word}`,
      shorten(budget, word, limit?.()),
      attributes,
    );
  }
  if (word.startsWith("mailto:") && isMailAddress(word.slice(7))) {
    return linked(word, word.slice(7));
  }
  if (
    word.includes("@") && !word.startsWith("www.") && !word.startsWith("@") &&
    !word.includes(":") && isMailAddress(word)
  ) {
    return linked(`mailto:${word}`, word);
  }
  const hasScheme = extraSchemes.some((scheme) =>
    word !== scheme && word.startsWith(scheme)
  );
  return hasScheme ? linked(word, word, attributes) : word;
}

function shorten(budget: Budget, word: string, limit = Infinity): string {
  return textLength(budget, word) > limit
    ? `${sliceText(budget, word, 0, limit)}...`
    : word;
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
