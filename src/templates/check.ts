import { Environment, TemplateError as JinjaError } from "../jinja/mod.ts";
import { FILTERS as JINJA_FILTERS } from "../jinja/builtins.ts";
import { GLOBALS } from "../jinja/filters/globals.ts";
import { TESTS } from "../jinja/filters/tests.ts";
import type { Node, TemplateNode } from "../jinja/syntax/nodes.ts";
import { childrenOf, targetNames } from "../jinja/syntax/walk.ts";
import { suggest } from "../util/messages.ts";
import { FILTERS } from "./filters.ts";

const ENVIRONMENT = new Environment({ filters: FILTERS });
const FILTER_NAMES = new Set([
  ...JINJA_FILTERS.keys(),
  ...Object.keys(FILTERS),
]);
const TEST_NAMES = new Set(TESTS.keys());

/** Functions that Jinja2 provides inside macros, loops and blocks. */
const SPECIAL_NAMES = ["caller", "loop", "super", "self", "varargs", "kwargs"];

/** Something that is wrong with a template, whatever it is rendered with. */
export interface TemplateProblem {
  /** The line in the template, from 1. */
  readonly line: number;
  /** The column, from 1. */
  readonly column: number;
  /** What is wrong. */
  readonly message: string;
  /** How to fix it, if known. */
  readonly hint?: string | undefined;
}

/**
 * Reports whether a string has anything that a rendering would replace.
 *
 * @param text The string.
 */
export function isTemplate(text: string): boolean {
  return /\{[{%#]/.test(text);
}

/**
 * Returns the names of the macros that a source defines, and of its variables.
 *
 * @param source The source of macros.
 * @returns The names; none if it cannot be parsed.
 */
export function definedNames(source: string): Set<string> {
  const tree = parse(source);
  return "message" in tree ? new Set() : namesIn(tree);
}

/**
 * Checks a template without rendering it.
 *
 * @param source The template.
 * @param functions The names of what it can call besides Jinja2's own functions:
 * macros. `undefined`: calls are not checked.
 * @returns What is wrong: its syntax, or filters, tests and macros that do not
 * exist.
 */
export function checkTemplate(
  source: string,
  functions: ReadonlySet<string> | undefined,
): TemplateProblem[] {
  const tree = parse(source);
  if ("message" in tree) return [tree];
  const known = functions && new Set([
    ...functions,
    ...namesIn(tree),
    ...GLOBALS.keys(),
    ...SPECIAL_NAMES,
  ]);
  const problems: TemplateProblem[] = [];
  visit(tree, (node) => {
    for (const { kind, name, known: names, position } of usesOf(node, known)) {
      if (names.has(name)) continue;
      const near = suggest(name, names);
      const hint = near && `Did you mean "${near}"?`;
      problems.push({
        ...position,
        message: `uses ${kind} "${name}", which does not exist`,
        hint,
      });
    }
  });
  return problems;
}

function parse(source: string): TemplateNode | TemplateProblem {
  try {
    return ENVIRONMENT.parse(source);
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
    const { line, column, reason, hint } = error;
    return { line, column, message: `cannot be parsed: ${reason}`, hint };
  }
}

/** A filter, a test or a macro that a node uses. */
interface Use {
  readonly kind: "filter" | "test" | "macro";
  readonly name: string;
  readonly known: ReadonlySet<string>;
  readonly position: { readonly line: number; readonly column: number };
}

function usesOf(
  node: Node,
  functions: ReadonlySet<string> | undefined,
): Use[] {
  switch (node.kind) {
    case "filter":
      return [{ ...node, kind: "filter", known: FILTER_NAMES }];
    case "test":
      return [{ ...node, kind: "test", known: TEST_NAMES }];
    case "filterBlock":
    case "setBlock":
      return node.filters.map((filter) => (
        { ...filter, kind: "filter", known: FILTER_NAMES }
      ));
    case "call": {
      const { callee } = node;
      if (callee.kind !== "name" || functions === undefined) return [];
      return [{ ...callee, kind: "macro", known: functions }];
    }
    default:
      return [];
  }
}

/** Returns every name that a template gives to something. */
function namesIn(tree: TemplateNode): Set<string> {
  const names: string[] = [];
  visit(tree, (node) => {
    switch (node.kind) {
      case "macro":
        names.push(node.name, ...node.parameters.map(({ name }) => name));
        break;
      case "callBlock":
        names.push(...node.parameters.map(({ name }) => name));
        break;
      case "import":
        names.push(node.name);
        break;
      case "fromImport":
        names.push(...node.names.map(({ alias }) => alias));
        break;
      case "nameTarget":
      case "tupleTarget":
        names.push(...targetNames(node));
        break;
    }
  });
  return new Set(names);
}

function visit(root: Node, use: (node: Node) => void): void {
  const rest: Node[] = [root];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    use(node);
    rest.push(...childrenOf(node));
  }
}
