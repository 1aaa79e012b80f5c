import type { Budget } from "../runtime/budget.ts";
import { fail } from "../error.ts";
import { native, nativeTable } from "../runtime/native.ts";
import type { NativeTable, Runtime } from "../runtime/runtime.ts";
import { Undefined } from "../runtime/undefined.ts";
import { escapeText } from "../strings/escape.ts";
import { stripTags } from "../strings/html.ts";
import { requireInteger, requireText } from "../values/arguments.ts";
import { asMapping, entriesOf } from "../values/dict.ts";
import { isIterable, iterate, toList } from "../values/iterate.ts";
import { asText, htmlIf, Markup } from "../values/markup.ts";
import { escapeHtml, toRepr, toText } from "../values/print.ts";
import { isTrue } from "../values/truth.ts";
import { urlize } from "./urlize.ts";

const INVALID_IN_ATTRIBUTE_REGEXP = /[\t-\r />=]/;

function quoteUrl(budget: Budget, value: unknown, isQuery: boolean): string {
  let result = "";
  for (const byte of new TextEncoder().encode(toText(budget, value))) {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9_.~-]/.test(character) || (!isQuery && character === "/")) {
      result += character;
    } else if (isQuery && character === " ") {
      result += "+";
    } else {
      result += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    }
  }
  return result;
}

function urlEncode(runtime: Runtime, value: unknown): string {
  if (asText(value) !== undefined || !isIterable(value)) {
    return quoteUrl(runtime.budget, value, false);
  }
  const mapping = asMapping(value);
  const pairs = mapping === undefined
    ? Array.from(
      iterate(runtime.budget, value),
      (item) => pairOf(runtime, item),
    )
    : entriesOf(runtime.budget, mapping);
  return pairs.map(([key, item]) =>
    `${quoteUrl(runtime.budget, key, true)}=${
      quoteUrl(runtime.budget, item, true)
    }`
  ).join("&");
}

function pairOf(runtime: Runtime, item: unknown): unknown[] {
  const pair = toList(runtime.budget, item);
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
function relation(rel: unknown, nofollow: unknown): string {
  const words = rel === null ? [] : requireText(rel).split(/\s+/);
  const unique = new Set(words.filter((word) => word !== ""));
  unique.add("noopener");
  if (isTrue(nofollow)) unique.add("nofollow");
  return [...unique].sort().join(" ");
}

function schemesOf(runtime: Runtime, value: unknown): string[] {
  if (value === null) return [];
  const schemes = toList(runtime.budget, value).map(requireText);
  for (const scheme of schemes) {
    if (!/^[\p{L}\p{N}_.+-]{2,}:\/{0,2}$/u.test(scheme)) {
      fail(
        `${toRepr(runtime.budget, scheme)} is not a valid URI scheme prefix.`,
      );
    }
  }
  return schemes;
}

const ESCAPE = native(
  "s",
  (runtime, value) => new Markup(escapeHtml(runtime.budget, value)),
);

/** Filters for HTML and URLs. To add one, add an entry. */
export const HTML_FILTERS: NativeTable = nativeTable({
  /** Alias of `escape`. */
  e: ESCAPE,

  /** Escapes a value for HTML, unless it is markup. */
  escape: ESCAPE,

  /** Escapes a value for HTML, markup too. */
  forceescape: native(
    "value",
    (runtime, value) => new Markup(escapeText(toText(runtime.budget, value))),
  ),

  /** Marks a string as HTML that needs no escaping. */
  safe: native(
    "value",
    (runtime, value) => new Markup(toText(runtime.budget, value)),
  ),

  /** Removes tags and comments, collapses white space, decodes entities. */
  striptags: native(
    "value",
    (runtime, value) => stripTags(toText(runtime.budget, value)),
  ),

  /** Quotes a string for a URL's path, or pairs for its query. */
  urlencode: native("value", urlEncode),

  /** Makes links of the URLs and email addresses in a string. */
  urlize: native(
    "value trim_url_limit? nofollow? target? rel? extra_schemes?",
    (
      runtime,
      value,
      limit = null,
      nofollow = false,
      target = null,
      rel = null,
      extraSchemes = null,
    ) => {
      const html = urlize(runtime.budget, escapeHtml(runtime.budget, value), {
        limit: limit === null ? undefined : () => requireInteger(limit),
        rel: relation(rel, nofollow),
        target: isTrue(target) ? toText(runtime.budget, target) : undefined,
        extraSchemes: schemesOf(runtime, extraSchemes),
      });
      return htmlIf(runtime.escapes, html);
    },
  ),

  /** Writes a mapping as the attributes of a tag, without those that are none or undefined. */
  xmlattr: native("d autospace?", (runtime, value, autospace = true) => {
    const mapping = asMapping(value) ?? fail("xmlattr() takes a mapping");
    const attributes = entriesOf(runtime.budget, mapping)
      .filter(([, item]) => item !== null && !(item instanceof Undefined))
      .map(([key, item]) => attribute(runtime.budget, key, item))
      .join(" ");
    const space = attributes !== "" && isTrue(autospace) ? " " : "";
    return htmlIf(runtime.escapes, space + attributes);
  }),
});
