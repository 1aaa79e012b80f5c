import type {
  CallNode,
  ExpressionNode,
  FilterCall,
  NodeOf,
  Position,
} from "./expression_nodes.ts";

export type * from "./expression_nodes.ts";

/** A variable on the left of `=` or `in`. */
export interface NameTarget extends NodeOf<"nameTarget"> {
  /** The variable's name. */
  readonly name: string;
}

/** `a, b` on the left of `=` or `in`. */
export interface TupleTarget extends NodeOf<"tupleTarget"> {
  /** The targets of the items, in order. */
  readonly items: readonly TargetNode[];
}

/** `namespace.attribute` on the left of `=`. */
export interface NamespaceTarget extends NodeOf<"namespaceTarget"> {
  /** The variable that holds the namespace. */
  readonly namespace: string;
  /** The attribute that is set. */
  readonly attribute: string;
}

/** What a value can be assigned to. */
export type TargetNode = NameTarget | TupleTarget | NamespaceTarget;

/** The source between two tags. */
export interface TextNode extends NodeOf<"text"> {
  /** What is written as it is. */
  readonly text: string;
}

/** `{{ expression }}`, or `{% print a, b %}` */
export interface OutputNode extends NodeOf<"output"> {
  /** What is written. */
  readonly expressions: readonly ExpressionNode[];
}

/** One condition of an {@linkcode IfNode}, and what it guards. */
export interface Branch {
  /** The condition. */
  readonly test: ExpressionNode;
  /** What runs if it is true. */
  readonly body: readonly StatementNode[];
}

/** `{% if %}` with its `{% elif %}`s and `{% else %}`. */
export interface IfNode extends NodeOf<"if"> {
  /** At least one. */
  readonly branches: readonly [Branch, ...Branch[]];
  /** What runs if no condition is true; `null` without an `{% else %}`. */
  readonly otherwise: readonly StatementNode[] | null;
}

/** `{% for target in iterable if test recursive %}` */
export interface ForNode extends NodeOf<"for"> {
  /** What each item is assigned to. */
  readonly target: TargetNode;
  /** What is looped over. */
  readonly iterable: ExpressionNode;
  /** Which items count; `null` if all do. */
  readonly test: ExpressionNode | null;
  /** Whether `loop()` runs the body for other items. */
  readonly isRecursive: boolean;
  /** What runs for each item. */
  readonly body: readonly StatementNode[];
  /** What runs if there is no item; `null` without an `{% else %}`. */
  readonly otherwise: readonly StatementNode[] | null;
}

/** `{% set target = value %}` */
export interface SetNode extends NodeOf<"set"> {
  /** What is assigned to. */
  readonly target: TargetNode;
  /** The value. */
  readonly value: ExpressionNode;
}

/** `{% set target | filters %}body{% endset %}` */
export interface SetBlockNode extends NodeOf<"setBlock"> {
  /** What is assigned to. */
  readonly target: TargetNode;
  /** What the body's text goes through, in order. */
  readonly filters: readonly FilterCall[];
  /** What writes the value. */
  readonly body: readonly StatementNode[];
}

/** A parameter of a macro. */
export interface Parameter {
  /** Where the name starts. */
  readonly position: Position;
  /** Its name. */
  readonly name: string;
  /** Its default; `null` if there is none. */
  readonly default: ExpressionNode | null;
}

/** `{% macro name(parameters) %}` */
export interface MacroNode extends NodeOf<"macro"> {
  /** The macro's name. */
  readonly name: string;
  /** Its parameters. */
  readonly parameters: readonly Parameter[];
  /** What it writes. */
  readonly body: readonly StatementNode[];
}

/** `{% call(parameters) macro() %}` */
export interface CallBlockNode extends NodeOf<"callBlock"> {
  /** The parameters of `caller()`. */
  readonly parameters: readonly Parameter[];
  /** The call of the macro. */
  readonly call: CallNode;
  /** What `caller()` writes. */
  readonly body: readonly StatementNode[];
}

/** `{% filter a | b %}` */
export interface FilterBlockNode extends NodeOf<"filterBlock"> {
  /** What the text goes through, in order: at least one. */
  readonly filters: readonly FilterCall[];
  /** What writes the text. */
  readonly body: readonly StatementNode[];
}

/** One `target = value` of a {@linkcode WithNode}. */
export interface Binding {
  /** What is assigned to. */
  readonly target: TargetNode;
  /** The value. */
  readonly value: ExpressionNode;
}

/** `{% with a = 1, b = 2 %}` */
export interface WithNode extends NodeOf<"with"> {
  /** The assignments. */
  readonly bindings: readonly Binding[];
  /** What sees them. */
  readonly body: readonly StatementNode[];
}

/** `{% block name scoped required %}` */
export interface BlockNode extends NodeOf<"block"> {
  /** The block's name. */
  readonly name: string;
  /** Whether it sees the variables around it. */
  readonly isScoped: boolean;
  /** Whether a template that extends this one has to override it. */
  readonly isRequired: boolean;
  /** What it writes unless it is overridden. */
  readonly body: readonly StatementNode[];
}

/** `{% autoescape enabled %}` */
export interface AutoescapeNode extends NodeOf<"autoescape"> {
  /** Whether output is escaped. */
  readonly enabled: ExpressionNode;
  /** What it counts for. */
  readonly body: readonly StatementNode[];
}

/** `{% break %}` or `{% continue %}` */
export type LoopControlNode = NodeOf<"break" | "continue">;

/** `{% extends template %}` */
export interface ExtendsNode extends NodeOf<"extends"> {
  /** Names the template. */
  readonly template: ExpressionNode;
}

/** `{% include template ignore missing with context %}` */
export interface IncludeNode extends NodeOf<"include"> {
  /** Names the template, or lists names of which the first that exists counts. */
  readonly template: ExpressionNode;
  /** Whether a template that does not exist is ignored. */
  readonly ignoresMissing: boolean;
  /** Whether it sees the variables of this one. */
  readonly withContext: boolean;
}

/** `{% import template as name with context %}` */
export interface ImportNode extends NodeOf<"import"> {
  /** Names the template. */
  readonly template: ExpressionNode;
  /** The variable that it is assigned to. */
  readonly name: string;
  /** Whether it sees the variables of this one. */
  readonly withContext: boolean;
}

/** A name of a {@linkcode FromImportNode}, and what it is called here. */
export interface ImportedName {
  /** The name in the other template. */
  readonly name: string;
  /** The name in this one. */
  readonly alias: string;
}

/** `{% from template import name as alias with context %}` */
export interface FromImportNode extends NodeOf<"fromImport"> {
  /** Names the template. */
  readonly template: ExpressionNode;
  /** What is imported. */
  readonly names: readonly ImportedName[];
  /** Whether it sees the variables of this one. */
  readonly withContext: boolean;
}

/** A statement, or the source between two tags. */
export type StatementNode =
  | TextNode
  | OutputNode
  | IfNode
  | ForNode
  | SetNode
  | SetBlockNode
  | MacroNode
  | CallBlockNode
  | FilterBlockNode
  | WithNode
  | BlockNode
  | AutoescapeNode
  | LoopControlNode
  | ExtendsNode
  | IncludeNode
  | ImportNode
  | FromImportNode;

/** A template's syntax tree. */
export interface TemplateNode {
  /** What kind of node it is. */
  readonly kind: "template";
  /** Its statements. */
  readonly body: readonly StatementNode[];
}

/** Any node that has a `kind`. */
export type Node = ExpressionNode | TargetNode | StatementNode | TemplateNode;
