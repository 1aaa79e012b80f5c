import type { Node } from "../syntax/nodes.ts";
import { childrenOf } from "../syntax/walk.ts";

/** The names that Jinja2 provides only where they are read. */
type SpecialName =
  | "caller"
  | "kwargs"
  | "loop"
  | "self"
  | "super"
  | "varargs";

const SPECIAL_NAMES: ReadonlySet<string> = new Set<SpecialName>([
  "caller",
  "kwargs",
  "loop",
  "self",
  "super",
  "varargs",
]);

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
      return SPECIAL_NAMES.has(node.name)
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
        node.parameters.filter(({ name }) => SPECIAL_NAMES.has(name))
          .map(({ name }) => [name, "assigned"]),
      ),
    );
  }
  for (const child of childrenOf(node)) add(usesIn(child));
  return uses ?? NO_USES;
}
