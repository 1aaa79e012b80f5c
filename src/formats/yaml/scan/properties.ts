import {
  type Cursor,
  isBlank,
  isBreakOrEnd,
  isWordUnit,
  SPACE,
} from "./cursor.ts";
import type { TokenOf } from "./tokens.ts";
import { isFlowIndicator } from "./flow_scalar.ts";

const EXCLAMATION_MARK = 0x21;
const DOT = 0x2e;
const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const URI_REGEXP = /[-\w;/?:@&=+$,.!~*'()[\]%]+/y;
const WRONG_ESCAPE_REGEXP = /%(?![\da-fA-F]{2})/;
const NAME_END_REGEXP = /^[?:,\]}%@`]$/;

/**
 * Reads an anchor or alias.
 *
 * @param cursor Stands at `&` or `*`, and behind the name afterwards.
 * @param isStrict Whether the name may have only letters, digits, `-` and `_`.
 * @returns The token.
 * @throws {YamlFault} If it has no name.
 */
export function readName(
  cursor: Cursor,
  isStrict: boolean,
): TokenOf<"anchor" | "alias"> {
  const start = cursor.offset;
  const kind = cursor.text.charAt(start) === "*" ? "alias" : "anchor";
  cursor.skip(1);
  while (isWordUnit(cursor.unit())) cursor.skip(1);
  const ends = isBlank(cursor.unit()) ||
    NAME_END_REGEXP.test(cursor.text.charAt(cursor.offset));
  if (!ends && !isStrict) {
    while (!isBlank(cursor.unit()) && !isFlowIndicator(cursor.unit())) {
      cursor.skip(1);
    }
  }
  const name = cursor.text.slice(start + 1, cursor.offset);
  if (name === "" || !ends && isStrict) {
    cursor.fail(`expected the name of an ${kind}`);
  }
  return { kind, start, name };
}

/**
 * Reads a tag.
 *
 * @param cursor Stands at `!`, and behind the tag afterwards.
 * @returns The token.
 * @throws {YamlFault} If it is not a tag.
 */
export function readTag(cursor: Cursor): TokenOf<"tag"> {
  const start = cursor.offset;
  const next = cursor.unit(1);
  let handle: string | undefined;
  let suffix = "!";
  if (next === LESS_THAN) {
    cursor.skip(2);
    suffix = readUri(cursor);
    if (cursor.unit() !== GREATER_THAN) {
      cursor.fail(`expected ">" after a tag`);
    }
    cursor.skip(1);
  } else if (isBlank(next)) {
    cursor.skip(1);
  } else {
    handle = readHandle(cursor);
    suffix = readUri(cursor);
  }
  if (cursor.unit() !== SPACE && !isBreakOrEnd(cursor.unit())) {
    cursor.fail(`expected a blank after a tag`);
  }
  return { kind: "tag", start, handle, suffix };
}

/** Reads `!`, `!!` or `!name!`; leaves the suffix of `!suffix`. */
function readHandle(cursor: Cursor): string {
  const start = cursor.offset;
  cursor.skip(1);
  let length = 0;
  while (isWordUnit(cursor.unit(length))) length += 1;
  if (cursor.unit(length) === EXCLAMATION_MARK) cursor.skip(length + 1);
  return cursor.text.slice(start, cursor.offset);
}

function readUri(cursor: Cursor): string {
  const uri = cursor.takeMatch(URI_REGEXP);
  if (uri === "") cursor.fail("expected a tag");
  if (WRONG_ESCAPE_REGEXP.test(uri)) {
    cursor.fail("a % in a tag needs two hexadecimal digits");
  }
  try {
    return decodeURIComponent(uri);
  } catch {
    cursor.fail("the escapes of a tag are not UTF-8");
  }
}

/**
 * Reads a directive.
 *
 * @param cursor Stands at `%`, and at the start of the next line afterwards.
 * @returns The token.
 * @throws {YamlFault} If it is not a directive.
 */
export function readDirective(cursor: Cursor): TokenOf<"directive"> {
  const start = cursor.offset;
  cursor.skip(1);
  const name = readWord(cursor, "the name of a directive");
  if (cursor.unit() !== SPACE && !isBreakOrEnd(cursor.unit())) {
    cursor.fail(
      `expected a blank after a directive's name`,
    );
  }
  const values: string[] = [];
  if (name === "YAML") {
    cursor.skipAll(SPACE);
    values.push(readNumber(cursor));
    if (cursor.unit() !== DOT) {
      cursor.fail(`expected "." in a version`);
    }
    cursor.skip(1);
    values.push(readNumber(cursor));
  } else if (name === "TAG") {
    cursor.skipAll(SPACE);
    values.push(readDirectiveHandle(cursor));
    cursor.skipAll(SPACE);
    values.push(readUri(cursor));
  } else {
    cursor.takeLine();
  }
  endDirective(cursor);
  return { kind: "directive", start, name, values };
}

function readDirectiveHandle(cursor: Cursor): string {
  const handle = cursor.unit() === EXCLAMATION_MARK ? readHandle(cursor) : "";
  if (handle === "" || cursor.unit() !== SPACE) {
    cursor.fail(`expected a tag's handle`);
  }
  return handle;
}

function endDirective(cursor: Cursor): void {
  const isEnd = cursor.unit() === SPACE || isBreakOrEnd(cursor.unit());
  cursor.skipAll(SPACE);
  cursor.skipComment();
  if (!isEnd || !isBreakOrEnd(cursor.unit())) {
    cursor.fail(
      `expected the end of a directive`,
    );
  }
  cursor.takeBreak();
}

function readWord(cursor: Cursor, what: string): string {
  const start = cursor.offset;
  while (isWordUnit(cursor.unit())) cursor.skip(1);
  if (cursor.offset === start) {
    cursor.fail(`expected ${what}`);
  }
  return cursor.text.slice(start, cursor.offset);
}

function readNumber(cursor: Cursor): string {
  const start = cursor.offset;
  while (cursor.unit() >= 0x30 && cursor.unit() <= 0x39) cursor.skip(1);
  if (cursor.offset === start) {
    cursor.fail(`expected a number`);
  }
  return cursor.text.slice(start, cursor.offset);
}
