import { describeType } from "../util/messages.ts";
import { getKey, isFalsy, isMapping, type Value } from "../values.ts";
import { JsonPathError } from "./jsonpath_error.ts";
import { parsePath, type Path, type Slice } from "./jsonpath_parser.ts";

/** Far more than any document that can be stored needs. */
const MAX_STEPS = 10_000_000;
const MAX_RESULTS = 1_000_000;

/**
 * Finds values in a document by a JSONPath, in the dialect of Python's
 * `jsonpath-ng`: a leading `$` is optional, `|` binds tighter than `.`, and a
 * bracket applies to everything before it.
 *
 * @param document The document.
 * @param expression The JSONPath, for example `state.build.tags[0]`.
 * @returns The values, in the order in which they were found.
 * @throws {JsonPathError} If the expression cannot be parsed, has more than 1000
 * parts, does not apply to the document, such as an index of a mapping, or takes
 * more than 10,000,000 steps.
 * @example All ids at any depth
 * ```ts
 * import { queryPath } from "@cicdstatemgr/cicdstatemgr";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const document = { jobs: [{ id: 1 }, { id: 2 }] };
 * deepStrictEqual(queryPath(document, "jobs[*].id"), [1, 2]);
 * deepStrictEqual(queryPath(document, "$..id"), [1, 2]);
 * deepStrictEqual(queryPath(document, "jobs[9]"), []);
 * ```
 */
export function queryPath(document: Value, expression: string): Value[] {
  const path = parsePath(expression);
  const results: Value[] = [];
  try {
    new Query().find(path, { value: document }, (match) => {
      if (match === undefined) throw aboveDocument();
      if (results.push(match.value) <= MAX_RESULTS) return;
      throw new EvaluationFault(`it finds more than ${MAX_RESULTS} values`);
    });
  } catch (error) {
    if (!(error instanceof EvaluationFault)) throw error;
    throw new JsonPathError("evaluation", expression, error.message);
  }
  return results;
}

/** A value and what contains it. */
interface Match {
  /** The value. */
  readonly value: Value;
  /** What contains it; `undefined` for the document itself. */
  readonly parent?: Match | undefined;
}

/** A match, or `undefined` for the parent of the document. */
type Found = Match | undefined;

/** Takes what a path finds, one match after the other. */
type Emit = (match: Found) => void;

/** Why a JSONPath does not apply to a document. */
class EvaluationFault extends Error {}

function aboveDocument(): EvaluationFault {
  return new EvaluationFault("the document has no parent");
}

/** Evaluates a path and counts the steps, which can grow exponentially. */
class Query {
  #steps = 0;

  #spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps <= MAX_STEPS) return;
    throw new EvaluationFault(`it takes more than ${MAX_STEPS} steps`);
  }

  find(path: Path, from: Found, emit: Emit): void {
    this.#spend(1);
    switch (path.kind) {
      case "root":
        return emit(this.#rootOf(from));
      case "this":
        return emit(from ?? { value: null });
      case "parent":
        return emit(from?.parent);
      case "fields":
        return this.#fields(path.names, from, emit);
      case "indices":
        return this.#indices(path.numbers, from, emit);
      case "slice":
        return this.#slice(path, from, emit);
      case "child":
        return this.find(
          path.left,
          from,
          (match) => this.find(path.right, match, emit),
        );
      case "descendants":
        return this.find(
          path.left,
          from,
          (match) => this.#descend(path.right, match, emit),
        );
      case "union":
        this.find(path.left, from, emit);
        return this.find(path.right, from, emit);
      case "intersection":
        throw new EvaluationFault('"&" is not supported');
      case "where":
      case "wherenot":
        return this.find(path.left, from, (match) => {
          let matches = 0;
          this.find(path.right, match, () => matches += 1);
          if ((matches > 0) === (path.kind === "where")) emit(match);
        });
    }
  }

  #rootOf(from: Found): Match {
    let match = from ?? { value: null };
    while (match.parent !== undefined) {
      this.#spend(1);
      match = match.parent;
    }
    return match;
  }

  /** Evaluates a path from a match and from everything inside it. */
  #descend(path: Path, from: Found, emit: Emit): void {
    const pending = [from];
    while (pending.length > 0) {
      const match = pending.pop();
      this.find(path, match, emit);
      if (match === undefined) throw aboveDocument();
      const children = childrenOf(match);
      this.#spend(children.length);
      // The last goes in first, so that they come out in order.
      for (let index = children.length - 1; index >= 0; index--) {
        pending.push(children[index]);
      }
    }
  }

  #fields(names: readonly string[], from: Found, emit: Emit): void {
    if (from === undefined || !isMapping(from.value)) return;
    const keys = names.includes("*") ? Object.keys(from.value) : names;
    this.#spend(keys.length);
    for (const key of keys) {
      const value = getKey(from.value, key);
      if (value !== undefined) emit({ value, parent: from });
    }
  }

  #indices(numbers: readonly number[], from: Found, emit: Emit): void {
    if (from === undefined || isFalsy(from.value)) return;
    const size = isMapping(from.value)
      ? Object.keys(from.value).length
      : undefined;
    const items = typeof from.value === "string"
      ? [...from.value]
      : Array.isArray(from.value)
      ? from.value
      : undefined;
    this.#spend(numbers.length + (size ?? items?.length ?? 0));
    for (const index of numbers) {
      // As in jsonpath-ng, an index past the keys of a mapping finds nothing.
      if (size !== undefined && size <= index) continue;
      if (items === undefined) {
        throw new EvaluationFault(
          `[${index}] needs a list, but this is ${describeType(from.value)}`,
        );
      }
      if (index < -items.length) {
        throw new EvaluationFault(
          `[${index}] is before the first of ${items.length} items`,
        );
      }
      const value = items.at(index);
      if (value !== undefined) emit({ value, parent: from });
    }
  }

  /** Emits items of a list; any other value counts as a list of one item. */
  #slice(slice: Slice, from: Found, emit: Emit): void {
    if (from === undefined || from.value === null) return;
    const { value, parent } = from;
    const items = Array.isArray(value) ? value : [value];
    const list: Match = { value: items, parent };
    const indices = sliceIndices(items.length, slice);
    this.#spend(indices.length);
    for (const index of indices) emit({ value: items[index]!, parent: list });
  }
}

function childrenOf(match: Match): Match[] {
  const { value } = match;
  if (Array.isArray(value)) {
    return value.map((item) => ({ value: item, parent: match }));
  }
  return isMapping(value)
    ? Object.keys(value).map((key) => ({ value: value[key]!, parent: match }))
    : [];
}

/** Lists the indices of a slice as Python does. */
function sliceIndices(
  length: number,
  { start, end, step = 1 }: Slice,
): number[] {
  if (step === 0) throw new EvaluationFault("the step of a slice cannot be 0");
  const isForward = step > 0;
  const lowest = isForward ? 0 : -1;
  const highest = isForward ? length : length - 1;
  function clamp(bound: number): number {
    return bound < 0
      ? Math.max(bound + length, lowest)
      : Math.min(bound, highest);
  }
  const first = start === undefined
    ? (isForward ? lowest : highest)
    : clamp(start);
  const last = end === undefined ? (isForward ? highest : lowest) : clamp(end);
  const found: number[] = [];
  for (let i = first; isForward ? i < last : i > last; i += step) found.push(i);
  return found;
}
