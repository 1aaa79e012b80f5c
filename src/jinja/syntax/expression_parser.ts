import { lexer } from "../../deps/nunjucks.js";
import { floatValue } from "../../values.ts";
import {
  type Call,
  type List,
  moreNodes,
  type Name,
  type Node,
  nodes,
  type Pair,
} from "./nodes.ts";
import { describe, TokenParser } from "./tokens.ts";

const CONSTANTS: ReadonlyMap<unknown, unknown> = new Map<unknown, unknown>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["none", null],
  ["None", null],
]);
// What may follow a test without being its argument.
const NO_ARGUMENT: ReadonlySet<unknown> = new Set(["else", "or", "and"]);

/** nunjucks' parser with Jinja2's grammar of what stands between operators: values with their attributes, calls, filters and tests. */
abstract class OperandParser extends TokenParser {
  /** Reads an expression, inline `if`s included. */
  abstract parseCondition(): Node;

  /** Reads one expression, or a tuple without parentheses. */
  abstract parseTuple(options: { isParenthesized: boolean }): Node;

  /** Reads a value with its sign, and what follows it. */
  parseUnary(takesFilters: boolean): Node {
    const { lineno, colno, type, value } = this.peekToken();
    let node: Node;
    if (type === lexer.TOKEN_OPERATOR && (value === "-" || value === "+")) {
      this.nextToken();
      const target = this.nested(() => this.parseUnary(false));
      const Operation = value === "-" ? nodes.Neg : nodes.Pos;
      node = new Operation(lineno, colno, target);
    } else {
      node = this.parsePrimary();
    }
    node = this.#parsePostfix(node);
    return takesFilters ? this.#parseFiltersAndTests(node) : node;
  }

  /** Reads a name, a literal or something in brackets. */
  parsePrimary(): Node {
    const token = this.peekToken();
    const { lineno, colno, type, value } = token;
    switch (type) {
      case lexer.TOKEN_SYMBOL:
        this.nextToken();
        return CONSTANTS.has(value)
          ? new nodes.Literal(lineno, colno, CONSTANTS.get(value))
          : new nodes.Symbol(lineno, colno, String(value));
      case lexer.TOKEN_STRING:
        return new nodes.Literal(lineno, colno, this.#parseStrings());
      case lexer.TOKEN_INT:
        this.nextToken();
        return new nodes.Literal(lineno, colno, value);
      case lexer.TOKEN_FLOAT:
        this.nextToken();
        return new nodes.Literal(lineno, colno, floatValue(Number(value)));
      case lexer.TOKEN_LEFT_PAREN: {
        this.nextToken();
        const node = this.parseTuple({ isParenthesized: true });
        this.require(lexer.TOKEN_RIGHT_PAREN);
        return node;
      }
      case lexer.TOKEN_LEFT_BRACKET:
        return this.#parseList();
      case lexer.TOKEN_LEFT_CURLY:
        return this.#parseDict();
      default:
        this.fail(`unexpected ${describe(token)}`);
    }
  }

  /** Strings side by side are one. */
  #parseStrings(): string {
    let text = "";
    while (this.at(lexer.TOKEN_STRING)) text += this.nextToken()!.value;
    return text;
  }

  #parseList(): Node {
    const { lineno, colno } = this.require(lexer.TOKEN_LEFT_BRACKET);
    const items: Node[] = [];
    while (!this.accept(lexer.TOKEN_RIGHT_BRACKET)) {
      if (items.length > 0) {
        this.require(lexer.TOKEN_COMMA);
        if (this.accept(lexer.TOKEN_RIGHT_BRACKET)) break;
      }
      items.push(this.parseCondition());
    }
    return new nodes.Array(lineno, colno, items);
  }

  #parseDict(): Node {
    const { lineno, colno } = this.require(lexer.TOKEN_LEFT_CURLY);
    const pairs: Pair[] = [];
    while (!this.accept(lexer.TOKEN_RIGHT_CURLY)) {
      if (pairs.length > 0) {
        this.require(lexer.TOKEN_COMMA);
        if (this.accept(lexer.TOKEN_RIGHT_CURLY)) break;
      }
      const key = this.parseCondition();
      this.require(lexer.TOKEN_COLON);
      const value = this.parseCondition();
      pairs.push(new nodes.Pair(key.lineno, key.colno, key, value));
    }
    return new nodes.Dict(lineno, colno, pairs);
  }

  #parsePostfix(target: Node): Node {
    let node = target;
    for (;;) {
      const token = this.peekToken();
      if (this.at(lexer.TOKEN_OPERATOR, ".")) {
        node = this.#parseAttribute(node);
      } else if (token.type === lexer.TOKEN_LEFT_BRACKET) {
        node = this.#parseSubscript(node);
      } else if (token.type === lexer.TOKEN_LEFT_PAREN) {
        node = this.#parseCall(node);
      } else {
        return node;
      }
    }
  }

  #parseAttribute(target: Node): Node {
    const { lineno, colno } = target;
    this.require(lexer.TOKEN_OPERATOR, ".");
    const token = this.nextToken() ?? this.peekToken();
    if (token.type === lexer.TOKEN_SYMBOL) {
      const name = String(token.value);
      return new moreNodes.Attribute(lineno, colno, target, name);
    }
    if (token.type !== lexer.TOKEN_INT) {
      this.fail(
        `expected a name or number behind the point, got ${describe(token)}`,
        token.lineno,
        token.colno,
      );
    }
    const index = new nodes.Literal(token.lineno, token.colno, token.value);
    return new nodes.LookupVal(lineno, colno, target, index);
  }

  #parseSubscript(target: Node): Node {
    const { lineno, colno } = target;
    this.require(lexer.TOKEN_LEFT_BRACKET);
    const items: Node[] = [];
    while (!this.accept(lexer.TOKEN_RIGHT_BRACKET)) {
      if (items.length > 0) this.require(lexer.TOKEN_COMMA);
      items.push(this.#parseSubscribed());
    }
    const key = items.length === 1
      ? items[0]!
      : new nodes.Group(lineno, colno, items);
    return new nodes.LookupVal(lineno, colno, target, key);
  }

  #parseSubscribed(): Node {
    const { lineno, colno } = this.peekToken();
    const start = this.at(lexer.TOKEN_COLON) ? null : this.parseCondition();
    if (start !== null && !this.at(lexer.TOKEN_COLON)) return start;
    this.nextToken();
    const stop = this.#parseSliceBound();
    const step = this.accept(lexer.TOKEN_COLON)
      ? this.#parseSliceBound()
      : null;
    return new moreNodes.Slice(lineno, colno, start, stop, step);
  }

  #parseSliceBound(): Node | null {
    const { type } = this.peekToken();
    return type === lexer.TOKEN_COLON || type === lexer.TOKEN_COMMA ||
        type === lexer.TOKEN_RIGHT_BRACKET
      ? null
      : this.parseCondition();
  }

  #parseCall(target: Node): Call {
    const { lineno, colno } = target;
    return new nodes.FunCall(lineno, colno, target, this.#parseArguments());
  }

  #parseArguments(): List {
    const { lineno, colno } = this.require(lexer.TOKEN_LEFT_PAREN);
    const positional: Node[] = [];
    const keywords: Pair[] = [];
    const splats: Node[] = [];
    let isFirst = true;
    while (!this.accept(lexer.TOKEN_RIGHT_PAREN)) {
      if (!isFirst) {
        this.require(lexer.TOKEN_COMMA);
        if (this.accept(lexer.TOKEN_RIGHT_PAREN)) break;
      }
      isFirst = false;
      const token = this.peekToken();
      const last = splats.at(-1)?.typename;
      let isInOrder = last !== "DoubleSplat";
      if (this.accept(lexer.TOKEN_OPERATOR, "*")) {
        isInOrder = last === undefined;
        const value = this.parseCondition();
        splats.push(new moreNodes.Splat(token.lineno, token.colno, value));
      } else if (this.accept(lexer.TOKEN_OPERATOR, "**")) {
        const value = this.parseCondition();
        splats.push(
          new moreNodes.DoubleSplat(token.lineno, token.colno, value),
        );
      } else if (
        token.type === lexer.TOKEN_SYMBOL &&
        this.source.peek(1).value === "=" &&
        this.source.peek(1).type === lexer.TOKEN_OPERATOR
      ) {
        const key = this.requireName();
        this.nextToken();
        const value = this.parseCondition();
        keywords.push(new nodes.Pair(key.lineno, key.colno, key, value));
      } else {
        isInOrder = last === undefined && keywords.length === 0;
        positional.push(this.parseCondition());
      }
      if (!isInOrder) {
        this.fail(
          "a positional argument follows a keyword argument",
          token.lineno,
          token.colno,
        );
      }
    }
    const args = new nodes.NodeList(lineno, colno, [...positional, ...splats]);
    if (keywords.length > 0) {
      args.children.push(new nodes.KeywordArgs(lineno, colno, keywords));
    }
    return args;
  }

  #parseFiltersAndTests(target: Node): Node {
    let node = target;
    for (;;) {
      if (this.accept(lexer.TOKEN_PIPE)) {
        node = this.parseFilterCall(node);
      } else if (this.acceptName("is")) {
        node = this.#parseTest(node);
      } else if (this.at(lexer.TOKEN_LEFT_PAREN)) {
        node = this.#parseCall(node);
      } else {
        return node;
      }
    }
  }

  /** Reads a filter's name and arguments. */
  parseFilterCall(target: Node): Call {
    const name = this.#parseDottedName();
    const args = this.at(lexer.TOKEN_LEFT_PAREN)
      ? this.#parseArguments()
      : new nodes.NodeList(name.lineno, name.colno);
    args.children.unshift(target);
    return new nodes.Filter(name.lineno, name.colno, name, args);
  }

  #parseDottedName(): Name {
    const name = this.requireName();
    while (this.accept(lexer.TOKEN_OPERATOR, ".")) {
      name.value += `.${this.requireName().value}`;
    }
    return name;
  }

  #parseTest(target: Node): Node {
    const { lineno, colno } = this.peekToken();
    const isNegated = this.acceptName("not");
    const name = this.#parseDottedName();
    let args: List;
    if (this.at(lexer.TOKEN_LEFT_PAREN)) {
      args = this.#parseArguments();
    } else {
      args = new nodes.NodeList(name.lineno, name.colno);
      if (this.#atTestArgument()) {
        args.children.push(this.#parsePostfix(this.parsePrimary()));
      }
    }
    const call = new nodes.FunCall(name.lineno, name.colno, name, args);
    const test = new nodes.Is(lineno, colno, target, call);
    return isNegated ? new nodes.Not(lineno, colno, test) : test;
  }

  #atTestArgument(): boolean {
    const { type, value } = this.peekToken();
    switch (type) {
      case lexer.TOKEN_SYMBOL:
        if (value === "is") this.fail("tests cannot be chained with is");
        return !NO_ARGUMENT.has(value);
      case lexer.TOKEN_STRING:
      case lexer.TOKEN_INT:
      case lexer.TOKEN_FLOAT:
      case lexer.TOKEN_LEFT_BRACKET:
      case lexer.TOKEN_LEFT_CURLY:
        return true;
      default:
        return false;
    }
  }
}

type BinaryName =
  | "Add"
  | "Sub"
  | "Mul"
  | "Div"
  | "FloorDiv"
  | "Mod"
  | "Pow"
  | "Concat";

/** Jinja2's operators on two values, from the loosest level to the tightest. */
const LEVELS: readonly ReadonlyMap<string, BinaryName>[] = [
  new Map([["+", "Add"], ["-", "Sub"]]),
  new Map([["~", "Concat"]]),
  new Map([["*", "Mul"], ["/", "Div"], ["//", "FloorDiv"], ["%", "Mod"]]),
  new Map([["**", "Pow"]]),
];
const COMPARISONS: ReadonlySet<unknown> = new Set([
  "==",
  "!=",
  "<",
  ">",
  "<=",
  ">=",
]);
/** Whether a comma makes a tuple, and where it ends. */
interface TupleOptions {
  /** Reads one item. */
  item?: () => Node;
  /** Whether it stands in parentheses, where nothing is the empty tuple. */
  isParenthesized?: boolean;
}

/** nunjucks' parser with Jinja2's grammar of expressions. */
export class ExpressionParser extends OperandParser {
  /** What stands between `{{` and `}}`. */
  override parseExpression(): Node {
    return this.parseTuple();
  }

  /** Reads one expression, or a tuple without parentheses. */
  override parseTuple(options: TupleOptions = {}): Node {
    const { item = () => this.parseCondition(), isParenthesized } = options;
    const start = this.peekToken();
    const items: Node[] = [];
    let isTuple = false;
    while (!this.#atTupleEnd()) {
      items.push(item());
      if (!this.accept(lexer.TOKEN_COMMA)) break;
      isTuple = true;
    }
    if (!isTuple) {
      if (items[0] !== undefined) return items[0];
      if (!isParenthesized) {
        this.fail(`expected an expression, got ${describe(start)}`);
      }
    }
    return new nodes.Group(start.lineno, start.colno, items);
  }

  #atTupleEnd(): boolean {
    const { type } = this.peekToken();
    return type === lexer.TOKEN_VARIABLE_END ||
      type === lexer.TOKEN_BLOCK_END || type === lexer.TOKEN_RIGHT_PAREN;
  }

  /** Reads an expression, inline `if`s included. */
  override parseCondition(): Node {
    return this.nested(() => {
      const { lineno, colno } = this.peekToken();
      let node = this.parseOr();
      while (this.acceptName("if")) {
        const condition = this.parseOr();
        const otherwise = this.acceptName("else")
          ? this.parseCondition()
          : null;
        node = new nodes.InlineIf(lineno, colno, condition, node, otherwise);
      }
      return node;
    });
  }

  /** Reads an expression without inline `if`s. */
  parseOr(): Node {
    let left = this.#parseAnd();
    while (this.acceptName("or")) {
      left = new nodes.Or(left.lineno, left.colno, left, this.#parseAnd());
    }
    return left;
  }

  #parseAnd(): Node {
    let left = this.#parseNot();
    while (this.acceptName("and")) {
      left = new nodes.And(left.lineno, left.colno, left, this.#parseNot());
    }
    return left;
  }

  #parseNot(): Node {
    const { lineno, colno } = this.peekToken();
    if (!this.acceptName("not")) return this.#parseCompare();
    const target = this.nested(() => this.#parseNot());
    return new nodes.Not(lineno, colno, target);
  }

  #parseCompare(): Node {
    const first = this.#parseBinary(0);
    const operands: Node[] = [];
    for (;;) {
      const { lineno, colno } = this.peekToken();
      const type = this.#acceptComparison();
      if (type === undefined) break;
      const operand = this.#parseBinary(0);
      operands.push(new nodes.CompareOperand(lineno, colno, operand, type));
    }
    if (operands.length === 0) return first;
    return new nodes.Compare(first.lineno, first.colno, first, operands);
  }

  #acceptComparison(): string | undefined {
    const token = this.peekToken();
    if (token.type === lexer.TOKEN_OPERATOR && COMPARISONS.has(token.value)) {
      this.nextToken();
      return String(token.value);
    }
    if (this.acceptName("in")) return "in";
    if (!this.atName("not") || this.source.peek(1).value !== "in") {
      return undefined;
    }
    this.nextToken();
    this.nextToken();
    return "not in";
  }

  /** Every level is left-associative, `**` too: that is Jinja2's, not Python's. */
  #parseBinary(level: number): Node {
    const operators = LEVELS[level];
    if (operators === undefined) return this.parseUnary(true);
    let left = this.#parseBinary(level + 1);
    for (;;) {
      const token = this.peekToken();
      const name = token.type === lexer.TOKEN_OPERATOR ||
          token.type === lexer.TOKEN_TILDE
        ? operators.get(String(token.value))
        : undefined;
      if (name === undefined) return left;
      this.nextToken();
      const right = this.#parseBinary(level + 1);
      left = new nodes[name](token.lineno, token.colno, left, right);
    }
  }
}
