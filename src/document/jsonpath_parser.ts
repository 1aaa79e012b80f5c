import { MAX_DEPTH } from "../values.ts";
import { JsonPathError } from "./jsonpath_error.ts";
import { type Token, tokenize } from "./jsonpath_tokens.ts";

/** What stands between two paths. */
type Operator =
  | "descendants"
  | "child"
  | "union"
  | "intersection"
  | "where"
  | "wherenot";

/** A parsed JSONPath. */
export type Path =
  /** `$`: the document. */
  | { readonly kind: "root" }
  /** `` `this` ``: the match itself. */
  | { readonly kind: "this" }
  /** `` `parent` ``: what contains the match. */
  | { readonly kind: "parent" }
  /** `a,b`: these keys of a mapping; `*` among them means all. */
  | { readonly kind: "fields"; readonly names: readonly string[] }
  /** `[0,2]`: items of a list, or characters of a string. */
  | { readonly kind: "indices"; readonly numbers: readonly number[] }
  /** `[1:5:2]` and `[*]`: some items of a list. */
  | ({ readonly kind: "slice" } & Slice)
  /** Two paths and an operator. */
  | { readonly kind: Operator; readonly left: Path; readonly right: Path };

/** The bounds of a slice. */
export interface Slice {
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly step: number | undefined;
}

/** The operators and how tightly they bind: the higher, the tighter. */
const OPERATORS: ReadonlyMap<string, readonly [Operator, level: number]> =
  new Map([
    ["..", ["descendants", 1]],
    [".", ["child", 2]],
    ["|", ["union", 3]],
    ["&", ["intersection", 4]],
    ["where", ["where", 5]],
    ["wherenot", ["wherenot", 6]],
  ]);

/**
 * Parses a JSONPath.
 *
 * @param expression The JSONPath.
 * @returns The path.
 * @throws {JsonPathError} With the phase `parse`.
 */
export function parsePath(expression: string): Path {
  return new Parser(expression).parse();
}

class Parser {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  #index = 0;
  #parts = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokenize(expression);
  }

  parse(): Path {
    const path = this.#path();
    if (this.#token.kind !== "end") this.#fail();
    return path;
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
      : `unexpected "${token.text}"`;
    throw new JsonPathError(
      "parse",
      this.#expression,
      reason ?? found,
      token.position,
    );
  }

  /** Counts an operand or bracket, so that no path nests without limit. */
  #countPart(): void {
    this.#parts += 1;
    if (this.#parts > MAX_DEPTH) {
      this.#fail(`it has more than ${MAX_DEPTH} parts`);
    }
  }

  /** Reads a path up to the first token that cannot continue it. */
  #path(): Path {
    const operands = [this.#operand()];
    const operators: (readonly [Operator, level: number])[] = [];
    function reduce(level: number): void {
      while (operators.length > 0 && operators.at(-1)![1] >= level) {
        const [kind] = operators.pop()!;
        const right = operands.pop()!;
        operands.push({ kind, left: operands.pop()!, right });
      }
    }
    while (true) {
      if (this.#accept("[")) {
        // A bracket applies to everything before it, whatever the operators.
        reduce(0);
        const left = operands.pop()!;
        operands.push({ kind: "child", left, right: this.#bracket() });
        continue;
      }
      const { kind, text } = this.#token;
      const operator = kind === "symbol" ? OPERATORS.get(text) : undefined;
      if (operator === undefined) break;
      this.#index += 1;
      reduce(operator[1]);
      operators.push(operator);
      operands.push(this.#operand());
    }
    reduce(0);
    return operands[0]!;
  }

  #operand(): Path {
    if (this.#accept("[")) return this.#bracket();
    this.#countPart();
    const token = this.#token;
    const key = this.#take("key");
    if (key !== undefined) return { kind: "fields", names: this.#keys(key) };
    const number = this.#take("number");
    if (number !== undefined) {
      return { kind: "fields", names: [String(BigInt(number))] };
    }
    const named = this.#take("named");
    if (named === "this" || named === "parent") return { kind: named };
    if (named !== undefined) {
      this.#fail(`there is no operator \`${named}\``, token);
    }
    if (this.#accept("$")) return { kind: "root" };
    if (this.#accept("*")) return { kind: "fields", names: ["*"] };
    this.#expect("(");
    const path = this.#path();
    this.#expect(")");
    return path;
  }

  #keys(first: string): string[] {
    const keys = [first];
    while (this.#accept(",")) keys.push(this.#take("key") ?? this.#fail());
    return keys;
  }

  /** Reads the content of brackets and the closing bracket. */
  #bracket(): Path {
    this.#countPart();
    const path = this.#bracketContent();
    this.#expect("]");
    return path;
  }

  #bracketContent(): Path {
    if (this.#accept("*")) {
      return {
        kind: "slice",
        start: undefined,
        end: undefined,
        step: undefined,
      };
    }
    const key = this.#take("key");
    if (key !== undefined) return { kind: "fields", names: this.#keys(key) };
    const first = this.#take("number");
    if (this.#accept(":")) {
      const end = this.#take("number");
      const step = this.#accept(":") ? this.#take("number") : undefined;
      return {
        kind: "slice",
        start: numberOf(first),
        end: numberOf(end),
        step: numberOf(step),
      };
    }
    const numbers = [Number(first ?? this.#fail())];
    while (this.#accept(",")) {
      numbers.push(Number(this.#take("number") ?? this.#fail()));
    }
    return { kind: "indices", numbers };
  }
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
