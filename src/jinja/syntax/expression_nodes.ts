import type { Float } from "../../values.ts";

/** A place in a template's source. */
export interface Position {
  /** The line, counted from 1. */
  readonly line: number;
  /** The column, counted from 1 in UTF-16 code units. */
  readonly column: number;
}

/** A constant: `1`, `'a'`, `true`, `none`. */
export interface LiteralNode {
  readonly kind: "literal";
  readonly position: Position;
  readonly value: null | boolean | number | bigint | string | Float;
}

/** A variable. */
export interface NameNode {
  readonly kind: "name";
  readonly position: Position;
  readonly name: string;
}

/** `(a, b)`, or `a, b` where a tuple needs no parentheses. */
export interface TupleNode {
  readonly kind: "tuple";
  readonly position: Position;
  readonly items: readonly ExpressionNode[];
}

/** `[a, b]` */
export interface ListNode {
  readonly kind: "list";
  readonly position: Position;
  readonly items: readonly ExpressionNode[];
}

/** One `key: value` of a {@linkcode DictNode}. */
export interface DictEntry {
  readonly key: ExpressionNode;
  readonly value: ExpressionNode;
}

/** `{'a': 1}` */
export interface DictNode {
  readonly kind: "dict";
  readonly position: Position;
  readonly entries: readonly DictEntry[];
}

/** `target.name` */
export interface AttributeNode {
  readonly kind: "attribute";
  readonly position: Position;
  readonly target: ExpressionNode;
  readonly name: string;
}

/** `target[key]`, and `target.0` */
export interface SubscriptNode {
  readonly kind: "subscript";
  readonly position: Position;
  readonly target: ExpressionNode;
  readonly key: ExpressionNode;
}

/** `target[start:stop:step]`; a bound that is left out is `null`. */
export interface SliceNode {
  readonly kind: "slice";
  readonly position: Position;
  readonly target: ExpressionNode;
  readonly start: ExpressionNode | null;
  readonly stop: ExpressionNode | null;
  readonly step: ExpressionNode | null;
}

/** `name=value` in a call. */
export interface KeywordArgument {
  readonly position: Position;
  readonly name: string;
  readonly value: ExpressionNode;
}

/** What stands in the parentheses of a call, a filter or a test. */
export interface Arguments {
  readonly positional: readonly ExpressionNode[];
  readonly keywords: readonly KeywordArgument[];
  /** The list of `*list`. */
  readonly list: ExpressionNode | null;
  /** The mapping of `**mapping`. */
  readonly mapping: ExpressionNode | null;
}

/** `callee(args)` */
export interface CallNode {
  readonly kind: "call";
  readonly position: Position;
  readonly callee: ExpressionNode;
  readonly args: Arguments;
}

/** A filter's name and arguments, without the value that it is applied to. */
export interface FilterCall {
  readonly position: Position;
  readonly name: string;
  readonly args: Arguments;
}

/** `target | name(args)` */
export interface FilterNode extends FilterCall {
  readonly kind: "filter";
  readonly target: ExpressionNode;
}

/** `target is name(args)`; `is not` stands in a {@linkcode UnaryNode}. */
export interface TestNode {
  readonly kind: "test";
  readonly position: Position;
  readonly target: ExpressionNode;
  readonly name: string;
  readonly args: Arguments;
}

/** An operator with one operand. */
export type UnaryOperator = "not" | "-" | "+";

/** `-operand` */
export interface UnaryNode {
  readonly kind: "unary";
  readonly position: Position;
  readonly operator: UnaryOperator;
  readonly operand: ExpressionNode;
}

/** An arithmetic operator with two operands. */
export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**";

/** `left + right` */
export interface BinaryNode {
  readonly kind: "binary";
  /** Where the operator stands. */
  readonly position: Position;
  readonly operator: BinaryOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

/** `a ~ b ~ c` */
export interface ConcatNode {
  readonly kind: "concat";
  readonly position: Position;
  readonly items: readonly ExpressionNode[];
}

/** `left and right`, `left or right` */
export interface LogicalNode {
  readonly kind: "logical";
  readonly position: Position;
  readonly operator: "and" | "or";
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

/** A comparison, or a test of membership. */
export type ComparisonOperator =
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "not in";

/** One step of a {@linkcode CompareNode}. */
export interface Comparison {
  readonly operator: ComparisonOperator;
  readonly operand: ExpressionNode;
}

/** `first < operand <= operand`: all comparisons have to hold. */
export interface CompareNode {
  readonly kind: "compare";
  readonly position: Position;
  readonly first: ExpressionNode;
  readonly comparisons: readonly Comparison[];
}

/** `value if test else otherwise`; without `else`, `otherwise` is `null`. */
export interface ConditionalNode {
  readonly kind: "conditional";
  readonly position: Position;
  readonly test: ExpressionNode;
  readonly value: ExpressionNode;
  readonly otherwise: ExpressionNode | null;
}

/** An expression. */
export type ExpressionNode =
  | LiteralNode
  | NameNode
  | TupleNode
  | ListNode
  | DictNode
  | AttributeNode
  | SubscriptNode
  | SliceNode
  | CallNode
  | FilterNode
  | TestNode
  | UnaryNode
  | BinaryNode
  | ConcatNode
  | LogicalNode
  | CompareNode
  | ConditionalNode;
