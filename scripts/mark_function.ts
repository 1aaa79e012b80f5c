// Wraps a function of a bundle in a call.

/** Where the source of a function begins and ends. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A part of the code, and what replaces it. */
export interface Edit extends Place {
  readonly text: string;
}

const DECLARATION_REGEXP = /^(?:async )?function\*? ([\w$]+)\(/;
const FUNCTION_REGEXP = /^(?:async )?function\b/;
const ARROW_REGEXP = /^(?:async )?(?:\(|[\w$]+ =>)/;
const METHOD_REGEXP = /^(?<async>async )?(?<name>#?[\w$]+|"[^"]+")\(/;
const EXPRESSION_START_REGEXP = /(?:[=(:,?]|\breturn)\s*$/;
const OPENS_CLASS_REGEXP = /\bclass\b.*\{$/;

/**
 * Wraps a function of a bundle in a call of `mark`.
 *
 * @param code The bundle, as esbuild writes it before it is minified.
 * @param place Where the function is.
 * @param mark The name of the function to call.
 * @returns The edits; none if the syntax does not allow it.
 */
export function markFunction(code: string, place: Place, mark: string): Edit[] {
  const { start } = place;
  const text = code.slice(start, place.end);
  const name = DECLARATION_REGEXP.exec(text)?.[1];
  if (name !== undefined && code[start - 1] === "\n") {
    return surround(place, 0, `var ${name} = ${mark}(`, ");");
  }
  if (FUNCTION_REGEXP.test(text) || ARROW_REGEXP.test(text)) {
    const before = code.slice(Math.max(0, start - 20), start);
    if (!EXPRESSION_START_REGEXP.test(before)) return [];
    return surround(place, 0, `${mark}(`, ")");
  }
  return markMethod(code, place, mark);
}

/** A method becomes a property whose value is a function. */
function markMethod(code: string, place: Place, mark: string): Edit[] {
  const text = code.slice(place.start, place.end);
  const { async = "", name = "" } = METHOD_REGEXP.exec(text)?.groups ?? {};
  if (name === "" || name === "constructor") return [];
  const head = async.length + name.length;
  const value = `${mark}(${async}function`;
  const parent = parentLine(code, place.start);
  if (parent === undefined) return [];
  if (!OPENS_CLASS_REGEXP.test(parent)) {
    return surround(place, head, `${name}: ${value}`, ")");
  }
  // A private name cannot be set on the prototype, so each instance has a copy.
  return name.startsWith("#")
    ? surround(place, head, `${name} = ${value}`, ");")
    : surround(
      place,
      head,
      `static { this.prototype.${name} = ${value}`,
      "); }",
    );
}

/** Returns the line that opens the class or object of a method on a line of its own. */
function parentLine(code: string, start: number): string | undefined {
  const lineStart = code.lastIndexOf("\n", start) + 1;
  const indent = start - lineStart;
  if (code.slice(lineStart, start).trim() !== "") return undefined;
  let end = lineStart - 1;
  while (end > 0) {
    const from = code.lastIndexOf("\n", end - 1) + 1;
    const line = code.slice(from, end);
    if (line !== "" && line.search(/\S/) < indent) {
      return line.endsWith("{") ? line : undefined;
    }
    end = from - 1;
  }
  return undefined;
}

/** Replaces the first characters of a function, and appends to it. */
function surround(
  { start, end }: Place,
  head: number,
  before: string,
  after: string,
): Edit[] {
  return [
    { start, end: start + head, text: before },
    { start: end, end, text: after },
  ];
}
