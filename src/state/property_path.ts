import { CicdStateError } from "../errors.ts";
import type { Value } from "../values.ts";
import type { Operation, PropertyPath } from "./change.ts";

/** One `PATH=VALUE` of a `--set` flag. */
export interface Assignment {
  /** The text before the first `=`, trimmed: a path, or one with a list mark. */
  readonly target: string;
  /** The text after it, trimmed. */
  readonly value: string;
}

/** What {@linkcode parseAssignments} made of a flag's text. */
export interface ParsedAssignments {
  /** The assignments, in order. */
  readonly assignments: readonly Assignment[];
  /** Pairs without `=`, or with nothing before or after it. */
  readonly skipped: readonly string[];
}

/** The value that empties a list. */
const EMPTY_LIST = "[]";

const LIST_MARKS = { "[]": "append", "{}": "addUnique" } as const;

/**
 * Parses keys joined by `.`. Blanks around the whole path do not count.
 *
 * @throws {CicdStateError} `PATH`, if a key is empty or has the mark of a list.
 */
export function parsePropertyPath(text: string): PropertyPath {
  const path = text.trim().split(".");
  const wrong = path.includes("")
    ? "it has an empty key"
    : /\[\]|\{\}/.test(text)
    ? "[] and {} stand only at its end"
    : undefined;
  if (wrong === undefined) return path;
  throw new CicdStateError(
    "PATH",
    `Cannot use "${text.trim()}" as a path: ${wrong}`,
    { hint: "Join keys by single dots, as in state.build.tag" },
  );
}

/**
 * Splits the text of one `--set` flag: pairs at `|`, each at its first `=`.
 */
export function parseAssignments(text: string): ParsedAssignments {
  const assignments: Assignment[] = [];
  const skipped: string[] = [];
  for (const pair of text.split("|")) {
    const equals = pair.indexOf("=");
    const target = pair.slice(0, Math.max(equals, 0)).trim();
    const value = pair.slice(equals + 1).trim();
    if (target === "" || value === "") skipped.push(pair.trim());
    else assignments.push({ target, value });
  }
  return { assignments, skipped };
}

/**
 * Makes the operation that assigns a value to a target: a path, where the value
 * is written, or one with a mark: `[]` appends, `{}` adds what is missing. There
 * a text is items split by commas, and the text `[]` empties the list.
 *
 * @throws {CicdStateError} `PATH`, if the path is wrong.
 */
export function assign(target: string, value: Value): Operation {
  const text = target.trim();
  const mark = text.slice(-2);
  if (mark !== "[]" && mark !== "{}") {
    return { op: "set", path: parsePropertyPath(text), value };
  }
  const path = parsePropertyPath(text.slice(0, -2));
  if (value === EMPTY_LIST) return { op: "clear", path };
  return { op: LIST_MARKS[mark], path, items: itemsOf(value) };
}

function itemsOf(value: Value): readonly Value[] {
  if (typeof value === "string") return value.split(",");
  return Array.isArray(value) ? value : [value];
}
