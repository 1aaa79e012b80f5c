const SEPARATOR = 0xff;

/**
 * A text as bytes of UTF-8, decoded or not, with the part of the text that each
 * byte comes from.
 */
export interface View {
  /** The bytes. */
  readonly bytes: Uint8Array;
  /** The index in the text of the first UTF-16 unit that each byte is made of. */
  readonly starts: Uint32Array;
  /** The index after the last one. */
  readonly ends: Uint32Array;
}

/** Builds a view of at most `capacity` bytes. */
class ViewBuilder {
  readonly #bytes: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  #length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#starts = new Uint32Array(capacity);
    this.#ends = new Uint32Array(capacity);
  }

  /** Adds a byte that comes from a part of the text. */
  add(byte: number, start: number, end: number): void {
    this.#bytes[this.#length] = byte;
    this.#starts[this.#length] = start;
    this.#ends[this.#length] = end;
    this.#length++;
  }

  /** Adds more of the text to the part that the last byte comes from. */
  extend(end: number): void {
    this.#ends[this.#length - 1] = end;
  }

  /** Adds a code point as UTF-8. */
  addCodePoint(code: number, start: number, end: number): void {
    if (code < 0x80) return this.add(code, start, end);
    if (code < 0x800) this.add(0xc0 | code >> 6, start, end);
    else {
      if (code < 0x10000) this.add(0xe0 | code >> 12, start, end);
      else {
        this.add(0xf0 | code >> 18, start, end);
        this.add(0x80 | code >> 12 & 0x3f, start, end);
      }
      this.add(0x80 | code >> 6 & 0x3f, start, end);
    }
    this.add(0x80 | code & 0x3f, start, end);
  }

  /** Returns what was added. */
  build(): View {
    return {
      bytes: this.#bytes.subarray(0, this.#length),
      starts: this.#starts.subarray(0, this.#length),
      ends: this.#ends.subarray(0, this.#length),
    };
  }
}

/**
 * Returns a string undecoded.
 *
 * @param text The text.
 * @returns Its bytes.
 */
export function viewOf(text: string): View {
  const view = new ViewBuilder(text.length * 3);
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at)!;
    const end = at + (code > 0xffff ? 2 : 1);
    const isLone = code >= 0xd800 && code <= 0xdfff;
    view.addCodePoint(isLone ? 0xfffd : code, at, end);
    at = end;
  }
  return view.build();
}

/**
 * Decodes an escape sequence.
 *
 * @param bytes The text.
 * @param at Where it may begin.
 * @returns The code point and the number of bytes that it is written with, or
 * `undefined` if there is none.
 */
type Decoder = (
  bytes: Uint8Array,
  at: number,
) => { readonly code: number; readonly length: number } | undefined;

/** Decodes every escape sequence, or returns `undefined` if there is none. */
function decode(
  view: View,
  decoder: Decoder,
  isByte = false,
): View | undefined {
  const { bytes, starts, ends } = view;
  const decoded = new ViewBuilder(bytes.length);
  let found = false;
  for (let at = 0; at < bytes.length;) {
    const escape = decoder(bytes, at);
    if (escape === undefined) {
      decoded.add(bytes[at]!, starts[at]!, ends[at]!);
      at++;
      continue;
    }
    found = true;
    const { code, length } = escape;
    const [start, end] = [starts[at]!, ends[at + length - 1]!];
    if (isByte) decoded.add(code, start, end);
    else decoded.addCodePoint(code, start, end);
    at += length;
  }
  return found ? decoded.build() : undefined;
}

/** Decodes `%2F`. */
export function decodePercent(view: View): View | undefined {
  return decode(view, percent, true);
}

/** Decodes `%2F`, and `+` as a space, as forms are encoded. */
export function decodeForm(view: View): View | undefined {
  return decode(
    view,
    (bytes, at) =>
      bytes[at] === 0x2b ? { code: 0x20, length: 1 } : percent(bytes, at),
    true,
  );
}

function percent(bytes: Uint8Array, at: number) {
  if (bytes[at] !== 0x25) return undefined;
  const code = hex(bytes, at + 1, 2);
  return code === undefined ? undefined : { code, length: 3 };
}

const SIMPLE_ESCAPES = new Map(
  Object.entries({
    '"': '"',
    "'": "'",
    "\\": "\\",
    "/": "/",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "b": "\b",
    "f": "\f",
  }).map(([name, character]) => [name.charCodeAt(0), character.charCodeAt(0)]),
);

/** The digits of `\x`, `\u` and `\U`. */
const HEX_ESCAPES = new Map([[0x78, 2], [0x75, 4], [0x55, 8]]);

/** Decodes the escape sequences of JSON, and those of Python's `repr()`. */
export function decodeBackslashes(view: View): View | undefined {
  return decode(view, backslash);
}

function backslash(bytes: Uint8Array, at: number) {
  if (bytes[at] !== 0x5c || at + 1 === bytes.length) return undefined;
  const name = bytes[at + 1]!;
  const simple = SIMPLE_ESCAPES.get(name);
  if (simple !== undefined) return { code: simple, length: 2 };
  const digits = HEX_ESCAPES.get(name);
  if (digits === undefined) return undefined;
  const code = hex(bytes, at + 2, digits);
  if (code === undefined || code > 0x10ffff) return undefined;
  const length = 2 + digits;
  if (code < 0xd800 || code > 0xdfff) return { code, length };
  const low = bytes[at + 6] === 0x5c && bytes[at + 7] === 0x75
    ? hex(bytes, at + 8, 4)
    : undefined;
  if (code > 0xdbff || low === undefined || low < 0xdc00 || low > 0xdfff) {
    return { code: 0xfffd, length };
  }
  return { code: 0x10000 + (code - 0xd800) * 0x400 + low - 0xdc00, length: 12 };
}

const ENTITIES = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"]
  .map((name, index) => ({
    name: new TextEncoder().encode(name),
    code: "&<>\"'".charCodeAt(index),
  }));

/** Decodes the character references of HTML and XML. */
export function decodeEntities(view: View): View | undefined {
  return decode(view, entity);
}

function entity(bytes: Uint8Array, at: number) {
  if (bytes[at] !== 0x26) return undefined;
  if (bytes[at + 1] === 0x23) return numericEntity(bytes, at);
  const named = ENTITIES.find(({ name }) =>
    name.every((byte, index) => bytes[at + index] === byte)
  );
  return named && { code: named.code, length: named.name.length };
}

function numericEntity(bytes: Uint8Array, at: number) {
  const isHex = (bytes[at + 2]! | 0x20) === 0x78;
  const first = at + (isHex ? 3 : 2);
  // Bounded: a text may have many of these without an end.
  const length = bytes.subarray(first, first + 8).indexOf(0x3b);
  if (length < 1) return undefined;
  const end = first + length;
  const digits = new TextDecoder().decode(bytes.subarray(first, end));
  const isNumber = isHex ? /^[\da-f]+$/i : /^\d+$/;
  if (!isNumber.test(digits)) return undefined;
  const code = parseInt(digits, isHex ? 16 : 10);
  return code > 0x10ffff ? undefined : { code, length: end + 1 - at };
}

function hex(
  bytes: Uint8Array,
  at: number,
  digits: number,
): number | undefined {
  let number = 0;
  for (let index = at; index < at + digits; index++) {
    const digit = hexDigit(bytes[index]);
    if (digit === undefined) return undefined;
    number = number * 16 + digit;
  }
  return number;
}

function hexDigit(byte: number | undefined): number | undefined {
  if (byte === undefined) return undefined;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : undefined;
}

const BASE64 = new Int8Array(256).fill(-1);
for (
  const [index, character] of [
    ..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
  ].entries()
) BASE64[character.charCodeAt(0)] = index;
BASE64["-".charCodeAt(0)] = 62;
BASE64["_".charCodeAt(0)] = 63;

const LINE_BREAKS = [0x0a, 0x0d];
const PADDING = "=".charCodeAt(0);

/**
 * Decodes everything that may be base64, of either alphabet, also if it is
 * broken into lines.
 *
 * @param view The text.
 * @param offset How many characters of each piece come before the first that is
 * decoded, from 0 to 3: the start of base64 is not known.
 * @returns The bytes, with a byte that no string contains before each piece.
 */
export function decodeBase64(
  { bytes, starts, ends }: View,
  offset: number,
): View {
  const decoded = new ViewBuilder(bytes.length + 1);
  let skip = offset;
  let bits = 0;
  let count = 0;
  let first = 0;
  let isOpen = false;
  for (let at = 0; at < bytes.length; at++) {
    const value = BASE64[bytes[at]!]!;
    if (value < 0) {
      if (LINE_BREAKS.includes(bytes[at]!)) continue;
      if (isOpen && bytes[at] === PADDING) {
        decoded.extend(ends[at]!);
        continue;
      }
      if (isOpen) decoded.add(SEPARATOR, starts[at]!, ends[at]!);
      [skip, bits, count, isOpen] = [offset, 0, 0, false];
    } else if (skip > 0) skip--;
    else {
      // A byte takes bits of this character and of the one before.
      const previous = first;
      first = starts[at]!;
      bits = (bits << 6 | value) & 0x3fff;
      count += 6;
      if (count < 8) continue;
      count -= 8;
      decoded.add(bits >> count & 0xff, previous, ends[at]!);
      isOpen = true;
    }
  }
  return decoded.build();
}
