import type {
  CallBlockNode,
  MacroNode,
  Node,
  TemplateNode,
} from "../syntax/nodes.ts";
import { childrenOf, inFilters } from "../syntax/walk.ts";
import { loopParts } from "./loop.ts";
import { specialParameters } from "./macro.ts";
import { reads } from "./special_names.ts";
import { Frame, type FrameParts, targetNames } from "./symbols.ts";

/**
 * Returns the variables that a template looks up in its context, whether or not
 * a rendering reaches them. What a prelude sets is not looked up.
 */
export function freeVariables(
  root: TemplateNode,
  prelude?: Frame,
): Set<string> {
  const found = new Set<string>();
  const frame = new Frame({
    parameters: reads(root.body, "self") ? ["self"] : [],
    nodes: root.body,
  });
  collect(root.body, frame, found);
  for (const name of prelude?.namesFrom("unset") ?? []) found.delete(name);
  return found;
}

/** Adds what a frame looks up, and the frames inside. */
function collect(
  nodes: readonly Node[],
  frame: Frame,
  found: Set<string>,
): void {
  for (const name of frame.namesFrom("context")) found.add(name);
  for (const node of nodes) collectInside(node, frame, found);
}

/** Adds what the frames inside a node look up. */
function collectInside(node: Node, frame: Frame, found: Set<string>): void {
  function enter(parts: FrameParts, around?: Frame): void {
    collect(parts.nodes, new Frame(parts, around), found);
  }
  switch (node.kind) {
    case "for": {
      collectInside(node.iterable, frame, found);
      enter(loopParts(node), frame);
      if (node.test !== null) {
        const parameters = targetNames(node.target);
        enter({ parameters, nodes: [node.test] }, frame);
      }
      if (node.otherwise !== null) enter({ nodes: node.otherwise }, frame);
      return;
    }
    case "macro":
    case "callBlock":
      if (node.kind === "callBlock") collectInside(node.call, frame, found);
      return enter(macroParts(node), frame);
    case "setBlock":
    case "filterBlock":
      return enter(
        { nodes: [...node.body, ...inFilters(node.filters)] },
        frame,
      );
    case "with":
      for (const { value } of node.bindings) collectInside(value, frame, found);
      return enter({
        parameters: node.bindings.flatMap(({ target }) => targetNames(target)),
        nodes: node.body,
      }, frame);
    case "autoescape":
      return enter({ nodes: [node.enabled, ...node.body] }, frame);
    case "block": {
      const parameters = (["self", "super"] as const).filter((name) =>
        reads(node.body, name)
      );
      return enter({ parameters, nodes: node.body });
    }
    default:
      for (const child of childrenOf(node)) collectInside(child, frame, found);
  }
}

function macroParts(node: MacroNode | CallBlockNode): FrameParts {
  const defaults = node.parameters.flatMap((parameter) =>
    parameter.default ?? []
  );
  return {
    parameters: [
      ...node.parameters.map(({ name }) => name),
      ...specialParameters(node),
    ],
    nodes: [...defaults, ...node.body],
  };
}
