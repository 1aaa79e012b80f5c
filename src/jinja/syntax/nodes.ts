import type {
  CallNode,
  ExpressionNode,
  FilterCall,
  Position,
} from "./expression_nodes.ts";

export type * from "./expression_nodes.ts";

/** A variable on the left of `=` or `in`. */
export interface NameTarget {
  readonly kind: "nameTarget";
  readonly position: Position;
  readonly name: string;
}

/** `a, b` on the left of `=` or `in`. */
export interface TupleTarget {
  readonly kind: "tupleTarget";
  readonly position: Position;
  readonly items: readonly TargetNode[];
}

/** `namespace.attribute` on the left of `=`. */
export interface NamespaceTarget {
  readonly kind: "namespaceTarget";
  readonly position: Position;
  /** The variable that holds the namespace. */
  readonly namespace: string;
  readonly attribute: string;
}

/** What a value can be assigned to. */
export type TargetNode = NameTarget | TupleTarget | NamespaceTarget;

/** The source between two tags. */
export interface TextNode {
  readonly kind: "text";
  readonly position: Position;
  readonly text: string;
}

/** `{{ expression }}`, or `{% print a, b %}` */
export interface OutputNode {
  readonly kind: "output";
  readonly position: Position;
  readonly expressions: readonly ExpressionNode[];
}

/** One condition of an {@linkcode IfNode}, and what it guards. */
export interface Branch {
  readonly test: ExpressionNode;
  readonly body: readonly StatementNode[];
}

/** `{% if %}` with its `{% elif %}`s and `{% else %}`. */
export interface IfNode {
  readonly kind: "if";
  readonly position: Position;
  /** At least one. */
  readonly branches: readonly [Branch, ...Branch[]];
  readonly otherwise: readonly StatementNode[] | null;
}

/** `{% for target in iterable if test recursive %}` */
export interface ForNode {
  readonly kind: "for";
  readonly position: Position;
  readonly target: TargetNode;
  readonly iterable: ExpressionNode;
  readonly test: ExpressionNode | null;
  readonly isRecursive: boolean;
  readonly body: readonly StatementNode[];
  readonly otherwise: readonly StatementNode[] | null;
}

/** `{% set target = value %}` */
export interface SetNode {
  readonly kind: "set";
  readonly position: Position;
  readonly target: TargetNode;
  readonly value: ExpressionNode;
}

/** `{% set target | filters %}body{% endset %}` */
export interface SetBlockNode {
  readonly kind: "setBlock";
  readonly position: Position;
  readonly target: TargetNode;
  readonly filters: readonly FilterCall[];
  readonly body: readonly StatementNode[];
}

/** A parameter of a macro; `null`: it has no default. */
export interface Parameter {
  readonly position: Position;
  readonly name: string;
  readonly default: ExpressionNode | null;
}

/** `{% macro name(parameters) %}` */
export interface MacroNode {
  readonly kind: "macro";
  readonly position: Position;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly StatementNode[];
}

/** `{% call(parameters) macro() %}` */
export interface CallBlockNode {
  readonly kind: "callBlock";
  readonly position: Position;
  readonly parameters: readonly Parameter[];
  readonly call: CallNode;
  readonly body: readonly StatementNode[];
}

/** `{% filter a | b %}` */
export interface FilterBlockNode {
  readonly kind: "filterBlock";
  readonly position: Position;
  readonly filters: readonly FilterCall[];
  readonly body: readonly StatementNode[];
}

/** One `target = value` of a {@linkcode WithNode}. */
export interface Binding {
  readonly target: TargetNode;
  readonly value: ExpressionNode;
}

/** `{% with a = 1, b = 2 %}` */
export interface WithNode {
  readonly kind: "with";
  readonly position: Position;
  readonly bindings: readonly Binding[];
  readonly body: readonly StatementNode[];
}

/** `{% block name scoped required %}` */
export interface BlockNode {
  readonly kind: "block";
  readonly position: Position;
  readonly name: string;
  readonly isScoped: boolean;
  readonly isRequired: boolean;
  readonly body: readonly StatementNode[];
}

/** `{% autoescape enabled %}` */
export interface AutoescapeNode {
  readonly kind: "autoescape";
  readonly position: Position;
  readonly enabled: ExpressionNode;
  readonly body: readonly StatementNode[];
}

/** `{% break %}` or `{% continue %}` */
export interface LoopControlNode {
  readonly kind: "break" | "continue";
  readonly position: Position;
}

/** `{% extends template %}` */
export interface ExtendsNode {
  readonly kind: "extends";
  readonly position: Position;
  readonly template: ExpressionNode;
}

/** `{% include template ignore missing with context %}` */
export interface IncludeNode {
  readonly kind: "include";
  readonly position: Position;
  readonly template: ExpressionNode;
  readonly ignoresMissing: boolean;
  readonly withContext: boolean;
}

/** `{% import template as name with context %}` */
export interface ImportNode {
  readonly kind: "import";
  readonly position: Position;
  readonly template: ExpressionNode;
  readonly name: string;
  readonly withContext: boolean;
}

/** A name of a {@linkcode FromImportNode}, and what it is called here. */
export interface ImportedName {
  readonly name: string;
  readonly alias: string;
}

/** `{% from template import name as alias with context %}` */
export interface FromImportNode {
  readonly kind: "fromImport";
  readonly position: Position;
  readonly template: ExpressionNode;
  readonly names: readonly ImportedName[];
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
  readonly kind: "template";
  readonly body: readonly StatementNode[];
}

/** Any node that has a `kind`. */
export type Node = ExpressionNode | TargetNode | StatementNode | TemplateNode;
