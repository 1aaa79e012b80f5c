import { failAt, locate, type Place } from "./compiler.ts";
import { fail } from "./failure.ts";
import { toList } from "./iterate.ts";
import type { Attribute, List, Name, Node } from "./nodes.ts";
import { Namespace } from "./objects.ts";
import type { Scope } from "./scope.ts";

/** Assigns a value to what stands left of `=`, or before `in`. */
export type Assign = (scope: Scope, value: unknown) => void;

/** Makes the function that assigns to a name, to several, or to a namespace. */
export function compileTarget(node: Node, place: Place): Assign {
  switch (node.typename) {
    case "Symbol": {
      const name = (node as Name).value;
      if (name === "loop" && place.isUnderLoop) {
        failAt(place, node, "'loop' cannot be assigned to inside a loop");
      }
      return (scope, value) => scope.set(name, value);
    }
    case "Group":
      return compileNames(node as List, place);
    case "Attribute":
      return compileNamespaceTarget(node as Attribute, place);
    default:
      return failAt(place, node, "expected a name to assign to");
  }
}

function compileNames(node: List, place: Place): Assign {
  const targets = node.children.map((child) => compileTarget(child, place));
  return (scope, value) => {
    const values = unpack(scope, value, targets.length, node, place);
    for (const [index, assign] of targets.entries()) {
      assign(scope, values[index]);
    }
  };
}

function unpack(
  scope: Scope,
  value: unknown,
  count: number,
  node: Node,
  place: Place,
): unknown[] {
  try {
    const values = toList(scope.runtime, value);
    if (values.length !== count) {
      fail(`it unpacks ${count} values but there are ${values.length}`);
    }
    return values;
  } catch (error) {
    throw locate(error, place, node);
  }
}

function compileNamespaceTarget(
  { target, name, ...node }: Attribute,
  place: Place,
): Assign {
  const namespaceName = (target as Name).value;
  return (scope, value) => {
    const namespace = scope.get(namespaceName);
    if (!(namespace instanceof Namespace)) {
      failAt(
        place,
        node as Node,
        `'${namespaceName}' is no namespace, so its attributes cannot be set`,
      );
    }
    namespace.values.set(name, value);
  };
}
