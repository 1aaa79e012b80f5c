// Prints the syntax trees of templates on one line each, so that tests can
// compare them: `a + b * 2` is `(+ a (* b 2))`.
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { SyntaxFailure } from "../../src/jinja/error.ts";
import type {
  Arguments,
  ExpressionNode,
  FilterCall,
  Node,
  Parameter,
  StatementNode,
} from "../../src/jinja/syntax/nodes.ts";
import { parseTemplate } from "../../src/jinja/syntax/parse.ts";

/** Parses a template and prints its statements. */
export function treeOf(source: string): string {
  return printAll(parseTemplate(source).root.body);
}

/** Parses an expression and prints it. */
export function expressionTree(source: string): string {
  const [statement] = parseTemplate(`{{ ${source} }}`).root.body;
  if (statement?.kind !== "output") throw new Error(`${source} is no output`);
  return printAll(statement.expressions);
}

/** Checks the trees of templates. */
export function checkTrees(
  cases: readonly (readonly [source: string, tree: string])[],
): void {
  for (const [source, tree] of cases) strictEqual(treeOf(source), tree, source);
}

/** Checks the trees of expressions. */
export function checkExpressions(
  cases: readonly (readonly [source: string, tree: string])[],
): void {
  for (const [source, tree] of cases) {
    strictEqual(expressionTree(source), tree, source);
  }
}

/** Returns the failure of a template that cannot be parsed. */
export function syntaxFailure(source: string): SyntaxFailure {
  try {
    parseTemplate(source);
  } catch (error) {
    if (error instanceof SyntaxFailure) return error;
    throw error;
  }
  throw new Error(`${source} is a template`);
}

/** Checks the messages of templates that cannot be parsed, and the columns that they name. */
export function checkFailures(
  cases:
    readonly (readonly [source: string, message: string, column: number])[],
): void {
  for (const [source, message, column] of cases) {
    const failure = syntaxFailure(source);
    strictEqual(failure.message, message, source);
    deepStrictEqual(failure.place, { line: 1, column }, source);
  }
}

function printAll(nodes: readonly Node[]): string {
  return nodes.map(print).join(" ");
}

function form(...parts: readonly string[]): string {
  return `(${parts.filter((part) => part !== "").join(" ")})`;
}

function optional(node: ExpressionNode | null): string {
  return node === null ? "_" : print(node);
}

function printArguments(args: Arguments): string {
  return [
    ...args.positional.map(print),
    ...args.keywords.map(({ name, value }) => `${name}=${print(value)}`),
    ...args.list === null ? [] : [`*${print(args.list)}`],
    ...args.mapping === null ? [] : [`**${print(args.mapping)}`],
  ].join(" ");
}

function printFilters(filters: readonly FilterCall[]): string {
  return filters.map(({ name, args }) => form("|", name, printArguments(args)))
    .join(" ");
}

function printParameters(parameters: readonly Parameter[]): string {
  return form(
    ...parameters.map(({ name, default: value }) =>
      value === null ? name : `${name}=${print(value)}`
    ),
  );
}

function printElse(body: readonly StatementNode[] | null): string {
  return body === null ? "" : form("else", printAll(body));
}

function flags(values: Readonly<Record<string, boolean>>): string {
  return Object.entries(values).flatMap(([name, isSet]) => isSet ? [name] : [])
    .join(" ");
}

function print(node: Node): string {
  switch (node.kind) {
    case "template":
      return printAll(node.body);
    case "literal":
      return typeof node.value === "string"
        ? JSON.stringify(node.value)
        : String(node.value);
    case "name":
    case "nameTarget":
      return node.name;
    case "tuple":
    case "list":
      return form(node.kind, printAll(node.items));
    case "tupleTarget":
      return form("tuple", printAll(node.items));
    case "namespaceTarget":
      return `${node.namespace}.${node.attribute}`;
    case "dict":
      return form(
        "dict",
        ...node.entries.map(({ key, value }) =>
          `${print(key)}:${print(value)}`
        ),
      );
    case "attribute":
      return form(".", print(node.target), node.name);
    case "subscript":
      return form("[]", print(node.target), print(node.key));
    case "slice": {
      const bounds = [node.start, node.stop, node.step].map(optional);
      return form("slice", print(node.target), ...bounds);
    }
    case "call":
      return form("call", print(node.callee), printArguments(node.args));
    case "filter":
      return form(
        "|",
        print(node.target),
        node.name,
        printArguments(node.args),
      );
    case "test":
      return form(
        "is",
        print(node.target),
        node.name,
        printArguments(node.args),
      );
    case "unary":
      return form(node.operator, print(node.operand));
    case "binary":
    case "logical":
      return form(node.operator, print(node.left), print(node.right));
    case "concat":
      return form("~", printAll(node.items));
    case "compare":
      return form(
        print(node.first),
        ...node.comparisons.map(({ operator, operand }) =>
          `${operator} ${print(operand)}`
        ),
      );
    case "conditional":
      return form(
        "if",
        print(node.test),
        print(node.value),
        optional(node.otherwise),
      );
    case "text":
      return JSON.stringify(node.text);
    case "output":
      return form("output", printAll(node.expressions));
    case "if":
      return form(
        "if",
        ...node.branches.map(({ test, body }) =>
          form(print(test), printAll(body))
        ),
        printElse(node.otherwise),
      );
    case "for":
      return form(
        "for",
        print(node.target),
        print(node.iterable),
        node.test === null ? "" : form("if", print(node.test)),
        flags({ recursive: node.isRecursive }),
        printAll(node.body),
        printElse(node.otherwise),
      );
    case "set":
      return form("set", print(node.target), print(node.value));
    case "setBlock":
      return form(
        "setBlock",
        print(node.target),
        printFilters(node.filters),
        printAll(node.body),
      );
    case "macro":
      return form(
        "macro",
        node.name,
        printParameters(node.parameters),
        printAll(node.body),
      );
    case "callBlock":
      return form(
        "callBlock",
        printParameters(node.parameters),
        print(node.call),
        printAll(node.body),
      );
    case "filterBlock":
      return form(
        "filterBlock",
        printFilters(node.filters),
        printAll(node.body),
      );
    case "with":
      return form(
        "with",
        form(
          ...node.bindings.map(({ target, value }) =>
            `${print(target)}=${print(value)}`
          ),
        ),
        printAll(node.body),
      );
    case "block":
      return form(
        "block",
        node.name,
        flags({ scoped: node.isScoped, required: node.isRequired }),
        printAll(node.body),
      );
    case "autoescape":
      return form("autoescape", print(node.enabled), printAll(node.body));
    case "break":
    case "continue":
      return form(node.kind);
    case "extends":
      return form("extends", print(node.template));
    case "include":
      return form(
        "include",
        print(node.template),
        flags({
          "ignore missing": node.ignoresMissing,
          "with context": node.withContext,
        }),
      );
    case "import":
      return form(
        "import",
        print(node.template),
        node.name,
        flags({ "with context": node.withContext }),
      );
    case "fromImport":
      return form(
        "from",
        print(node.template),
        ...node.names.map(({ name, alias }) =>
          name === alias ? name : `${name}:${alias}`
        ),
        flags({ "with context": node.withContext }),
      );
    default:
      return node satisfies never;
  }
}
