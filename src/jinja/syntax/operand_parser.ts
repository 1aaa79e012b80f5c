import type {
  Arguments,
  CallNode,
  DictEntry,
  ExpressionNode,
  FilterCall,
  LiteralNode,
  Position,
} from "./nodes.ts";
import { describeToken, type TokenStream } from "./token_stream.ts";

const CONSTANTS: ReadonlyMap<string, LiteralNode["value"]> = new Map([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["none", null],
  ["None", null],
]);
const NO_ARGUMENTS: Arguments = {
  positional: [],
  keywords: [],
  list: null,
  mapping: null,
};
// What may follow the name of a test without being its argument.
const TEST_END_KEYWORDS: ReadonlySet<unknown> = new Set(["else", "or", "and"]);

/** Reports whether a name is a constant, so that nothing can be assigned to it. */
export function isConstantName(name: string): boolean {
  return CONSTANTS.has(name);
}

/**
 * Parses what stands between operators: literals, names and brackets, with the
 * attributes, calls, filters and tests that follow them.
 */
export abstract class OperandParser {
  /** Where the tokens come from. */
  readonly tokens: TokenStream;

  constructor(tokens: TokenStream) {
    this.tokens = tokens;
  }

  /** Parses an expression. */
  abstract parseExpression(): ExpressionNode;

  /** Parses what stands in parentheses: an expression, or a tuple of any length. */
  abstract parseParenthesized(): ExpressionNode;

  /** Parses `(a, b=c, *d, **e)`. */
  abstract parseArguments(): Arguments;

  /** Parses a sign, its operand, and the filters and tests that follow. */
  parseUnary(): ExpressionNode {
    let node = this.#parseSigned();
    for (;;) {
      if (this.tokens.acceptOperator("|")) {
        const target = node;
        node = { kind: "filter", target, ...this.parseFilterCall() };
      } else if (this.tokens.acceptKeyword("is")) {
        node = this.#parseTest(node);
      } else if (this.tokens.atOperator("(")) {
        node = this.#parseCall(node);
      } else {
        return node;
      }
    }
  }

  #parseSigned(): ExpressionNode {
    const { kind, value, position } = this.tokens.current;
    if (kind !== "operator" || (value !== "-" && value !== "+")) {
      return this.#parsePostfix(this.parsePrimary());
    }
    this.tokens.next();
    const operand = this.tokens.nested(() => this.#parseSigned());
    return this.#parsePostfix({
      kind: "unary",
      position,
      operator: value,
      operand,
    });
  }

  /** Parses a literal, a name, or something in brackets. */
  parsePrimary(): ExpressionNode {
    const token = this.tokens.current;
    const { position } = token;
    switch (token.kind) {
      case "name": {
        this.tokens.next();
        const constant = CONSTANTS.get(token.value);
        return constant === undefined
          ? { kind: "name", position, name: token.value }
          : { kind: "literal", position, value: constant };
      }
      case "integer":
      case "float":
        this.tokens.next();
        return { kind: "literal", position, value: token.value };
      case "string":
        return { kind: "literal", position, value: this.#parseStrings() };
      case "operator":
        if (token.value === "(") return this.#parseParentheses();
        if (token.value === "[") return this.#parseList();
        if (token.value === "{") return this.#parseDict();
    }
    this.tokens.fail(`unexpected ${describeToken(token)}`, {
      expected: ["an expression"],
    });
  }

  /** Strings side by side are one string. */
  #parseStrings(): string {
    let text = "";
    while (this.tokens.at("string")) text += this.tokens.next().value;
    return text;
  }

  #parseParentheses(): ExpressionNode {
    this.tokens.next();
    const node = this.parseParenthesized();
    this.tokens.expectOperator(")");
    return node;
  }

  #parseList(): ExpressionNode {
    const { position } = this.tokens.next();
    const items = this.#parseItems("]", () => this.parseExpression());
    return { kind: "list", position, items };
  }

  #parseDict(): ExpressionNode {
    const { position } = this.tokens.next();
    const entries = this.#parseItems("}", (): DictEntry => {
      const key = this.parseExpression();
      this.tokens.expectOperator(":");
      return { key, value: this.parseExpression() };
    });
    return { kind: "dict", position, entries };
  }

  /** Parses items with commas between them up to a closing bracket. */
  #parseItems<T>(closing: string, parseItem: () => T): T[] {
    const items: T[] = [];
    while (!this.tokens.acceptOperator(closing)) {
      if (items.length > 0) {
        this.tokens.expectOperator(",");
        if (this.tokens.acceptOperator(closing)) break;
      }
      items.push(parseItem());
    }
    return items;
  }

  #parsePostfix(operand: ExpressionNode): ExpressionNode {
    let node = operand;
    for (;;) {
      if (this.tokens.acceptOperator(".")) node = this.#parseAttribute(node);
      else if (this.tokens.acceptOperator("[")) node = this.#parseItem(node);
      else if (this.tokens.atOperator("(")) node = this.#parseCall(node);
      else return node;
    }
  }

  #parseAttribute(target: ExpressionNode): ExpressionNode {
    const token = this.tokens.current;
    const { position } = target;
    if (token.kind === "name") {
      this.tokens.next();
      return { kind: "attribute", position, target, name: token.value };
    }
    if (token.kind !== "integer") {
      this.tokens.failExpected("a name", "an integer");
    }
    this.tokens.next();
    const key: LiteralNode = {
      kind: "literal",
      position: token.position,
      value: token.value,
    };
    return { kind: "subscript", position, target, key };
  }

  /** Parses `key]`, `start:stop:step]` or `a, b]`. */
  #parseItem(target: ExpressionNode): ExpressionNode {
    const { position } = target;
    const start = this.tokens.current.position;
    const items: ExpressionNode[] = [];
    while (!this.tokens.acceptOperator("]")) {
      if (items.length > 0) this.tokens.expectOperator(",");
      if (!this.tokens.atOperator(":")) items.push(this.parseExpression());
      if (this.tokens.atOperator(":")) {
        if (items.length > 1) this.#failSlice();
        return this.#parseSlice(target, items[0] ?? null);
      }
    }
    const key: ExpressionNode = items.length === 1
      ? items[0]!
      : { kind: "tuple", position: start, items };
    return { kind: "subscript", position, target, key };
  }

  #parseSlice(
    target: ExpressionNode,
    start: ExpressionNode | null,
  ): ExpressionNode {
    this.tokens.expectOperator(":");
    const stop = this.#parseBound();
    const step = this.tokens.acceptOperator(":") ? this.#parseBound() : null;
    if (this.tokens.atOperator(",")) this.#failSlice();
    this.tokens.expectOperator("]");
    const { position } = target;
    return { kind: "slice", position, target, start, stop, step };
  }

  #failSlice(): never {
    this.tokens.fail("a slice cannot be part of a tuple");
  }

  #parseBound(): ExpressionNode | null {
    return this.tokens.atOperator(":") || this.tokens.atOperator(",") ||
        this.tokens.atOperator("]")
      ? null
      : this.parseExpression();
  }

  #parseCall(callee: ExpressionNode): CallNode {
    const { position } = callee;
    return { kind: "call", position, callee, args: this.parseArguments() };
  }

  /** Parses a filter's name and arguments. */
  parseFilterCall(): FilterCall {
    const { name, position } = this.#parseDottedName();
    const args = this.tokens.atOperator("(")
      ? this.parseArguments()
      : NO_ARGUMENTS;
    return { position, name, args };
  }

  #parseDottedName(): { name: string; position: Position } {
    const { name, position } = this.tokens.expectName();
    let path = name;
    while (this.tokens.acceptOperator(".")) {
      path += `.${this.tokens.expectName().name}`;
    }
    return { name: path, position };
  }

  #parseTest(target: ExpressionNode): ExpressionNode {
    const { position } = this.tokens.current;
    const isNegated = this.tokens.acceptKeyword("not");
    const { name, position: namePosition } = this.#parseDottedName();
    const args = this.#parseTestArguments();
    const test: ExpressionNode = {
      kind: "test",
      position: namePosition,
      target,
      name,
      args,
    };
    return isNegated
      ? { kind: "unary", position, operator: "not", operand: test }
      : test;
  }

  /** Parses `(a, b)`, or one argument without parentheses. */
  #parseTestArguments(): Arguments {
    if (this.tokens.atOperator("(")) return this.parseArguments();
    const { kind, value } = this.tokens.current;
    switch (kind) {
      case "name":
        if (value === "is") {
          this.tokens.fail("tests cannot be chained with 'is'");
        }
        if (TEST_END_KEYWORDS.has(value)) return NO_ARGUMENTS;
        break;
      case "string":
      case "integer":
      case "float":
        break;
      default:
        if (value !== "[" && value !== "{") return NO_ARGUMENTS;
    }
    const argument = this.#parsePostfix(this.parsePrimary());
    return { ...NO_ARGUMENTS, positional: [argument] };
  }
}
