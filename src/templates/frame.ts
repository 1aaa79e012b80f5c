import { childrenOf } from "./constant.ts";
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
} from "./nodes.ts";

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
export interface FrameParts {
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
