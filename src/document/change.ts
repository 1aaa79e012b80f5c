import { CicdStateError } from "../errors.ts";
import { pythonJson } from "../formats/json_writer.ts";
import { describeType } from "../util/messages.ts";
import {
  Float,
  floatValue,
  integerValue,
  isFalsy,
  isMapping,
  type Mapping,
  setKey,
  type Value,
} from "../values.ts";
import {
  checkPathLength,
  childAt,
  type PathStep,
  type PropertyPath,
  showPath,
  valueAt,
} from "./path.ts";

/** One step of a change to a document. */
export type Operation =
  /** Writes a value. Creates the mappings that lead to it. */
  | { readonly op: "set"; readonly path: PropertyPath; readonly value: Value }
  /** Appends to a list. A missing or falsy value becomes a list. */
  | {
    readonly op: "append";
    readonly path: PropertyPath;
    readonly items: readonly Value[];
  }
  /** Appends to a list, then keeps only the first of equal items. */
  | {
    readonly op: "addUnique";
    readonly path: PropertyPath;
    readonly items: readonly Value[];
  }
  /** Writes an empty list. */
  | { readonly op: "clear"; readonly path: PropertyPath }
  /** Removes a key or a list item. A missing one is not an error. */
  | { readonly op: "delete"; readonly path: PropertyPath }
  /** Adds to a number. A missing number counts as 0. */
  | {
    readonly op: "increment";
    readonly path: PropertyPath;
    readonly by: number;
  };

/** A change to a document: operations that are applied in order, all or none. */
export type Change = readonly Operation[];

/** A document: the configuration and state of one context data id. */
export type Document = Mapping;

/**
 * Applies a change.
 *
 * @param document The document, which stays as it is.
 * @param change The change.
 * @returns The changed document. It shares with the original what the change does
 * not touch.
 * @throws {CicdStateError} `PATH`, if an operation does not fit the document.
 */
export function applyChange(document: Document, change: Change): Document {
  const draft = new Draft(document);
  for (const operation of change) draft.apply(operation);
  return draft.document;
}

/** What is known about the items of a list of a draft. */
interface Checked {
  /** The identities of the first `count` items, which all differ. */
  readonly identities: Set<string>;
  /** How many items were checked. */
  count: number;
}

/**
 * A document that is being changed. It copies each mapping and list before the
 * first change and changes the copy from then on, so that a change takes time in
 * proportion to the number of its operations.
 */
class Draft {
  #document: Document;
  readonly #copies = new Set<Value>();
  readonly #checked = new Map<Value[], Checked>();

  constructor(document: Document) {
    this.#document = document;
  }

  get document(): Document {
    return this.#document;
  }

  apply(operation: Operation): void {
    const { path } = operation;
    checkPathLength(path);
    switch (operation.op) {
      case "set":
        return this.#write(path, () => operation.value);
      case "append":
        return this.#write(path, (current) => {
          const list = this.#listAt(path, current);
          for (const item of operation.items) list.push(item);
          return list;
        });
      case "addUnique":
        return this.#write(path, (current) => {
          const list = this.#listAt(path, current);
          for (const item of operation.items) list.push(item);
          this.#removeDuplicates(list);
          return list;
        });
      case "clear":
        return this.#write(path, (current) => {
          checkList(path, current);
          return [];
        });
      case "delete":
        return this.#delete(path);
      case "increment":
        return this.#write(
          path,
          (current) => sum(path, current, operation.by),
        );
      default:
        return operation satisfies never;
    }
  }

  /** Returns the draft's own copy of a mapping. */
  #own(mapping: Mapping): Mapping {
    if (this.#copies.has(mapping)) return mapping;
    const copy = { ...mapping };
    this.#copies.add(copy);
    return copy;
  }

  /** Returns the draft's own copy of a list. */
  #ownList(list: Value[]): Value[] {
    if (this.#copies.has(list)) return list;
    const copy = [...list];
    this.#copies.add(copy);
    return copy;
  }

  /**
   * Returns the draft's own copy of the mapping or list that the last step of a
   * path starts from. Creates missing mappings, but no list items.
   */
  #parentOf(path: PropertyPath): Mapping | Value[] {
    let parent: Mapping | Value[] = this.#document = this.#own(this.#document);
    for (const [depth, step] of path.entries()) {
      const here = path.slice(0, depth);
      if (typeof step === "number") checkItem(path, here, parent, step);
      if (depth === path.length - 1) break;
      const inner = childAt(parent, step);
      const own = this.#ownContainer(path, depth + 1, inner);
      putAt(parent, step, own);
      parent = own;
    }
    return parent;
  }

  /** Returns the draft's own copy of what a step of a path starts from. */
  #ownContainer(
    path: PropertyPath,
    depth: number,
    value: Value | undefined,
  ): Mapping | Value[] {
    if (typeof path[depth] === "number") {
      if (Array.isArray(value)) return this.#ownList(value);
      if (value === undefined) throw noList(path.slice(0, depth));
      throw misfit(path, path.slice(0, depth), value, "a list");
    }
    const mapping = value ?? {};
    if (isMapping(mapping)) return this.#own(mapping);
    throw misfit(path, path.slice(0, depth), mapping, "a mapping");
  }

  #write(
    path: PropertyPath,
    replace: (current: Value | undefined) => Value,
  ): void {
    const parent = this.#parentOf(path);
    const step = path.at(-1)!;
    putAt(parent, step, replace(childAt(parent, step)));
    if (Array.isArray(parent)) this.#checked.delete(parent);
  }

  #delete(path: PropertyPath): void {
    if (valueAt(this.#document, path) === undefined) return;
    const parent = this.#parentOf(path);
    const step = path.at(-1)!;
    if (!Array.isArray(parent)) delete parent[step];
    else {
      parent.splice(Number(step), 1);
      this.#checked.delete(parent);
    }
  }

  /** Returns the draft's own copy of a list. */
  #listAt(path: PropertyPath, value: Value | undefined): Value[] {
    return this.#ownList(checkList(path, value));
  }

  #removeDuplicates(list: Value[]): void {
    const checked = this.#checked.get(list) ??
      { identities: new Set(), count: 0 };
    this.#checked.set(list, checked);
    const unchecked = list.splice(checked.count);
    for (const item of unchecked) {
      const name = identity(item);
      if (checked.identities.has(name)) continue;
      checked.identities.add(name);
      list.push(item);
    }
    checked.count = list.length;
  }
}

function putAt(parent: Mapping | Value[], step: PathStep, value: Value): void {
  if (Array.isArray(parent)) parent[Number(step)] = value;
  else setKey(parent, String(step), value);
}

/** Checks that a list has the item that a step leads to. */
function checkItem(
  path: PropertyPath,
  here: PropertyPath,
  list: Mapping | Value[],
  index: number,
): void {
  const length = Array.isArray(list) ? list.length : 0;
  if (index < length) return;
  throw pathError(
    path,
    `Cannot change "${showPath(path)}": "${showPath(here)}" has ${length} ${
      length === 1 ? "item" : "items"
    }`,
    "Indexes start at 0. Append to a list to make it longer",
  );
}

function checkList(path: PropertyPath, value: Value | undefined): Value[] {
  if (Array.isArray(value)) return value;
  if (value === undefined || isFalsy(value)) return [];
  throw misfit(path, path, value, "a list");
}

/** Returns a string that is the same for equal values only. */
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

function noList(place: PropertyPath): CicdStateError {
  const name = showPath(place);
  const hint = `Create it first: append ${name} VALUE`;
  return pathError(place, `There is no list at "${name}"`, hint);
}

function misfit(
  path: PropertyPath,
  place: PropertyPath,
  value: Value | undefined,
  wanted: string,
): CicdStateError {
  return pathError(
    path,
    `Cannot change "${showPath(path)}": "${showPath(place)}" holds ${
      value === undefined ? "nothing" : describeType(value)
    }, not ${wanted}`,
    "Use another path, or replace the value there first",
  );
}

function pathError(path: PropertyPath, message: string, hint: string) {
  const place = { path: showPath(path) };
  return new CicdStateError("PATH", message, { hint, place });
}
