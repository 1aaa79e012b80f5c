import { getKey, isFalsy, isMapping, type Value } from "../values.ts";
import { JsonPathError, type Token, tokenize } from "./jsonpath_tokens.ts";
export { JsonPathError, type JsonPathPhase } from "./jsonpath_tokens.ts";

/** A value and what it was found in. */
interface Match {
  /** The value. */
  readonly value: Value;
  /** What holds it; undefined for the document itself. */
  readonly parent?: Match | undefined;
}

/**
 * What a part of a JSONPath finds, starting from a match. `undefined` among the
 * matches is what lies above the document: only `parent` yields it.
 */
type Step = (from: Match | undefined) => (Match | undefined)[];

/** Why a JSONPath does not apply to a document. */
class EvaluationFault extends Error {}

/** `$`: the document. */
function root(from: Match | undefined): Match[] {
  let match = from ?? { value: null };
  while (match.parent !== undefined) match = match.parent;
  return [match];
}

/** `` `this` ``: the match itself. */
function self(from: Match | undefined): Match[] {
  return [from ?? { value: null }];
}

/** `` `parent` ``: what holds the match. */
function parent(from: Match | undefined): (Match | undefined)[] {
  return [from?.parent];
}

/** `left.right`. */
function child(left: Step, right: Step): Step {
  return (from) => left(from).flatMap(right);
}

/** `left..right`: `right` of every match of `left` and of all inside it. */
function descendants(left: Step, right: Step): Step {
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
function union(left: Step, right: Step): Step {
  return (from) => left(from).concat(right(from));
}

/** `left&right`: part of the grammar, but without a meaning. */
function intersection(): Step {
  return () => {
    throw new EvaluationFault('"&" is not supported');
  };
}

/** `left where right`: matches of `left` in which `right` finds something. */
function where(left: Step, right: Step): Step {
  return (from) => left(from).filter((match) => right(match).length > 0);
}

/** `left wherenot right`: matches of `left` in which `right` finds nothing. */
function whereNot(left: Step, right: Step): Step {
  return (from) => left(from).filter((match) => right(match).length === 0);
}

/** `a,b`: these keys of a mapping; `*` among them: all keys. */
function fields(names: readonly string[]): Step {
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
function indices(numbers: readonly number[]): Step {
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
function slice(start?: number, end?: number, step = 1): Step {
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
function aboveDocument(): EvaluationFault {
  return new EvaluationFault("the document has no parent");
}

/** An operator between two paths. */
interface Operator {
  /** The tighter it binds, the higher. */
  readonly level: number;
  /** Makes the step of both sides. */
  readonly combine: (left: Step, right: Step) => Step;
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ["..", { level: 1, combine: descendants }],
  [".", { level: 2, combine: child }],
  ["|", { level: 3, combine: union }],
  ["&", { level: 4, combine: intersection }],
  ["where", { level: 5, combine: where }],
  ["wherenot", { level: 6, combine: whereNot }],
]);

/**
 * Finds values in a document by a JSONPath, in the dialect of Python's
 * `jsonpath-ng`: a leading `$` is optional, `|` binds tighter than `.`, and a
 * bracket applies to all that stands before it.
 *
 * @param document The document.
 * @param expression The JSONPath, for example `state.build.tags[0]`.
 * @returns The values, in the order in which they were found.
 * @throws {JsonPathError} If the expression cannot be parsed, or not be applied
 * to the document, such as an index to a mapping.
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
  const step = new Parser(expression).parse();
  try {
    return step({ value: document }).map((match) => {
      if (match === undefined) throw aboveDocument();
      return match.value;
    });
  } catch (error) {
    if (!(error instanceof EvaluationFault)) throw error;
    throw new JsonPathError("evaluation", expression, error.message);
  }
}

class Parser {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokenize(expression);
  }

  parse(): Step {
    const step = this.#path();
    if (this.#token.kind !== "end") this.#fail();
    return step;
  }

  get #token(): Token {
    return this.#tokens[this.#index]!;
  }

  /** Moves past a symbol if it comes next. */
  #accept(symbol: string): boolean {
    const { kind, text } = this.#token;
    if (kind !== "symbol" || text !== symbol) return false;
    this.#index += 1;
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#accept(symbol)) this.#fail();
  }

  /** Moves past a token of a kind if it comes next, and returns its text. */
  #take(kind: Token["kind"]): string | undefined {
    if (this.#token.kind !== kind) return undefined;
    const { text } = this.#token;
    this.#index += 1;
    return text;
  }

  #fail(reason?: string, token = this.#token): never {
    const found = token.kind === "end"
      ? "the expression ends too early"
      : `"${token.text}" does not fit`;
    throw new JsonPathError(
      "parse",
      this.#expression,
      reason ?? found,
      token.position,
    );
  }

  /** Reads a path up to what cannot continue it. */
  #path(): Step {
    const operands = [this.#operand()];
    const operators: Operator[] = [];
    function reduce(level: number): void {
      while (operators.length > 0 && operators.at(-1)!.level >= level) {
        const right = operands.pop()!;
        operands.push(operators.pop()!.combine(operands.pop()!, right));
      }
    }
    while (true) {
      if (this.#accept("[")) {
        // A bracket binds to everything before it, whatever the operators.
        reduce(0);
        operands.push(child(operands.pop()!, this.#bracket()));
        continue;
      }
      const { kind, text } = this.#token;
      const operator = kind === "symbol" ? OPERATORS.get(text) : undefined;
      if (operator === undefined) break;
      this.#index += 1;
      reduce(operator.level);
      operators.push(operator);
      operands.push(this.#operand());
    }
    reduce(0);
    return operands[0]!;
  }

  #operand(): Step {
    const token = this.#token;
    const key = this.#take("key");
    if (key !== undefined) return fields(this.#keysAfter(key));
    const number = this.#take("number");
    if (number !== undefined) return fields([String(BigInt(number))]);
    const named = this.#take("named");
    if (named !== undefined) {
      if (named === "this") return self;
      if (named === "parent") return parent;
      this.#fail(`there is no operator \`${named}\``, token);
    }
    if (this.#accept("$")) return root;
    if (this.#accept("*")) return fields(["*"]);
    if (this.#accept("[")) return this.#bracket();
    this.#expect("(");
    const path = this.#path();
    this.#expect(")");
    return path;
  }

  #keysAfter(first: string): string[] {
    const keys = [first];
    while (this.#accept(",")) {
      keys.push(this.#take("key") ?? this.#fail());
    }
    return keys;
  }

  /** Reads what stands between brackets, and the closing one. */
  #bracket(): Step {
    const step = this.#bracketContent();
    this.#expect("]");
    return step;
  }

  #bracketContent(): Step {
    if (this.#accept("*")) return slice();
    const key = this.#take("key");
    if (key !== undefined) return fields(this.#keysAfter(key));
    const first = this.#take("number");
    if (this.#accept(":")) {
      const end = this.#take("number");
      const step = this.#accept(":") ? this.#take("number") : undefined;
      return slice(numberOf(first), numberOf(end), numberOf(step));
    }
    const numbers = [Number(first ?? this.#fail())];
    while (this.#accept(",")) {
      numbers.push(Number(this.#take("number") ?? this.#fail()));
    }
    return indices(numbers);
  }
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
