import type { BlockNode } from "../syntax/nodes.ts";
import { compileBody, type Execute, failAt, type Place } from "./place.ts";
import { Frame } from "./symbols.ts";

/** Compiles a block. It sees the template's own names, not those of the loop around it. */
export function compileBlock(node: BlockNode, place: Place): Execute {
  const { name } = node;
  if (place.blocks.has(name)) {
    failAt(place, node, `the block '${name}' is defined twice`);
  }
  const frame = new Frame({ nodes: node.body });
  const unset = frame.unset();
  // The name is taken before the body is compiled, which may contain blocks too.
  place.blocks.set(name, { run: () => "next", unset });
  const run = compileBody(node.body, {
    ...place,
    frame,
    escapes: false,
    isInLoop: false,
    isConditional: false,
  });
  place.blocks.set(name, { run, unset });
  return (scope, output) => {
    if (node.isRequired) {
      failAt(place, node, `the required block '${name}' is not filled`);
    }
    const own = node.isScoped ? scope.inner(unset) : scope.ofBlock(unset);
    scope.runtime.budget.enter(() => run(own, output));
    return "next";
  };
}
