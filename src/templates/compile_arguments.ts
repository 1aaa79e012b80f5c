import {
  compileExpression,
  type Evaluate,
  failAt,
  type Place,
} from "./compiler.ts";
import { asMapping, entriesOf } from "./dict.ts";
import { fail } from "./failure.ts";
import { toList } from "./iterate.ts";
import type { List, Name, Node, Pair, Splat } from "./nodes.ts";
import { asText, type Keywords, refuse } from "./objects.ts";
import type { Scope } from "./scope.ts";

/** What a call hands over. */
export interface Arguments {
  /** By position. */
  readonly positional: unknown[];
  /** By name; undefined if there are none. */
  readonly keywords: Keywords | undefined;
}

/** Makes the function that gives a call's arguments. */
export function compileArguments(
  args: List,
  place: Place,
): (scope: Scope) => Arguments {
  const positional: Evaluate[] = [];
  const keywords: { name: string; evaluate: Evaluate }[] = [];
  let list: Evaluate | undefined;
  let mapping: Evaluate | undefined;
  for (const node of args.children) {
    switch (node.typename) {
      case "KeywordArgs":
        for (const pair of (node as List<Pair>).children) {
          addKeyword(keywords, pair, place);
        }
        break;
      case "Splat":
        list = compileExpression((node as Splat).value, place);
        break;
      case "DoubleSplat":
        mapping = compileExpression((node as Splat).value, place);
        break;
      default:
        positional.push(compileExpression(node, place));
    }
  }
  if (keywords.length === 0 && list === undefined && mapping === undefined) {
    return (scope) => ({
      positional: positional.map((evaluate) => evaluate(scope)),
      keywords: undefined,
    });
  }
  return (scope) => {
    const values = positional.map((evaluate) => evaluate(scope));
    if (list !== undefined) {
      values.push(...toList(scope.runtime, list(scope)));
    }
    const named = new Map<string, unknown>();
    for (const { name, evaluate } of keywords) named.set(name, evaluate(scope));
    if (mapping !== undefined) addMapping(named, mapping(scope));
    return {
      positional: values,
      keywords: named.size === 0 ? undefined : named,
    };
  };
}

function addKeyword(
  keywords: { name: string; evaluate: Evaluate }[],
  { key, value }: Pair,
  place: Place,
): void {
  const name = (key as Name).value;
  if (keywords.some((keyword) => keyword.name === name)) {
    failAt(place, key as Node, `the argument '${name}' is given twice`);
  }
  keywords.push({ name, evaluate: compileExpression(value, place) });
}

function addMapping(named: Map<string, unknown>, value: unknown): void {
  const mapping = asMapping(value) ?? refuse(value, "** takes a mapping");
  for (const [key, item] of entriesOf(mapping)) {
    const name = asText(key) ?? fail("** takes keys that are strings");
    if (named.has(name)) fail(`the argument '${name}' is given twice`);
    named.set(name, item);
  }
}
