import { lexer } from "../deps/nunjucks.js";
import { type Node, nodes } from "./nodes.ts";
import { OperandParser } from "./operand_parser.ts";
import { describe } from "./token_parser.ts";

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
