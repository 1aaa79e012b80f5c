const TOKEN_REGEXP =
  /("(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|-?(?:Infinity|(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|true|false|null|NaN|[{}[\],:]/uy;
const BLANKS_REGEXP = /[ \t\n\r]*/y;

/** Where and why a text is not JSON. */
export interface JsonFault {
  /** The offset of the first character that does not fit. */
  readonly offset: number;
  /** What the grammar allows there. */
  readonly expected: string;
}

/** Finds where a text stops being JSON: V8's messages name no position for some. */
export function findJsonFault(text: string): JsonFault {
  const open: string[] = [];
  let expected = "a value";
  let offset = 0;
  while (true) {
    BLANKS_REGEXP.lastIndex = offset;
    BLANKS_REGEXP.test(text);
    TOKEN_REGEXP.lastIndex = offset = BLANKS_REGEXP.lastIndex;
    const match = TOKEN_REGEXP.exec(text);
    const token = match?.[0] ?? "";
    const next = follow(expected, token, match?.[1] !== undefined, open);
    if (next === undefined) return { offset, expected };
    expected = next;
    offset += token.length;
  }
}

/** What is expected after a token, or undefined where it does not fit. */
function follow(
  expected: string,
  token: string,
  isText: boolean,
  open: string[],
): string | undefined {
  const inner = open.at(-1);
  if (token !== "" && token === inner && expected.endsWith(`"${inner}"`)) {
    open.pop();
    return afterValue(open);
  }
  if (token === "") return undefined;
  if (expected.startsWith("a key")) return isText ? '":"' : undefined;
  if (expected === '":"') return token === ":" ? "a value" : undefined;
  if (expected.startsWith("a value")) {
    if (token === "[" || token === "{") {
      open.push(token === "[" ? "]" : "}");
      return token === "[" ? 'a value or "]"' : 'a key or "}"';
    }
    return "]},:".includes(token) ? undefined : afterValue(open);
  }
  if (token !== "," || inner === undefined) return undefined;
  return inner === "]" ? "a value" : "a key in double quotes";
}

function afterValue(open: readonly string[]): string {
  return open.length === 0 ? "the end" : `"," or "${open.at(-1)}"`;
}
