import type { Float } from "../../values.ts";

/** A place in a template's source. */
export interface Position {
  /** The line, counted from 1. */
  readonly line: number;
  /** The column, counted from 1 in UTF-16 code units. */
  readonly column: number;
}

/** What all nodes of expressions and statements have. */
export interface NodeOf<Kind extends string> {
  /** What kind of node it is. */
  readonly kind: Kind;
  /**
   * Where errors of the node are reported: the operator of a binary operation,
   * the name of a filter, a test or a tag, and of others the first token.
   */
  readonly position: Position;
}

/** A constant: `1`, `'a'`, `true`, `none`. */
export interface LiteralNode extends NodeOf<"literal"> {
  /** The constant. */
  readonly value: null | boolean | number | bigint | string | Float;
}

/** A variable. */
export interface NameNode extends NodeOf<"name"> {
  /** Its name. */
  readonly name: string;
}

/** `(a, b)`, or `a, b` where a tuple needs no parentheses. */
export interface TupleNode extends NodeOf<"tuple"> {
  /** Its items; none in `()`. */
  readonly items: readonly ExpressionNode[];
}

/** `[a, b]` */
export interface ListNode extends NodeOf<"list"> {
  /** Its items. */
  readonly items: readonly ExpressionNode[];
}

/** One `key: value` of a {@linkcode DictNode}. */
export interface DictEntry {
  /** The key. */
  readonly key: ExpressionNode;
  /** Its value. */
  readonly value: ExpressionNode;
}

/** `{'a': 1}` */
export interface DictNode extends NodeOf<"dict"> {
  /** Its entries, in the order of the source. */
  readonly entries: readonly DictEntry[];
}

/** `target.name` */
export interface AttributeNode extends NodeOf<"attribute"> {
  /** What the attribute is looked up in. */
  readonly target: ExpressionNode;
  /** The attribute's name. */
  readonly name: string;
}

/** `target[key]`, and `target.0` */
export interface SubscriptNode extends NodeOf<"subscript"> {
  /** What the item is looked up in. */
  readonly target: ExpressionNode;
  /** The key or index. */
  readonly key: ExpressionNode;
}

/** `target[start:stop:step]`; a bound that is left out is `null`. */
export interface SliceNode extends NodeOf<"slice"> {
  /** What is sliced. */
  readonly target: ExpressionNode;
  /** The first index. */
  readonly start: ExpressionNode | null;
  /** The index behind the last one. */
  readonly stop: ExpressionNode | null;
  /** From one index to the next. */
  readonly step: ExpressionNode | null;
}

/** `name=value` in a call. */
export interface KeywordArgument {
  /** Where the name starts. */
  readonly position: Position;
  /** The parameter's name. */
  readonly name: string;
  /** Its value. */
  readonly value: ExpressionNode;
}

/** What stands in the parentheses of a call, a filter or a test. */
export interface Arguments {
  /** The arguments by position. */
  readonly positional: readonly ExpressionNode[];
  /** The arguments by name. */
  readonly keywords: readonly KeywordArgument[];
  /** The list of `*list`. */
  readonly list: ExpressionNode | null;
  /** The mapping of `**mapping`. */
  readonly mapping: ExpressionNode | null;
}

/** `callee(args)` */
export interface CallNode extends NodeOf<"call"> {
  /** What is called. */
  readonly callee: ExpressionNode;
  /** Its arguments. */
  readonly args: Arguments;
}

/** A filter's name and arguments, without the value that it is applied to. */
export interface FilterCall {
  /** Where the name starts. */
  readonly position: Position;
  /** The filter's name, which may contain dots. */
  readonly name: string;
  /** The arguments besides the value. */
  readonly args: Arguments;
}

/** `target | name(args)` */
export interface FilterNode extends NodeOf<"filter">, FilterCall {
  /** The value that is filtered. */
  readonly target: ExpressionNode;
}

/** `target is name(args)`; `is not` stands in a {@linkcode UnaryNode}. */
export interface TestNode extends NodeOf<"test"> {
  /** The value that is tested. */
  readonly target: ExpressionNode;
  /** The test's name, which may contain dots. */
  readonly name: string;
  /** The arguments besides the value. */
  readonly args: Arguments;
}

/** An operator with one operand. */
export type UnaryOperator = "not" | "-" | "+";

/** `-operand` */
export interface UnaryNode extends NodeOf<"unary"> {
  /** The operator. */
  readonly operator: UnaryOperator;
  /** What it is applied to. */
  readonly operand: ExpressionNode;
}

/** An arithmetic operator with two operands. */
export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**";

/** `left + right` */
export interface BinaryNode extends NodeOf<"binary"> {
  /** The operator. */
  readonly operator: BinaryOperator;
  /** The left operand. */
  readonly left: ExpressionNode;
  /** The right operand. */
  readonly right: ExpressionNode;
}

/** `a ~ b ~ c` */
export interface ConcatNode extends NodeOf<"concat"> {
  /** What is joined: at least two. */
  readonly items: readonly ExpressionNode[];
}

/** `left and right`, `left or right` */
export interface LogicalNode extends NodeOf<"logical"> {
  /** The operator. */
  readonly operator: "and" | "or";
  /** The left operand. */
  readonly left: ExpressionNode;
  /** The right operand, which may not be evaluated. */
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
  /** How it compares with the operand before. */
  readonly operator: ComparisonOperator;
  /** The operand on the right. */
  readonly operand: ExpressionNode;
}

/** `first < operand <= operand`: all comparisons have to hold. */
export interface CompareNode extends NodeOf<"compare"> {
  /** The operand on the left of all. */
  readonly first: ExpressionNode;
  /** At least one. */
  readonly comparisons: readonly Comparison[];
}

/** `value if test else otherwise`; without `else`, `otherwise` is `null`. */
export interface ConditionalNode extends NodeOf<"conditional"> {
  /** The condition. */
  readonly test: ExpressionNode;
  /** The value if it is true. */
  readonly value: ExpressionNode;
  /** The value if it is false; `null` if it is undefined then. */
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
