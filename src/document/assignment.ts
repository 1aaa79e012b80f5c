import type { Value } from "../values.ts";
import type { Operation } from "./change.ts";
import { parsePropertyPath } from "./path.ts";

/** One `PATH=VALUE` of a `--set` flag. */
interface Assignment {
  /** What precedes the first `=`, trimmed: a path, or a path with a list mark. */
  readonly target: string;
  /** What follows it, trimmed. */
  readonly value: string;
}

/** The result of {@linkcode parseAssignments}. */
interface ParsedAssignments {
  /** The assignments, in order. */
  readonly assignments: readonly Assignment[];
  /** Pairs without `=`, or with an empty path or value. */
  readonly skipped: readonly string[];
}

/** The value that empties a list. */
const EMPTY_LIST = "[]";

const LIST_MARKS = { "[]": "append", "{}": "addUnique" } as const;

/**
 * Splits the value of a `--set` flag into pairs at each `|`, and each pair at its
 * first `=`.
 *
 * @param text For example `state.tag=v1|state.build=7`.
 * @returns The assignments, and what is not one.
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
 * Returns the operation that assigns a value to a target. A target is a path whose
 * value is set, or a path with a mark: `[]` appends to a list, and `{}` adds only
 * what the list does not have. With a mark, a string is split into items at its
 * commas, and the string `[]` empties the list.
 *
 * @param target The target, for example `state.tags[]`.
 * @param value The value.
 * @returns The operation.
 * @throws {CicdStateError} `PATH`, if the path is invalid.
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
