import { getKey, isFalsy, isMapping, type Value } from "../values.ts";

/** A value and what it was found in. */
export interface Match {
  /** The value. */
  readonly value: Value;
  /** What holds it; undefined for the document itself. */
  readonly parent?: Match | undefined;
}

/**
 * What a part of a JSONPath finds, starting from a match. `undefined` among the
 * matches is what lies above the document: only `parent` yields it.
 */
export type Step = (from: Match | undefined) => (Match | undefined)[];

/** Why a JSONPath does not apply to a document. */
export class EvaluationFault extends Error {}

/** `$`: the document. */
export function root(from: Match | undefined): Match[] {
  let match = from ?? { value: null };
  while (match.parent !== undefined) match = match.parent;
  return [match];
}

/** `` `this` ``: the match itself. */
export function self(from: Match | undefined): Match[] {
  return [from ?? { value: null }];
}

/** `` `parent` ``: what holds the match. */
export function parent(from: Match | undefined): (Match | undefined)[] {
  return [from?.parent];
}

/** `left.right`. */
export function child(left: Step, right: Step): Step {
  return (from) => left(from).flatMap(right);
}

/** `left..right`: `right` of every match of `left` and of all inside it. */
export function descendants(left: Step, right: Step): Step {
  function search(from: Match | undefined): (Match | undefined)[] {
    const matches = right(from);
    if (from === undefined) throw aboveDocument();
    return matches.concat(children(from).flatMap(search));
  }
  return (from) => left(from).flatMap(search);
}

function children(match: Match): Match[] {
  const { value } = match;
  if (Array.isArray(value)) {
    return value.map((item) => ({ value: item, parent: match }));
  }
  return isMapping(value) ? keyMatches(match, Object.keys(value)) : [];
}

/** `left|right`: both, one after the other. */
export function union(left: Step, right: Step): Step {
  return (from) => left(from).concat(right(from));
}

/** `left&right`: part of the grammar, but without a meaning. */
export function intersection(): Step {
  return () => {
    throw new EvaluationFault('"&" is not supported');
  };
}

/** `left where right`: matches of `left` in which `right` finds something. */
export function where(left: Step, right: Step): Step {
  return (from) => left(from).filter((match) => right(match).length > 0);
}

/** `left wherenot right`: matches of `left` in which `right` finds nothing. */
export function whereNot(left: Step, right: Step): Step {
  return (from) => left(from).filter((match) => right(match).length === 0);
}

/** `a,b`: these keys of a mapping; `*` among them: all keys. */
export function fields(names: readonly string[]): Step {
  const all = names.includes("*");
  return (from) => {
    if (from === undefined || !isMapping(from.value)) return [];
    return keyMatches(from, all ? Object.keys(from.value) : names);
  };
}

function keyMatches(match: Match, keys: readonly string[]): Match[] {
  if (!isMapping(match.value)) return [];
  const matches: Match[] = [];
  for (const key of keys) {
    const value = getKey(match.value, key);
    if (value !== undefined) matches.push({ value, parent: match });
  }
  return matches;
}

/** `[0,2]`: items of a list, or characters of a string. */
export function indices(numbers: readonly number[]): Step {
  return (from) => {
    if (from === undefined || isFalsy(from.value)) return [];
    const parent = from;
    return numbers.flatMap((index) => {
      const value = itemAt(parent.value, index);
      return value === undefined ? [] : [{ value, parent }];
    });
  };
}

function itemAt(value: Value, index: number): Value | undefined {
  if (isMapping(value) && Object.keys(value).length <= index) return undefined;
  if (!Array.isArray(value) && typeof value !== "string") {
    throw new EvaluationFault(
      `[${index}] needs a list, and this is ${kindOf(value)}`,
    );
  }
  const items: readonly Value[] = Array.isArray(value) ? value : [...value];
  if (index < -items.length) {
    throw new EvaluationFault(
      `[${index}] lies before the first of ${items.length} items`,
    );
  }
  return items.at(index);
}

/** What a value is, in words. */
function kindOf(value: Value): string {
  if (isMapping(value)) return "a mapping";
  return typeof value === "boolean" ? "a boolean" : "a number";
}

/** `[1:5:2]` and `[*]`: some items of a list; another value is a list of one. */
export function slice(start?: number, end?: number, step = 1): Step {
  return (from) => {
    if (from === undefined || from.value === null) return [];
    const { value, parent } = from;
    const items = Array.isArray(value) ? value : [value];
    const list: Match = { value: items, parent };
    return sliceIndices(items.length, start, end, step)
      .map((index) => ({ value: items[index]!, parent: list }));
  };
}

function sliceIndices(
  length: number,
  start: number | undefined,
  end: number | undefined,
  step: number,
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

/** The failure of looking at what lies above the document. */
export function aboveDocument(): EvaluationFault {
  return new EvaluationFault("the document has no parent");
}
