import { nodes as nunjucks } from "../../deps/nunjucks.js";

/** A node of nunjucks' syntax tree. */
export interface Node {
  /** The name of its class. */
  readonly typename: string;
  /** The line, counted from 0. */
  readonly lineno: number;
  /** The column, counted from 0. */
  readonly colno: number;
  /** The names of what it holds. */
  readonly fields?: readonly string[];
}

/** A constant, or a piece of text between tags. */
export interface Literal extends Node {
  value: unknown;
}

/** A name. */
export interface Name extends Node {
  value: string;
}

/** Several nodes. */
export interface List<T extends Node = Node> extends Node {
  children: T[];
}

/** A key and its value, in a dict or among keyword arguments. */
export interface Pair extends Node {
  key: Node;
  value: Node;
}

/** `target[val]` */
export interface Lookup extends Node {
  target: Node;
  val: Node;
}

/** `target.name` */
export interface Attribute extends Node {
  target: Node;
  name: string;
}

/** `start:stop:step` in brackets. */
export interface Slice extends Node {
  start: Node | null;
  stop: Node | null;
  step: Node | null;
}

/** A call, a filter, or a test with its arguments. */
export interface Call extends Node {
  name: Node;
  args: List;
}

/** `*args` or `**kwargs` in a call. */
export interface Splat extends Node {
  value: Node;
}

/** An operation on two values. */
export interface Binary extends Node {
  left: Node;
  right: Node;
}

/** An operation on one value. */
export interface Unary extends Node {
  target: Node;
}

/** `left is right`. */
export interface Is extends Node {
  left: Node;
  right: Call;
}

/** A chain of comparisons. */
export interface Compare extends Node {
  expr: Node;
  ops: { expr: Node; type: string }[];
}

/** `body if cond else else_`, as an expression or as a statement. */
export interface If extends Node {
  cond: Node;
  body: Node;
  else_: Node | null;
}

/** A loop. */
export interface For extends Node {
  name: Node;
  arr: Node;
  body: Node;
  else_: Node | null;
  test: Node | null;
  isRecursive: boolean;
}

/** A macro, or the body of a call block. */
export interface Macro extends Node {
  name: Name;
  args: List;
  body: Node;
}

/** A named block. */
export interface Block extends Node {
  name: Name;
  body: Node;
  isScoped: boolean;
  isRequired: boolean;
}

/** An assignment; the value of a set block is a {@linkcode Capture}. */
export interface Assignment extends Node {
  targets: Node[];
  value: Node;
}

/** The text that a body renders to. */
export interface Capture extends Node {
  body: Node;
}

/** `with`, with its targets and values. */
export interface With extends Node {
  targets: Node[];
  values: Node[];
  body: Node;
}

/** `autoescape`. */
export interface Autoescape extends Node {
  value: Node;
  body: Node;
}

type NodeClass<T extends Node, A extends unknown[]> = new (
  line: number,
  column: number,
  ...fields: A
) => T;

interface NodeClasses {
  Literal: NodeClass<Literal, [value: unknown]>;
  TemplateData: NodeClass<Literal, [value: unknown]>;
  Symbol: NodeClass<Name, [value: string]>;
  NodeList: NodeClass<List, [children?: Node[]]>;
  Group: NodeClass<List, [children?: Node[]]>;
  Array: NodeClass<List, [children?: Node[]]>;
  Dict: NodeClass<List<Pair>, [children?: Pair[]]>;
  KeywordArgs: NodeClass<List<Pair>, [children?: Pair[]]>;
  Output: NodeClass<List, [children?: Node[]]>;
  Pair: NodeClass<Pair, [key: Node, value: Node]>;
  LookupVal: NodeClass<Lookup, [target: Node, val: Node]>;
  FunCall: NodeClass<Call, [name: Node, args: List]>;
  Filter: NodeClass<Call, [name: Node, args: List]>;
  Is: NodeClass<Is, [left: Node, right: Call]>;
  Or: NodeClass<Binary, [left: Node, right: Node]>;
  And: NodeClass<Binary, [left: Node, right: Node]>;
  Add: NodeClass<Binary, [left: Node, right: Node]>;
  Sub: NodeClass<Binary, [left: Node, right: Node]>;
  Mul: NodeClass<Binary, [left: Node, right: Node]>;
  Div: NodeClass<Binary, [left: Node, right: Node]>;
  FloorDiv: NodeClass<Binary, [left: Node, right: Node]>;
  Mod: NodeClass<Binary, [left: Node, right: Node]>;
  Pow: NodeClass<Binary, [left: Node, right: Node]>;
  Concat: NodeClass<Binary, [left: Node, right: Node]>;
  Not: NodeClass<Unary, [target: Node]>;
  Neg: NodeClass<Unary, [target: Node]>;
  Pos: NodeClass<Unary, [target: Node]>;
  Compare: NodeClass<Compare, [expr: Node, ops: Node[]]>;
  CompareOperand: NodeClass<Node, [expr: Node, type: string]>;
  InlineIf: NodeClass<If, [cond: Node, body: Node, else_: Node | null]>;
  If: NodeClass<If, [cond: Node, body: Node, else_: Node | null]>;
  For: NodeClass<
    For,
    [arr: Node, name: Node, body: Node, else_: Node | null]
  >;
  Macro: NodeClass<Macro, [name: Name, args: List, body: Node]>;
  Caller: NodeClass<Macro, [name: Name, args: List, body: Node]>;
  Block: NodeClass<Block, [name: Name, body: Node]>;
  Set: NodeClass<Assignment, [targets: Node[], value: Node]>;
  Capture: NodeClass<Capture, [body: Node]>;
}

/** nunjucks' classes of nodes. */
export const nodes = nunjucks as unknown as NodeClasses;

function extend<T extends Node, A extends unknown[]>(
  name: string,
  fields: string[],
): NodeClass<T, A> {
  return nunjucks.Node.extend(name, { fields }) as NodeClass<T, A>;
}

/** The classes of nodes that Jinja2 needs and nunjucks lacks. */
export const moreNodes = {
  Slice: extend<
    Slice,
    [start: Node | null, stop: Node | null, step: Node | null]
  >(
    "Slice",
    ["start", "stop", "step"],
  ),
  Attribute: extend<Attribute, [target: Node, name: string]>(
    "Attribute",
    ["target", "name"],
  ),
  Splat: extend<Splat, [value: Node]>("Splat", ["value"]),
  DoubleSplat: extend<Splat, [value: Node]>("DoubleSplat", ["value"]),
  With: extend<With, [targets: Node[], values: Node[], body: Node]>(
    "With",
    ["targets", "values", "body"],
  ),
  Autoescape: extend<Autoescape, [value: Node, body: Node]>(
    "Autoescape",
    ["value", "body"],
  ),
  Break: extend<Node, []>("Break", []),
  Continue: extend<Node, []>("Continue", []),
};
