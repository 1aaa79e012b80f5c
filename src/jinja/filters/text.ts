import { modulo } from "../operators/arithmetic.ts";
import { isTrue } from "../values/truth.ts";
import { asMapping, Dict, entriesOf } from "../values/dict.ts";
import { fail } from "../error.ts";
import { stripTags } from "../strings/html.ts";
import { urlize } from "../strings/urlize.ts";
import { iterate, iterator, requireLength, toList } from "../values/iterate.ts";
import type { Native, NativeTable, Runtime } from "../runtime/runtime.ts";
import { nativeTable } from "../runtime/native.ts";
import { requireInteger, requireText } from "../values/arguments.ts";
import { asText, htmlIf, Markup } from "../values/markup.ts";
import type { Keywords } from "../runtime/object.ts";
import { Tuple } from "../values/tuple.ts";
import { Undefined } from "../runtime/undefined.ts";
import { prettyPrint } from "./pretty_print.ts";
import { center } from "../methods/string.ts";
import { capitalize, lower } from "../strings/case.ts";
import { replace } from "../methods/string_replace.ts";
import { splitLines } from "../methods/string_split.ts";
import { strip } from "../methods/string_strip.ts";
import { escapeHtml, toText } from "../values/print.ts";
import { escapeText } from "../strings/escape.ts";
import { sliceText, textLength } from "../strings/characters.ts";
import { SPACE_CLASS } from "../strings/space.ts";

/** How {@linkcode wrapText} breaks lines. */
interface WrapOptions {
  /** The longest that a line may be. */
  readonly width: number;
  /** Whether words that are longer are cut. */
  readonly breaksLongWords: boolean;
  /** Whether words may be parted behind a hyphen. */
  readonly breaksOnHyphens: boolean;
}

/** Breaks one line into lines, as Python's `textwrap.wrap` does. */
function wrapText(text: string, options: WrapOptions): string[] {
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

const WORD_START_REGEXP = new RegExp(`((?:[-({[<]|${SPACE_CLASS})+)`);
const NO_ATTRIBUTE_REGEXP = /[\t-\r />=]/;
const LEEWAY = 5;

/** A filter that makes one text of another, and HTML of HTML. */
function converts(convert: (text: string) => string): Native {
  return {
    parameters: "s",
    run(_runtime, value: unknown) {
      const text = convert(toText(value));
      return value instanceof Markup ? new Markup(text) : text;
    },
  };
}

function titleWords(text: string): string {
  return text.split(WORD_START_REGEXP).map((word) => {
    const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
    return word === ""
      ? ""
      : first.toUpperCase() + lower(word.slice(first.length));
  }).join("");
}

function indent(
  runtime: Runtime,
  value: unknown,
  width: unknown = 4,
  indentsFirst: unknown = false,
  indentsBlank: unknown = false,
): unknown {
  const text = requireText(value);
  const size = asText(width) ?? Math.max(0, requireInteger(width));
  runtime.budget.allocateString(typeof size === "number" ? size : size.length);
  const blanks = typeof size === "number" ? " ".repeat(size) : size;
  const lines = splitLines(`${text}\n`);
  runtime.budget.allocateString(text.length + lines.length * blanks.length);
  const [first = "", ...others] = lines;
  const rest = others.map((line) =>
    line === "" && !isTrue(indentsBlank) ? line : blanks + line
  );
  const result = (isTrue(indentsFirst) ? blanks : "") +
    [first, ...rest].join("\n");
  return value instanceof Markup ? new Markup(result) : result;
}

function truncate(
  _runtime: Runtime,
  value: unknown,
  length: unknown = 255,
  cutsWords: unknown = false,
  ending: unknown = "...",
  leeway: unknown = null,
): unknown {
  const limit = requireInteger(length);
  const end = requireText(ending);
  const tolerance = leeway === null ? LEEWAY : requireInteger(leeway);
  if (limit < textLength(end)) {
    fail(`truncate() takes a length of at least ${textLength(end)}`);
  }
  if (tolerance < 0) fail("truncate() takes no negative leeway");
  if (requireLength(value) <= limit + tolerance) return value;
  const text = requireText(value);
  const cut = sliceText(text, 0, limit - textLength(end));
  const blank = isTrue(cutsWords) ? -1 : cut.lastIndexOf(" ");
  const kept = blank === -1 ? cut : cut.slice(0, blank);
  return value instanceof Markup
    ? new Markup(kept + escapeHtml(ending))
    : kept + end;
}

function wordWrap(
  runtime: Runtime,
  value: unknown,
  width: unknown = 79,
  breaksLongWords: unknown = true,
  wrapString: unknown = null,
  breaksOnHyphens: unknown = true,
): string {
  const separator = wrapString === null ? "\n" : requireText(wrapString);
  const lines = splitLines(requireText(value));
  const result = lines.map((line) =>
    wrapText(line, {
      width: requireInteger(width),
      breaksLongWords: isTrue(breaksLongWords),
      breaksOnHyphens: isTrue(breaksOnHyphens),
    }).join(separator)
  ).join(separator);
  runtime.budget.allocateString(result.length);
  return result;
}

function urlQuote(value: unknown, isQuery: boolean): string {
  const bytes = new TextEncoder().encode(toText(value));
  let result = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9_.~-]/.test(character) || (!isQuery && byte === 0x2f)) {
      result += character;
    } else if (isQuery && byte === 0x20) {
      result += "+";
    } else {
      result += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    }
  }
  return result;
}

function urlEncode(runtime: Runtime, value: unknown): string {
  if (asText(value) !== undefined || iterator(value) === undefined) {
    return urlQuote(value, false);
  }
  const mapping = asMapping(value);
  const pairs = mapping === undefined
    ? Array.from(iterate(runtime, value), (item) => {
      const pair = toList(runtime, item);
      return pair.length === 2 ? pair : fail("urlencode() takes pairs");
    })
    : entriesOf(mapping);
  return pairs.map(([key, item]) =>
    `${urlQuote(key, true)}=${urlQuote(item, true)}`
  ).join("&");
}

function xmlAttributes(
  runtime: Runtime,
  value: unknown,
  autospace: unknown = true,
): string | Markup {
  const mapping = asMapping(value) ?? fail("xmlattr() takes a mapping");
  const attributes = entriesOf(mapping)
    .filter(([, item]) => item !== null && !(item instanceof Undefined))
    .map(([key, item]) => {
      if (NO_ATTRIBUTE_REGEXP.test(requireText(key))) {
        fail(`'${toText(key)}' is no name of an attribute`);
      }
      return `${escapeHtml(key)}="${escapeHtml(item)}"`;
    })
    .join(" ");
  const space = attributes !== "" && isTrue(autospace) ? " " : "";
  return htmlIf(runtime.escapes, space + attributes);
}

function makeLinks(
  runtime: Runtime,
  value: unknown,
  limit: unknown = null,
  nofollow: unknown = false,
  target: unknown = null,
  rel: unknown = null,
  extraSchemes: unknown = null,
): string | Markup {
  const words = rel === null ? [] : requireText(rel).split(/\s+/);
  const relations = new Set([
    ...words.filter((word) => word !== ""),
    "noopener",
  ]);
  if (isTrue(nofollow)) relations.add("nofollow");
  const schemes = extraSchemes === null
    ? []
    : toList(runtime, extraSchemes).map((scheme) => requireText(scheme));
  for (const scheme of schemes) {
    if (!/^[\p{L}\p{N}_.+-]{2,}:\/{0,2}$/u.test(scheme)) {
      fail(`'${scheme}' is no URI scheme prefix`);
    }
  }
  const text = urlize(escapeHtml(value), {
    limit: limit === null ? undefined : () => requireInteger(limit),
    rel: [...relations].sort().join(" "),
    target: isTrue(target) ? toText(target) : undefined,
    extraSchemes: schemes,
  });
  return htmlIf(runtime.escapes, text);
}

function format(
  runtime: Runtime,
  value: unknown,
  args: unknown[],
  keywords: Keywords,
): unknown {
  if (args.length > 0 && keywords.size > 0) {
    fail("format() takes positional or named values, not both");
  }
  const template = value instanceof Markup ? value : toText(value);
  return modulo(
    runtime,
    template,
    keywords.size > 0 ? new Dict(keywords) : new Tuple(args),
  );
}

const ESCAPE: Native = {
  parameters: "s",
  run: (_runtime, value: unknown) => new Markup(escapeHtml(value)),
};

/** Filters of text. To add one, add an entry. */
export const TEXT_FILTERS: NativeTable = nativeTable({
  capitalize: converts(capitalize),
  center: {
    parameters: "value width?",
    run: (runtime, value: unknown, width: unknown = 80) =>
      htmlIf(value instanceof Markup, center(runtime, toText(value), width)),
  },
  e: ESCAPE,
  escape: ESCAPE,
  forceescape: {
    parameters: "value",
    run: (_runtime, value: unknown) => new Markup(escapeText(toText(value))),
  },
  format: { parameters: "value / *args **kwargs", run: format },
  indent: { parameters: "s width? first? blank?", run: indent },
  lower: converts(lower),
  pprint: {
    parameters: "value",
    run: (_runtime, value: unknown) => prettyPrint(value),
  },
  replace: {
    parameters: "s old new count?",
    run(
      runtime,
      value: unknown,
      old: unknown,
      next: unknown,
      count: unknown,
    ) {
      const times = count === undefined || count === null
        ? -1
        : requireInteger(count);
      const isHtml = runtime.escapes &&
        [value, old, next].some((text) => text instanceof Markup);
      const read = isHtml ? escapeHtml : toText;
      return htmlIf(
        isHtml,
        replace(runtime, read(value), read(old), read(next), times),
      );
    },
  },
  safe: {
    parameters: "value",
    run: (_runtime, value: unknown) => new Markup(toText(value)),
  },
  string: {
    parameters: "object",
    run: (_runtime, value: unknown) =>
      value instanceof Markup ? value : toText(value),
  },
  striptags: {
    parameters: "value",
    run: (_runtime, value: unknown) => stripTags(toText(value)),
  },
  title: converts(titleWords),
  trim: {
    parameters: "value chars?",
    run(_runtime, value: unknown, chars: unknown = null) {
      const text = strip(toText(value), chars);
      return value instanceof Markup ? new Markup(text) : text;
    },
  },
  truncate: {
    parameters: "s length? killwords? end? leeway?",
    run: truncate,
  },
  upper: converts((text) => text.toUpperCase()),
  urlencode: { parameters: "value", run: urlEncode },
  urlize: {
    parameters: "value trim_url_limit? nofollow? target? rel? extra_schemes?",
    run: makeLinks,
  },
  wordcount: {
    parameters: "s",
    run: (_runtime, value: unknown) =>
      toText(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0,
  },
  wordwrap: {
    parameters: "s width? break_long_words? wrapstring? break_on_hyphens?",
    run: wordWrap,
  },
  xmlattr: { parameters: "d autospace?", run: xmlAttributes },
});
