import { CicdStateError } from "../errors.ts";
import { pythonJson } from "../formats/python_json.ts";
import { describeType } from "../util/messages.ts";
import {
  Float,
  floatValue,
  getKey,
  integerValue,
  isFalsy,
  isMapping,
  type Mapping,
  setKey,
  type Value,
} from "../values.ts";

/** The keys that lead from a document's root to a value. Never empty. */
export type PropertyPath = readonly string[];

/** One step of a change to a document. */
export type Operation =
  /** Writes a value; missing mappings on the way are created. */
  | { readonly op: "set"; readonly path: PropertyPath; readonly value: Value }
  /** Appends to a list, which a missing or falsy value becomes. */
  | {
    readonly op: "append";
    readonly path: PropertyPath;
    readonly items: readonly Value[];
  }
  /** Appends to a list and leaves the first of equal items, new or old. */
  | {
    readonly op: "addUnique";
    readonly path: PropertyPath;
    readonly items: readonly Value[];
  }
  /** Makes it the empty list. */
  | { readonly op: "clear"; readonly path: PropertyPath }
  /** Removes a key. A missing one is no error. */
  | { readonly op: "delete"; readonly path: PropertyPath }
  /** Adds to a number; a missing one counts as 0. */
  | {
    readonly op: "increment";
    readonly path: PropertyPath;
    readonly by: number;
  };

/** What is done to a document: operations, applied in order, all or none. */
export type Change = readonly Operation[];

/** A document: configuration and state of one context data id. */
export type Document = Mapping;

/**
 * Applies a change. The document given stays as it is; the new one shares with
 * it what the change does not touch.
 *
 * @throws {CicdStateError} `PATH`, if what is there does not fit an operation.
 */
export function applyChange(document: Document, change: Change): Document {
  return change.reduce(applyOperation, document);
}

function applyOperation(document: Document, operation: Operation): Document {
  const { path } = operation;
  switch (operation.op) {
    case "set":
      return replaceAt(document, path, () => operation.value);
    case "append":
      return replaceAt(document, path, (current) => [
        ...listAt(path, current),
        ...operation.items,
      ]);
    case "addUnique":
      return replaceAt(
        document,
        path,
        (current) => unique([...listAt(path, current), ...operation.items]),
      );
    case "clear":
      return replaceAt(document, path, (current) => {
        listAt(path, current);
        return [];
      });
    case "delete":
      return deleteAt(document, path);
    case "increment":
      return replaceAt(
        document,
        path,
        (current) => sum(path, current, operation.by),
      );
    default:
      return operation satisfies never;
  }
}

/** Copies a document with another value at a path, and mappings on the way. */
function replaceAt(
  mapping: Mapping,
  path: PropertyPath,
  replace: (current: Value | undefined) => Value,
  depth = 0,
): Mapping {
  const key = path[depth]!;
  const current = getKey(mapping, key);
  const copy = { ...mapping };
  if (depth === path.length - 1) {
    setKey(copy, key, replace(current));
    return copy;
  }
  const inner = current ?? {};
  if (!isMapping(inner)) {
    throw misfit(path, path.slice(0, depth + 1), inner, "a mapping");
  }
  setKey(copy, key, replaceAt(inner, path, replace, depth + 1));
  return copy;
}

function deleteAt(mapping: Mapping, path: PropertyPath, depth = 0): Mapping {
  const key = path[depth]!;
  const current = getKey(mapping, key);
  if (current === undefined) return mapping;
  const copy = { ...mapping };
  if (depth === path.length - 1) {
    delete copy[key];
    return copy;
  }
  if (!isMapping(current)) return mapping;
  setKey(copy, key, deleteAt(current, path, depth + 1));
  return copy;
}

function listAt(path: PropertyPath, value: Value | undefined): Value[] {
  if (Array.isArray(value)) return value;
  if (value === undefined || isFalsy(value)) return [];
  throw misfit(path, path, value, "a list");
}

function unique(items: readonly Value[]): Value[] {
  const byIdentity = new Map<string, Value>();
  for (const item of items) {
    const name = identity(item);
    if (!byIdentity.has(name)) byIdentity.set(name, item);
  }
  return [...byIdentity.values()];
}

/** A text that equal values have in common. */
function identity(value: Value): string {
  return pythonJson(value, { sortKeys: true });
}

function sum(
  path: PropertyPath,
  value: Value | undefined,
  by: number,
): Value {
  const current = value ?? 0;
  if (current instanceof Float) return floatValue(current.value + by);
  if (typeof current === "number" && !Number.isSafeInteger(current)) {
    return floatValue(current + by);
  }
  if (typeof current !== "number" && typeof current !== "bigint") {
    throw misfit(path, path, current, "a number");
  }
  return Number.isSafeInteger(by)
    ? integerValue(BigInt(current) + BigInt(by))
    : floatValue(Number(current) + by);
}

function misfit(
  path: PropertyPath,
  place: PropertyPath,
  value: Value,
  wanted: string,
): CicdStateError {
  return new CicdStateError(
    "PATH",
    `Cannot change "${path.join(".")}": "${place.join(".")}" holds ${
      describeType(value)
    }, not ${wanted}`,
    { hint: "Use another path, or replace the value there first" },
  );
}

/** One `PATH=VALUE` of a `--set` flag. */
interface Assignment {
  /** The text before the first `=`, trimmed: a path, or one with a list mark. */
  readonly target: string;
  /** The text after it, trimmed. */
  readonly value: string;
}

/** What {@linkcode parseAssignments} made of a flag's text. */
interface ParsedAssignments {
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
