import { fail } from "../error.ts";
import type { Scope } from "../runtime/scope.ts";
import type {
  NamespaceTarget,
  TargetNode,
  TupleTarget,
} from "../syntax/nodes.ts";
import { toList } from "../values/items.ts";
import { Namespace } from "../values/objects.ts";
import { failAt, locate, type Place } from "./place.ts";

/** Assigns a value to a target. */
export type Assign = (scope: Scope, value: unknown) => void;

/** Compiles what stands on the left of `=` or `in`. */
export function compileTarget(node: TargetNode, place: Place): Assign {
  switch (node.kind) {
    case "nameTarget": {
      const { name } = node;
      if (name === "loop" && place.isUnderLoop) {
        failAt(place, node, "'loop' cannot be assigned to inside a loop");
      }
      return compileVariable(name, place);
    }
    case "tupleTarget":
      return compileTuple(node, place);
    case "namespaceTarget":
      return compileNamespace(node, place);
    default:
      return node satisfies never;
  }
}

/** Compiles an assignment to a variable. */
export function compileVariable(name: string, place: Place): Assign {
  if (!place.isTopLevel) return (scope, value) => scope.set(name, value);
  return (scope, value) => {
    scope.set(name, value);
    scope.context.set(name, value);
  };
}

function compileTuple(node: TupleTarget, place: Place): Assign {
  const targets = node.items.map((item) => compileTarget(item, place));
  function unpack(scope: Scope, value: unknown): unknown[] {
    try {
      const values = toList(scope.runtime.budget, value);
      if (values.length !== targets.length) {
        fail(
          `cannot unpack ${values.length} values into ${targets.length} names`,
        );
      }
      return values;
    } catch (error) {
      throw locate(error, place, node);
    }
  }
  return (scope, value) => {
    const values = unpack(scope, value);
    for (const [index, assign] of targets.entries()) {
      assign(scope, values[index]);
    }
  };
}

function compileNamespace(node: NamespaceTarget, place: Place): Assign {
  const { namespace: name, attribute } = node;
  return (scope, value) => {
    const namespace = scope.get(name);
    if (!(namespace instanceof Namespace)) {
      failAt(
        place,
        node,
        `'${name}' is not a namespace, so its attributes cannot be set`,
      );
    }
    namespace.values.set(attribute, value);
  };
}
