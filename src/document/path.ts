import { CicdStateError } from "../errors.ts";
import {
  getKey,
  isMapping,
  type Mapping,
  MAX_DEPTH,
  type Value,
} from "../values.ts";

const MAX_SHOWN = 200;

/** The keys that lead from the root of a document to a value. Never empty. */
export type PropertyPath = readonly string[];

/**
 * Parses keys joined by `.`. Blanks around the whole path are ignored.
 *
 * @param text The path, for example `state.build.tag`.
 * @returns The keys.
 * @throws {CicdStateError} `PATH`, if a key is empty or has a list mark, or if
 * there are more than 1000 keys.
 */
export function parsePropertyPath(text: string): PropertyPath {
  const path = text.trim().split(".");
  const wrong = path.includes("")
    ? "it has an empty key"
    : /\[\]|\{\}/.test(text)
    ? "[] and {} are allowed only at its end"
    : undefined;
  if (wrong !== undefined) {
    throw new CicdStateError(
      "PATH",
      `Cannot use "${showPath(path)}" as a path: ${wrong}`,
      { hint: "Join keys by single dots, as in state.build.tag" },
    );
  }
  checkPathLength(path);
  return path;
}

/**
 * Checks that a path is not too long to be stored.
 *
 * @param path The path.
 * @throws {CicdStateError} `PATH`, if it has more than 1000 keys.
 */
export function checkPathLength(path: PropertyPath): void {
  if (path.length <= MAX_DEPTH) return;
  throw new CicdStateError(
    "PATH",
    `Cannot use "${
      showPath(path)
    }" as a path: it has more than ${MAX_DEPTH} keys`,
    { hint: "Use fewer keys" },
  );
}

/**
 * Formats a path for messages, shortened if it is long.
 *
 * @param path The path.
 * @returns The keys joined by `.`.
 */
export function showPath(path: PropertyPath): string {
  const text = path.join(".");
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/**
 * Finds the value at a path.
 *
 * @param mapping The mapping that the path starts from.
 * @param path The path.
 * @returns The value, or `undefined` if there is none.
 */
export function valueAt(
  mapping: Mapping,
  path: PropertyPath,
): Value | undefined {
  let value: Value | undefined = mapping;
  for (const key of path) {
    value = isMapping(value) ? getKey(value, key) : undefined;
  }
  return value;
}
