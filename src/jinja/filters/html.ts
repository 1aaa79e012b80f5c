import { fail } from "../error.ts";
import { isTrue } from "../operators/compare.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/call.ts";
import {
  type NativeTable,
  type Runtime,
  Undefined,
} from "../runtime/runtime.ts";
import { stripTags } from "../strings/html.ts";
import {
  escapeText,
  join,
  sliceText,
  SPACE_CLASS,
  textLength,
} from "../strings/text.ts";
import { asMapping, entriesOf } from "../values/dict.ts";
import { isIterable, iterate, toList } from "../values/items.ts";
import { escapeHtml, toRepr, toText } from "../values/print.ts";
import {
  asText,
  htmlIf,
  Markup,
  refuse,
  requireInteger,
  requireText,
  typeName,
} from "../values/scalars.ts";

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

/** The characters that `encodeURIComponent` keeps and Python quotes. */
const QUOTED_MARKS: ReadonlyMap<string, string> = new Map([
  ["!", "%21"],
  ["'", "%27"],
  ["(", "%28"],
  [")", "%29"],
  ["*", "%2A"],
]);
/** The longest form of a UTF-16 unit: three bytes, each as `%XX`. */
const QUOTED_LENGTH = 9;
const INVALID_IN_ATTRIBUTE_REGEXP = /[\t-\r />=]/;
const SPACES_REGEXP = new RegExp(`(${SPACE_CLASS}+)`);
const HEAD_REGEXP = /^(?:[(<]|&lt;)+/;
const BRACKETS: readonly [string, string][] = [
  ["(", ")"],
  ["<", ">"],
  ["&lt;", "&gt;"],
];
const TAILS = [")", ">", ".", ",", "\n", "&gt;"];

/** Makes links of the URLs and email addresses in a string that is already escaped. */
function urlize(
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

/** Quotes everything but letters, digits and `-._~`; in a path, `/` is kept too. */
function quoteUrl(budget: Budget, value: unknown, isQuery: boolean): string {
  const text = toText(budget, value);
  budget.allocateString(text.length * QUOTED_LENGTH);
  const quoted = encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (mark) => QUOTED_MARKS.get(mark)!);
  return isQuery
    ? quoted.replaceAll("%20", "+")
    : quoted.replaceAll("%2F", "/");
}

function urlEncode({ budget }: Runtime, value: unknown): string {
  if (asText(value) !== undefined || !isIterable(value)) {
    return quoteUrl(budget, value, false);
  }
  const mapping = asMapping(value);
  const pairs = mapping === undefined
    ? Array.from(iterate(budget, value), (item) => pairOf(budget, item))
    : entriesOf(budget, mapping);
  const texts = pairs.map(([key, item]) =>
    `${quoteUrl(budget, key, true)}=${quoteUrl(budget, item, true)}`
  );
  return join(budget, texts, "&");
}

function pairOf(budget: Budget, item: unknown): unknown[] {
  const pair = toList(budget, item);
  if (pair.length > 2) fail("too many values to unpack (expected 2)");
  if (pair.length < 2) {
    fail(`not enough values to unpack (expected 2, got ${pair.length})`);
  }
  return pair;
}

function attribute(budget: Budget, key: unknown, value: unknown): string {
  if (INVALID_IN_ATTRIBUTE_REGEXP.test(requireText(key))) {
    fail(`Invalid character in attribute name: ${toRepr(budget, key)}`);
  }
  return `${escapeHtml(budget, key)}="${escapeHtml(budget, value)}"`;
}

/** Returns the words of a link's `rel`, sorted. */
function relation(budget: Budget, rel: unknown, nofollow: unknown): string {
  const text = rel === null ? "" : requireText(rel);
  budget.allocateList(text.length);
  const words = new Set(text.split(/\s+/).filter((word) => word !== ""));
  words.add("noopener");
  if (isTrue(nofollow)) words.add("nofollow");
  return [...words].sort().join(" ");
}

function schemesOf(budget: Budget, value: unknown): string[] {
  if (value === null) return [];
  const schemes = toList(budget, value).map((scheme) => requireText(scheme));
  for (const scheme of schemes) {
    budget.scan(scheme.length);
    if (!/^[\p{L}\p{N}_.+-]{2,}:\/{0,2}$/u.test(scheme)) {
      fail(`${toRepr(budget, scheme)} is not a valid URI scheme prefix.`);
    }
  }
  return schemes;
}

const ESCAPE = native(
  "s",
  ({ budget }, value) => new Markup(escapeHtml(budget, value)),
);

/** Filters for HTML and URLs. To add one, add an entry. */
export const HTML_FILTERS: NativeTable = nativeTable({
  /** Alias of `escape`. */
  e: ESCAPE,

  /** Escapes a value for HTML, unless it is markup. */
  escape: ESCAPE,

  /** Escapes a value for HTML, markup too. */
  forceescape: native("value", ({ budget }, value) => {
    return new Markup(escapeText(budget, toText(budget, value)));
  }),

  /** Marks a string as HTML that needs no escaping. */
  safe: native(
    "value",
    ({ budget }, value) => new Markup(toText(budget, value)),
  ),

  /** Removes tags and comments, collapses white space, decodes entities. */
  striptags: native("value", ({ budget }, value) => {
    return stripTags(budget, toText(budget, value));
  }),

  /** Quotes a string for a URL's path, or pairs for its query. */
  urlencode: native("value", urlEncode),

  /** Makes links of the URLs and email addresses in a string. */
  urlize: native(
    "value trim_url_limit? nofollow? target? rel? extra_schemes?",
    (
      { budget, escapes },
      value,
      limit = null,
      nofollow = false,
      target = null,
      rel = null,
      extraSchemes = null,
    ) => {
      const html = urlize(budget, escapeHtml(budget, value), {
        limit: limit === null ? undefined : () => requireInteger(limit),
        rel: relation(budget, rel, nofollow),
        target: isTrue(target) ? toText(budget, target) : undefined,
        extraSchemes: schemesOf(budget, extraSchemes),
      });
      return htmlIf(escapes, html);
    },
  ),

  /** Writes a mapping as the attributes of a tag, without those that are none or undefined. */
  xmlattr: native("d autospace?", (runtime, value, autospace = true) => {
    const { budget, escapes } = runtime;
    const mapping = asMapping(value) ?? refuse(
      value,
      `'${typeName(value)}' object has no attribute 'items'`,
    );
    const attributes = entriesOf(budget, mapping)
      .filter(([, item]) => item !== null && !(item instanceof Undefined))
      .map(([key, item]) => attribute(budget, key, item));
    const space = attributes.length > 0 && isTrue(autospace) ? " " : "";
    return htmlIf(escapes, space + join(budget, attributes, " "));
  }),
});
