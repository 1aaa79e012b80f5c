import type { Value } from "../values.ts";
import { JsonPathError } from "./jsonpath_error.ts";
import {
  aboveDocument,
  child,
  descendants,
  EvaluationFault,
  fields,
  indices,
  intersection,
  parent,
  root,
  self,
  slice,
  type Step,
  union,
  where,
  whereNot,
} from "./jsonpath_steps.ts";
import { type Token, tokenize } from "./jsonpath_tokens.ts";

export { JsonPathError } from "./jsonpath_error.ts";
export type { JsonPathPhase } from "./jsonpath_error.ts";

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
