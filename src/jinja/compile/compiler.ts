import { type Origin, TemplateFailure } from "../error.ts";
import type {
  Assignment,
  Attribute,
  Call,
  For,
  If,
  Is,
  List,
  Macro,
  Name,
  Node,
  Pair,
  With,
} from "../syntax/nodes.ts";
import type { Output } from "../runtime/output.ts";
import type { Scope } from "../runtime/scope.ts";

const CONSTANT_TYPES: ReadonlySet<string> = new Set([
  "Add",
  "Array",
  "Concat",
  "Dict",
  "Div",
  "FloorDiv",
  "Group",
  "Literal",
  "Mod",
  "Mul",
  "Neg",
  "Not",
  "Pair",
  "Pos",
  "Pow",
  "Slice",
  "Sub",
]);

/** Tells whether Jinja2 knows an expression's value before it renders: literals, and what is made of them. */
export function isConstant(node: Node): boolean {
  return CONSTANT_TYPES.has(node.typename) &&
    childrenOf(node).every(isConstant);
}

/** The nodes that a node holds. */
function childrenOf(node: Node): Node[] {
  return (node.fields ?? []).flatMap((field) =>
    (node as unknown as Record<string, unknown>)[field]
  ).filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "typename" in value;
}

/** What is known of a name so far. */
interface Use {
  /** Whether it is set. */
  readonly isSet: boolean;
  /** Whether that comes before it is read. */
  readonly isUnset: boolean;
}

type Names = Map<string, Use>;

const READ: Use = { isSet: false, isUnset: false };

/** What stands in a scope of its own. */
interface FrameParts {
  /** The names that it is given: parameters, a loop's targets. */
  readonly given?: readonly Node[];
  /** What runs in it. */
  readonly body: Node;
}

/**
 * A part of a template that has a scope of its own, as Jinja2's compiler sees
 * it. A name that the part sets before it reads it is the part's own from its
 * start: what stands inside and reads it too early finds nothing, and not what
 * is around the part.
 */
export class Frame {
  readonly #parent: Frame | undefined;
  readonly #parts: FrameParts;
  readonly #front: Frame | undefined;
  #names: Names | undefined;

  /** A frame whose text continues another's has that for its front. */
  constructor(parts: FrameParts, parent?: Frame, front?: Frame) {
    this.#parts = parts;
    this.#parent = parent;
    this.#front = front;
  }

  /** The names that have no value at its start, though the context may have one; undefined if there are none. */
  unset(): readonly string[] | undefined {
    if (!sets(this.#parts.body)) return undefined;
    const names = [...this.#read()].flatMap(([name, { isUnset }]) =>
      isUnset && !this.#parent?.knows(name) && !this.#front?.knows(name)
        ? [name]
        : []
    );
    return names.length === 0 ? undefined : names;
  }

  /** Tells whether it, or what is around it, reads or sets a name. */
  knows(name: string): boolean {
    return this.#read().has(name) || (this.#parent?.knows(name) ?? false);
  }

  #read(): Names {
    if (this.#names !== undefined) return this.#names;
    this.#names = new Map();
    for (const node of this.#parts.given ?? []) {
      for (const name of targetNames(node)) {
        this.#names.set(name, { isSet: true, isUnset: false });
      }
    }
    visit(this.#parts.body, this.#names);
    return this.#names;
  }
}

/** Tells whether anything is set, in the scope of a body itself. */
function sets(node: Node): boolean {
  switch (node.typename) {
    case "NodeList":
    case "Root":
      return (node as List).children.some(sets);
    case "If": {
      const { body, else_ } = node as If;
      return sets(body) || (else_ !== null && sets(else_));
    }
    default:
      return node.typename === "Set" || node.typename === "Macro";
  }
}

function visit(node: Node, names: Names): void {
  switch (node.typename) {
    case "Symbol":
      return note(names, (node as Name).value, false);
    case "Set": {
      const { targets, value } = node as Assignment;
      visit(value, names);
      for (const target of targets) visitTarget(target, names);
      return;
    }
    case "Macro":
      return note(names, (node as Macro).name.value, true);
    case "If":
      return visitIf(node as If, names);
    default:
      for (const child of readIn(node)) visit(child, names);
  }
}

function note(names: Names, name: string, isSet: boolean): void {
  const known = names.get(name) ?? { isSet, isUnset: isSet };
  names.set(name, { ...known, isSet: known.isSet || isSet });
}

function visitTarget(target: Node, names: Names): void {
  if (target.typename === "Attribute") {
    return visit((target as Attribute).target, names);
  }
  for (const name of targetNames(target)) note(names, name, true);
}

function targetNames(target: Node): string[] {
  switch (target.typename) {
    case "Symbol":
      return [(target as Name).value];
    case "Group":
      return (target as List).children.flatMap(targetNames);
    case "Pair":
      return targetNames((target as Pair).key);
    default:
      return [];
  }
}

/** A name that only some branches set may be the one around. */
function visitIf(
  { cond, body, else_ }: Pick<If, "cond" | "body" | "else_">,
  names: Names,
): void {
  visit(cond, names);
  const first = new Map(names);
  visit(body, first);
  const middle = new Map(names);
  let branch = else_;
  for (; branch?.typename === "If"; branch = (branch as If).else_) {
    const { cond, body } = branch as If;
    visitIf({ cond, body, else_: null }, middle);
  }
  const last = new Map(names);
  if (branch !== null) visit(branch, last);
  const branches = [first, middle, last];
  for (const name of new Set(branches.flatMap((found) => [...found.keys()]))) {
    const uses = branches.map((found) => found.get(name) ?? READ);
    const isUnset = names.get(name)?.isUnset ??
      (uses.every(({ isSet }) => isSet) && uses.at(-1)!.isUnset);
    names.set(name, { isSet: uses.some(({ isSet }) => isSet), isUnset });
  }
}

/** The nodes that are read in the same scope. */
function readIn(node: Node): readonly Node[] {
  switch (node.typename) {
    case "Autoescape":
    case "Block":
    case "Caller":
    case "Capture":
      return [];
    case "Filter":
      return (node as Call).args.children;
    case "For":
      return [(node as For).arr];
    case "Is":
      return [(node as Is).left, ...(node as Is).right.args.children];
    case "KeywordArgs":
      return (node as List<Pair>).children.map(({ value }) => value);
    case "With":
      return (node as With).values;
    default:
      return childrenOf(node);
  }
}

/** Gives an expression's value. */
export type Evaluate = (scope: Scope) => unknown;

/** What a statement does to the loop around it. */
type Flow = "next" | "break" | "continue";

/** Carries a `break` or `continue` out of the body of a set or filter block. */
export class LoopSignal extends Error {
  /** What it does to the loop. */
  readonly flow: Flow;

  constructor(flow: Flow) {
    super(flow);
    this.flow = flow;
  }
}

/** Runs a statement. */
export type Execute = (scope: Scope, output: Output) => Flow;

/** A named block, ready to run. */
export interface CompiledBlock {
  /** Runs its body. */
  readonly run: Execute;
  /** Its own names, that have no value at its start. */
  readonly unset: readonly string[] | undefined;
  /** Whether it has to be filled by another template, which there is none. */
  readonly isRequired: boolean;
}

/** What makes functions of nodes; each kind may hold nodes of the other. */
interface Compilers {
  /** Makes the function that gives an expression's value. */
  expression(node: Node, place: Place): Evaluate;
  /** Makes the function that runs a body's statements. */
  body(node: Node, place: Place): Execute;
}

/** What is known where a node stands. */
export interface Place {
  /** Makes functions of the nodes inside. */
  readonly compilers: Compilers;
  /** The scope that it belongs to. */
  readonly frame: Frame;
  /** The text that it stands in. */
  readonly origin: Origin;
  /** The template's blocks. */
  readonly blocks: Map<string, CompiledBlock>;
  /** Whether a loop is around it, that it can break. */
  readonly isInLoop: boolean;
  /** Whether a loop is around it at all, so that `loop` cannot be assigned to. */
  readonly isUnderLoop: boolean;
  /** Whether it may never be reached, so that unknown filters are found late. */
  readonly isConditional: boolean;
  /** Whether what is printed is escaped for HTML; `runtime`: that is decided there. */
  readonly escapes: boolean | "runtime";
  /** The special names that were read so far. */
  readonly specialNames: Set<string>;
}

/** The names whose use decides what a macro or a loop provides. */
export const SPECIAL_NAMES: ReadonlySet<string> = new Set([
  "caller",
  "kwargs",
  "loop",
  "varargs",
]);

/** Adds to an error where it happened. */
export function locate(error: unknown, place: Place, node: Node): unknown {
  return error instanceof TemplateFailure
    ? error.locate(place.origin, node.lineno, node.colno)
    : error;
}

/** Gives up on a node. */
export function failAt(place: Place, node: Node, message: string): never {
  throw locate(new TemplateFailure(message), place, node);
}

/** Makes the errors of an expression tell where it stands. */
export function located(
  evaluate: Evaluate,
  place: Place,
  node: Node,
): Evaluate {
  return function evaluateLocated(scope) {
    try {
      return evaluate(scope);
    } catch (error) {
      throw locate(error, place, node);
    }
  };
}

/** Makes the function that gives an expression's value. */
export function compileExpression(node: Node, place: Place): Evaluate {
  return place.compilers.expression(node, place);
}

/** Makes the function that gives the value of a statement's expression. */
export function compileLocated(node: Node, place: Place): Evaluate {
  return located(compileExpression(node, place), place, node);
}

/** Makes the function that tells whether what is printed is escaped. */
export function escaping({ escapes }: Place): (scope: Scope) => boolean {
  return escapes === "runtime"
    ? (scope) => scope.runtime.escapes
    : () => escapes;
}

/** Makes the function that runs several statements in a scope of their own. */
export function compileScope(node: Node, place: Place): Execute {
  const frame = new Frame({ body: node }, place.frame);
  const unset = frame.unset();
  const run = compileBody(node, { ...place, frame });
  return (scope, output) => run(scope.inner(unset), output);
}

/** Makes the function that runs several statements. */
export function compileBody(node: Node, place: Place): Execute {
  return place.compilers.body(node, place);
}
