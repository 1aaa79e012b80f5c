import type {
  Arguments,
  BinaryOperator,
  Comparison,
  ComparisonOperator,
  ExpressionNode,
  KeywordArgument,
  TargetNode,
} from "./nodes.ts";
import { isConstantName, OperandParser } from "./operand_parser.ts";
import { describeToken } from "./token_stream.ts";

/** Operators by their source; several of them bind equally tight. */
type Operators<T> = ReadonlyMap<unknown, T>;

function operators<T extends string>(...names: T[]): Operators<T> {
  return new Map(names.map((name) => [name, name]));
}

const COMPARISONS: Operators<ComparisonOperator> = operators(
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
);
const SUMS: Operators<BinaryOperator> = operators("+", "-");
const PRODUCTS: Operators<BinaryOperator> = operators("*", "/", "//", "%");

/**
 * Parses expressions. From the loosest operator to the tightest: `if … else`,
 * `or`, `and`, `not`, comparisons, `+ -`, `~`, `* / // %`, `**`, signs.
 * Operators of one level bind to the left, `**` included: that is Jinja2's
 * grammar, not Python's.
 */
export class ExpressionParser extends OperandParser {
  /** Parses an expression. */
  override parseExpression(): ExpressionNode {
    return this.tokens.nested(() => {
      const { position } = this.tokens.current;
      let node = this.#parseOr();
      while (this.tokens.acceptKeyword("if")) {
        const test = this.#parseOr();
        const otherwise = this.tokens.acceptKeyword("else")
          ? this.parseExpression()
          : null;
        node = { kind: "conditional", position, test, value: node, otherwise };
      }
      return node;
    });
  }

  /** Parses what stands in parentheses: an expression, or a tuple of any length. */
  override parseParenthesized(): ExpressionNode {
    const { position } = this.tokens.current;
    return this.tokens.atOperator(")")
      ? { kind: "tuple", position, items: [] }
      : this.parseTuple();
  }

  /** Parses an expression, or a tuple without parentheses. */
  parseTuple(): ExpressionNode {
    return this.#parseItems(() => this.parseExpression());
  }

  /** Parses what {@linkcode parseTuple} parses, but leaves an `if` that follows. */
  parseTupleBeforeIf(): ExpressionNode {
    return this.#parseItems(() => this.#parseOr());
  }

  #parseItems(parseItem: () => ExpressionNode): ExpressionNode {
    const { position } = this.tokens.current;
    if (this.#atTupleEnd()) {
      this.tokens.fail(
        `expected an expression, got ${describeToken(this.tokens.current)}`,
        { expected: ["an expression"] },
      );
    }
    const first = parseItem();
    if (!this.tokens.atOperator(",")) return first;
    const items = [first];
    while (this.tokens.acceptOperator(",") && !this.#atTupleEnd()) {
      items.push(parseItem());
    }
    return { kind: "tuple", position, items };
  }

  #atTupleEnd(): boolean {
    return this.tokens.at("variableEnd") || this.tokens.at("blockEnd") ||
      this.tokens.atOperator(")");
  }

  /** Parses a name, or a tuple of names, to assign to. */
  parseTarget(): TargetNode {
    return this.#asTarget(this.#parseItems(() => this.parsePrimary()));
  }

  #asTarget(node: ExpressionNode): TargetNode {
    const { position } = node;
    switch (node.kind) {
      case "name":
        return { kind: "nameTarget", position, name: node.name };
      case "tuple": {
        const items = node.items.map((item) => this.#asTarget(item));
        return { kind: "tupleTarget", position, items };
      }
      default:
        this.tokens.fail("expected a name to assign to", {
          position,
          expected: ["a name"],
        });
    }
  }

  /** Parses one name to assign to. */
  parseTargetName(): string {
    const { name, position } = this.tokens.expectName();
    if (isConstantName(name)) {
      this.tokens.fail(`cannot assign to '${name}'`, {
        position,
        expected: ["a name"],
      });
    }
    return name;
  }

  /** Parses `(a, b=c, *d, **e)`, in this order. */
  override parseArguments(): Arguments {
    const { tokens } = this;
    const positional: ExpressionNode[] = [];
    const keywords: KeywordArgument[] = [];
    let list: ExpressionNode | null = null;
    let mapping: ExpressionNode | null = null;
    tokens.expectOperator("(");
    for (let isFirst = true; !tokens.acceptOperator(")"); isFirst = false) {
      if (!isFirst) {
        tokens.expectOperator(",");
        if (tokens.acceptOperator(")")) break;
      }
      const { current, following } = tokens;
      const { position } = current;
      if (mapping !== null) {
        tokens.fail("no argument can follow '**'");
      } else if (tokens.acceptOperator("*")) {
        if (list !== null) tokens.fail("a call takes '*' once", { position });
        list = this.parseExpression();
      } else if (tokens.acceptOperator("**")) {
        mapping = this.parseExpression();
      } else if (
        current.kind === "name" && following.kind === "operator" &&
        following.value === "="
      ) {
        tokens.next();
        tokens.next();
        const value = this.parseExpression();
        keywords.push({ position, name: current.value, value });
      } else {
        if (list !== null || keywords.length > 0) {
          tokens.fail("a positional argument follows a keyword argument");
        }
        positional.push(this.parseExpression());
      }
    }
    return { positional, keywords, list, mapping };
  }

  #parseOr(): ExpressionNode {
    let left = this.#parseAnd();
    while (this.tokens.acceptKeyword("or")) {
      const { position } = left;
      const right = this.#parseAnd();
      left = { kind: "logical", position, operator: "or", left, right };
    }
    return left;
  }

  #parseAnd(): ExpressionNode {
    let left = this.#parseNot();
    while (this.tokens.acceptKeyword("and")) {
      const { position } = left;
      const right = this.#parseNot();
      left = { kind: "logical", position, operator: "and", left, right };
    }
    return left;
  }

  #parseNot(): ExpressionNode {
    const { position } = this.tokens.current;
    if (!this.tokens.acceptKeyword("not")) return this.#parseCompare();
    const operand = this.tokens.nested(() => this.#parseNot());
    return { kind: "unary", position, operator: "not", operand };
  }

  #parseCompare(): ExpressionNode {
    const first = this.#parseSum();
    const comparisons: Comparison[] = [];
    for (;;) {
      const operator = this.#acceptComparison();
      if (operator === undefined) break;
      comparisons.push({ operator, operand: this.#parseSum() });
    }
    if (comparisons.length === 0) return first;
    const { position } = first;
    return { kind: "compare", position, first, comparisons };
  }

  #acceptComparison(): ComparisonOperator | undefined {
    if (this.tokens.acceptKeyword("in")) return "in";
    if (!this.tokens.atKeyword("not")) return this.#accept(COMPARISONS);
    const { kind, value } = this.tokens.following;
    if (kind !== "name" || value !== "in") return undefined;
    this.tokens.next();
    this.tokens.next();
    return "not in";
  }

  #accept<T>(level: Operators<T>): T | undefined {
    const { kind, value } = this.tokens.current;
    const operator = kind === "operator" ? level.get(value) : undefined;
    if (operator !== undefined) this.tokens.next();
    return operator;
  }

  #parseSum(): ExpressionNode {
    let left = this.#parseConcat();
    for (;;) {
      const { position } = this.tokens.current;
      const operator = this.#accept(SUMS);
      if (operator === undefined) return left;
      const right = this.#parseConcat();
      left = { kind: "binary", position, operator, left, right };
    }
  }

  #parseConcat(): ExpressionNode {
    const first = this.#parseProduct();
    if (!this.tokens.atOperator("~")) return first;
    const items = [first];
    while (this.tokens.acceptOperator("~")) items.push(this.#parseProduct());
    return { kind: "concat", position: first.position, items };
  }

  #parseProduct(): ExpressionNode {
    let left = this.#parsePower();
    for (;;) {
      const { position } = this.tokens.current;
      const operator = this.#accept(PRODUCTS);
      if (operator === undefined) return left;
      const right = this.#parsePower();
      left = { kind: "binary", position, operator, left, right };
    }
  }

  #parsePower(): ExpressionNode {
    let left = this.parseUnary();
    for (;;) {
      const { position } = this.tokens.current;
      if (!this.tokens.acceptOperator("**")) return left;
      const right = this.parseUnary();
      left = { kind: "binary", position, operator: "**", left, right };
    }
  }
}
