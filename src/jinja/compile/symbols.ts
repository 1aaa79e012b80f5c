import type { Node, StatementNode } from "../syntax/nodes.ts";
import { childrenOf, inFilters } from "../syntax/walk.ts";

/**
 * Where the value of a variable comes from when its frame starts: an argument
 * (`parameter`), the context (`context`), the enclosing frame (`outer`), or
 * nowhere, as the frame sets it later (`unset`).
 */
type Origin = "parameter" | "context" | "outer" | "unset";

/** The contents of a frame. */
export interface FrameParts {
  /** The names that have a value from the start: parameters and loop targets. */
  readonly parameters?: readonly string[];
  /** What runs in it. */
  readonly nodes: readonly Node[];
}

/**
 * A part of a template with variables of its own, as Jinja2's compiler sees it. A
 * name that the part assigns to before it reads it belongs to the part from its
 * start. Inner parts that read it too early find it undefined, even if there is
 * a variable of that name outside.
 */
export class Frame {
  readonly #parent: Frame | undefined;
  readonly #parts: FrameParts;
  readonly #front: Frame | undefined;
  #names: Names | undefined;

  /** Creates a frame. With `front` it continues that frame's source. */
  constructor(parts: FrameParts, parent?: Frame, front?: Frame) {
    this.#parent = parent;
    this.#parts = parts;
    this.#front = front;
  }

  /** Returns the names that have no value at its start; `undefined` if there are none. */
  unset(): readonly string[] | undefined {
    // Most frames assign to nothing, so they need no analysis.
    if (!this.#parts.nodes.some(assigns)) return undefined;
    const unset = this.namesFrom("unset");
    return unset.length === 0 ? undefined : unset;
  }

  /** Returns the names that come from one origin. */
  namesFrom(origin: Origin): string[] {
    return this.read().from(origin);
  }

  /** Analyzes the frame when it is first asked for. */
  read(): Names {
    if (this.#names !== undefined) return this.#names;
    const parent = this.#parent?.read();
    const names = this.#front?.read().branch() ?? new Names(parent);
    for (const name of this.#parts.parameters ?? []) names.declare(name);
    for (const node of this.#parts.nodes) names.visit(node);
    return this.#names = names;
  }
}

/** Reports whether a statement can assign to a variable of the frame that it stands in. */
function assigns(node: Node): boolean {
  switch (node.kind) {
    case "set":
    case "setBlock":
    case "macro":
    case "import":
    case "fromImport":
      return true;
    case "if":
      return node.branches.some(({ body }) => body.some(assigns)) ||
        (node.otherwise?.some(assigns) ?? false);
    default:
      return false;
  }
}

/** The names that were found in a frame so far. A branch adds to those that were found before it. */
class Names {
  readonly #origins = new Map<string, Origin>();
  readonly #stored = new Set<string>();
  readonly #parent: Names | undefined;
  readonly #before: Names | undefined;

  /** Starts with no names, inside the frame of `parent`, or with those of `before`. */
  constructor(parent: Names | undefined, before?: Names) {
    this.#parent = parent;
    this.#before = before;
  }

  /** Starts a branch, or a source that continues this one. */
  branch(): Names {
    return new Names(this.#parent, this);
  }

  /** Returns the names that come from one origin. */
  from(origin: Origin): string[] {
    const inherited = this.#before?.from(origin) ?? [];
    return [
      ...inherited.filter((name) => !this.#origins.has(name)),
      ...Array.from(this.#origins)
        .flatMap(([name, found]) => found === origin ? [name] : []),
    ];
  }

  /** Reports whether this frame has a name. */
  has(name: string): boolean {
    return this.#origins.has(name) || (this.#before?.has(name) ?? false);
  }

  /** Reports whether this frame or one around it has a name. */
  knows(name: string): boolean {
    return this.has(name) || (this.#parent?.knows(name) ?? false);
  }

  /** Reports whether this frame has assigned to a name. */
  stores(name: string): boolean {
    return this.#stored.has(name) || (this.#before?.stores(name) ?? false);
  }

  /** Records a name that has a value from the start. */
  declare(name: string): void {
    this.#stored.add(name);
    this.#origins.set(name, "parameter");
  }

  #load(name: string): void {
    if (!this.knows(name)) this.#origins.set(name, "context");
  }

  #store(name: string): void {
    this.#stored.add(name);
    if (this.has(name)) return;
    this.#origins.set(name, this.#parent?.knows(name) ? "outer" : "unset");
  }

  /** Adds the names of a node, without those of frames inside. */
  visit(node: Node): void {
    switch (node.kind) {
      case "name":
        return this.#load(node.name);
      case "namespaceTarget":
        return this.#load(node.namespace);
      case "nameTarget":
        return this.#store(node.name);
      case "if":
        return this.#visitBranches(
          node.branches.map(({ test, body }) => ({ test, body })),
          node.otherwise ?? [],
        );
      case "set":
        this.visit(node.value);
        return this.visit(node.target);
      case "setBlock":
        return this.visit(node.target);
      case "macro":
        return this.#store(node.name);
      case "import":
        this.visit(node.template);
        return this.#store(node.name);
      case "fromImport":
        this.visit(node.template);
        for (const { alias } of node.names) this.#store(alias);
        return;
      case "for":
        return this.visit(node.iterable);
      case "callBlock":
        return this.visit(node.call);
      case "filterBlock":
        return this.#visitAll(inFilters(node.filters));
      case "with":
        return this.#visitAll(node.bindings.map(({ value }) => value));
      case "autoescape":
      case "block":
        return;
      default:
        return this.#visitAll(childrenOf(node));
    }
  }

  #visitAll(nodes: readonly Node[]): void {
    for (const node of nodes) this.visit(node);
  }

  /** A name that only some branches set may still be a variable from outside. */
  #visitBranches(
    [first, ...others]: readonly {
      readonly test: Node;
      readonly body: readonly StatementNode[];
    }[],
    otherwise: readonly StatementNode[],
  ): void {
    this.visit(first!.test);
    const inFirst = this.branch();
    inFirst.#visitAll(first!.body);
    const inOthers = this.branch();
    for (const branch of others) inOthers.#visitBranches([branch], []);
    const inLast = this.branch();
    inLast.#visitAll(otherwise);
    this.#merge([inFirst, inOthers, inLast]);
  }

  #merge(branches: readonly Names[]): void {
    const counts = new Map<string, number>();
    for (const branch of branches) {
      for (const name of branch.#stored) {
        if (this.stores(name)) continue;
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
    for (const branch of branches) {
      for (const [name, origin] of branch.#origins) {
        this.#origins.set(name, origin);
      }
      for (const name of branch.#stored) this.#stored.add(name);
    }
    for (const [name, count] of counts) {
      if (count === branches.length) continue;
      const isOuter = this.#parent?.knows(name) ?? false;
      this.#origins.set(name, isOuter ? "outer" : "context");
    }
  }
}

/** The names that Jinja2 provides only where they are read. */
const SPECIAL_NAMES = [
  "caller",
  "kwargs",
  "loop",
  "self",
  "super",
  "varargs",
] as const;
type SpecialName = typeof SPECIAL_NAMES[number];

function isSpecial(name: string): boolean {
  return SPECIAL_NAMES.some((special) => special === name);
}

/** What happens first to each special name. */
type Uses = ReadonlyMap<string, "read" | "assigned">;

const NO_USES: Uses = new Map();
/** Caches the uses in nodes: each enclosing loop and macro asks for them. */
const KNOWN = new WeakMap<Node, Uses>();

/**
 * Reports whether nodes read a special name. Blocks inside do not count, and
 * neither do reads after an assignment to the name.
 */
export function reads(nodes: readonly Node[], name: SpecialName): boolean {
  for (const node of nodes) {
    const use = usesIn(node).get(name);
    if (use !== undefined) return use === "read";
  }
  return false;
}

function usesIn(node: Node): Uses {
  switch (node.kind) {
    case "literal":
    case "text":
    case "block":
      return NO_USES;
    case "name":
    case "nameTarget":
      return isSpecial(node.name)
        ? new Map([[node.name, node.kind === "name" ? "read" : "assigned"]])
        : NO_USES;
  }
  let uses = KNOWN.get(node);
  if (uses === undefined) {
    uses = collectUses(node);
    KNOWN.set(node, uses);
  }
  return uses;
}

function collectUses(node: Node): Uses {
  let uses: Map<string, "read" | "assigned"> | undefined;
  function add(more: Uses): void {
    for (const [name, use] of more) {
      uses ??= new Map();
      if (!uses.has(name)) uses.set(name, use);
    }
  }
  if (node.kind === "callBlock") add(usesIn(node.call));
  if (node.kind === "macro" || node.kind === "callBlock") {
    add(
      new Map(
        node.parameters.filter(({ name }) => isSpecial(name))
          .map(({ name }) => [name, "assigned"]),
      ),
    );
  }
  for (const child of childrenOf(node)) add(usesIn(child));
  return uses ?? NO_USES;
}
