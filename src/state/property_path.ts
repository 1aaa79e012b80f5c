import { CicdStateError } from "../errors.ts";
import type { PropertyPath } from "./change.ts";

/** What an assignment does at its path. */
export type AssignmentMode = "set" | "append" | "addUnique" | "clear";

/** One `PATH=VALUE`, `PATH[]=VALUE` or `PATH{}=VALUE` of a `--set` flag. */
export interface Assignment {
  /** Where. */
  readonly path: PropertyPath;
  /** What is done there: `[]` appends, `{}` adds what is missing. */
  readonly mode: AssignmentMode;
  /** The text after the first `=`, trimmed. Of no meaning to `clear`. */
  readonly value: string;
}

/** What {@linkcode parseAssignments} made of a flag's text. */
export interface ParsedAssignments {
  /** The assignments, in order. */
  readonly assignments: readonly Assignment[];
  /** Pairs without `=`, or with nothing before or after it. */
  readonly skipped: readonly string[];
}

const EMPTY_LIST = "[]";

/**
 * Parses keys joined by `.`. Blanks around the whole path do not count.
 *
 * @throws {CicdStateError} `PATH`, if a key is empty.
 */
export function parsePropertyPath(text: string): PropertyPath {
  const path = text.trim().split(".");
  if (!path.includes("")) return path;
  throw new CicdStateError(
    "PATH",
    `Cannot use "${text.trim()}" as a path: it has an empty key`,
    { hint: "Join keys by single dots, as in state.build.tag" },
  );
}

/**
 * Parses the text of one `--set` flag: pairs split by `|`, each at its first `=`.
 *
 * @throws {CicdStateError} `PATH`, if a path has an empty key.
 */
export function parseAssignments(text: string): ParsedAssignments {
  const assignments: Assignment[] = [];
  const skipped: string[] = [];
  for (const pair of text.split("|")) {
    const equals = pair.indexOf("=");
    const target = pair.slice(0, Math.max(equals, 0)).trim();
    const value = pair.slice(equals + 1).trim();
    if (target === "" || value === "") skipped.push(pair.trim());
    else assignments.push(parseAssignment(target, value));
  }
  return { assignments, skipped };
}

/**
 * Parses a target, which is a path with or without the mark of a list, for a value.
 *
 * @throws {CicdStateError} `PATH`, if the path has an empty key.
 */
export function parseAssignment(target: string, value: string): Assignment {
  const mode = listMode(target);
  if (mode === undefined) {
    return { path: parsePropertyPath(target), mode: "set", value };
  }
  const path = parsePropertyPath(target.slice(0, -EMPTY_LIST.length));
  return { path, mode: value === EMPTY_LIST ? "clear" : mode, value };
}

function listMode(target: string): "append" | "addUnique" | undefined {
  if (target.endsWith("[]")) return "append";
  return target.endsWith("{}") ? "addUnique" : undefined;
}
