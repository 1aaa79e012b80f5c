import { CicdStateError } from "../errors.ts";
import {
  getKey,
  isMapping,
  type Mapping,
  MAX_DEPTH,
  type Value,
} from "../values.ts";

const MAX_SHOWN = 200;

/** A key of a mapping, or the index of a list item. */
export type PathStep = string | number;

/** The steps that lead from the root of a document to a value. Never empty. */
export type PropertyPath = readonly PathStep[];

/**
 * Parses keys joined by `.`. Blanks around the whole path are ignored.
 *
 * @param text The path, for example `state.build.tag`.
 * @returns The keys.
 * @throws {CicdStateError} `PATH`, if a key is empty or has a list mark, or if
 * there are more than 1000 keys.
 */
export function parsePropertyPath(text: string): PropertyPath {
  const path = splitKeys(text);
  if (/\[\]|\{\}/.test(text)) {
    throw wrongPath(path, "[] and {} are allowed only at its end");
  }
  checkPathLength(path);
  return path;
}

function splitKeys(text: string): readonly string[] {
  const keys = text.trim().split(".");
  if (!keys.includes("")) return keys;
  throw wrongPath(keys, "it has an empty key");
}

function wrongPath(
  path: PropertyPath,
  why: string,
  hint = "Join keys by single dots, as in state.build.tag",
): CicdStateError {
  return new CicdStateError(
    "PATH",
    `Cannot use "${showPath(path)}" as a path: ${why}`,
    { hint, place: { path: showPath(path) } },
  );
}

const INDEXED_REGEXP = /^([^[\]{}]+)((?:\[\d{1,9}\])*)$/;

/**
 * Parses keys joined by `.`, each of which may be followed by the indexes of list
 * items in brackets.
 *
 * @param text The path, for example `state.reports[0].name`.
 * @returns The steps.
 * @throws {CicdStateError} `PATH`, if a key is empty, if brackets hold anything but
 * an index, or if there are more than 1000 steps.
 */
export function parseItemPath(text: string): PropertyPath {
  const keys = splitKeys(text);
  const path = keys.flatMap((key): PathStep[] => {
    const [, name, indexes] = INDEXED_REGEXP.exec(key) ?? [];
    if (name === undefined) {
      throw wrongPath(
        keys,
        "brackets hold the index of a list item, after a key",
        "Write a path such as state.reports[0]",
      );
    }
    const numbers = indexes?.match(/\d+/g) ?? [];
    return [name, ...numbers.map(Number)];
  });
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
    { hint: "Use fewer keys", place: { path: showPath(path) } },
  );
}

/**
 * Formats a path as {@linkcode parseItemPath} reads it.
 *
 * @param path The path.
 * @returns For example `state.reports[0].name`.
 */
export function joinPath(path: PropertyPath): string {
  return path.map((step, depth) =>
    typeof step === "number" ? `[${step}]` : depth === 0 ? step : `.${step}`
  ).join("");
}

/**
 * Formats a path for messages, shortened if it is long.
 *
 * @param path The path.
 * @returns The path as {@linkcode joinPath} formats it.
 */
export function showPath(path: PropertyPath): string {
  const text = joinPath(path);
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
  for (const step of path) value = childAt(value, step);
  return value;
}

/**
 * Finds what a step leads to.
 *
 * @param parent The value that it starts from.
 * @param step The step.
 * @returns The child, or `undefined` if there is none.
 */
export function childAt(
  parent: Value | undefined,
  step: PathStep,
): Value | undefined {
  if (typeof step === "number") {
    return Array.isArray(parent) ? parent[step] : undefined;
  }
  return isMapping(parent) ? getKey(parent, step) : undefined;
}
