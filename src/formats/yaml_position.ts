import {
  COLLECTION_STYLE,
  type Event,
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
} from "../deps/yaml.ts";

const MAX_DEPTH = 1000;

/** Where something stands in a text. */
export interface YamlPosition {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** How many parts of the path are in the text. */
  readonly depth: number;
}

/**
 * Finds where a path of keys and list indexes stands in a YAML text. Of a path
 * that is not all there, it finds the key of the last part that is.
 *
 * @param text The YAML text.
 * @param path The keys and list indexes.
 * @param isKey Whether to find the last key, and not its value.
 * @returns The position, or `undefined` if the text cannot be parsed.
 */
export function locateYaml(
  text: string,
  path: readonly (string | number)[],
  isKey = false,
): YamlPosition | undefined {
  const source = text.replace(/^\ufeff/, "");
  const root = parseTree(source);
  if (root === undefined) return undefined;
  let found: Entry = { start: root.start, node: root };
  let depth = 0;
  for (const part of path) {
    const next = childOf(found.node, part);
    if (next === undefined) break;
    found = next;
    depth += 1;
  }
  const { start, node } = found;
  const isWhole = depth === path.length;
  const offset = isWhole && !isKey && node.isInline ? node.start : start;
  return { ...lineAndColumn(source, Math.max(offset, 0)), depth };
}

/** A value of the text. */
interface Node {
  /** Where it starts; -1 if it is empty. */
  readonly start: number;
  /** Whether it may stand on the line of its key, and is not a block below. */
  readonly isInline: boolean;
  /** The text of a scalar. */
  readonly text?: string;
  /** The keys and values of a mapping, one after the other. */
  readonly pairs?: Node[];
  /** The items of a list. */
  readonly items?: Node[];
}

/** A value with the place of what leads to it: its key, or itself in a list. */
interface Entry {
  readonly start: number;
  readonly node: Node;
}

function parseTree(source: string): Node | undefined {
  try {
    return buildTree(parseEvents(source, { maxDepth: MAX_DEPTH }), source);
  } catch {
    // What cannot be parsed has been reported; here only a position is lost.
    return undefined;
  }
}

function buildTree(events: readonly Event[], source: string): Node | undefined {
  const top: Node[] = [];
  const open: Node[][] = [];
  const anchors = new Map<string, Node>();
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    if (event.type === EVENT_ID.DOCUMENT) {
      open.push(top);
      continue;
    }
    const anchor = source.slice(event.anchorStart, event.anchorEnd);
    const isAlias = event.type === EVENT_ID.ALIAS;
    const node = isAlias
      ? anchors.get(anchor) ?? { start: -1, isInline: false }
      : makeNode(event, source);
    open.at(-1)?.push(node);
    if (!isAlias && event.anchorStart >= 0) anchors.set(anchor, node);
    const children = isAlias ? undefined : node.pairs ?? node.items;
    if (children !== undefined) open.push(children);
  }
  return top[0];
}

type NodeEvent = Exclude<Event, { type: 1 | 5 | 6 }>;

function makeNode(event: NodeEvent, source: string): Node {
  if (event.type !== EVENT_ID.SCALAR) {
    const { type, start, style } = event;
    const isInline = style === COLLECTION_STYLE.FLOW;
    return type === EVENT_ID.MAPPING
      ? { start, isInline, pairs: [] }
      : { start, isInline, items: [] };
  }
  const text = getScalarValue(source, event);
  const { style, valueStart } = event;
  const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED ||
    style === SCALAR_STYLE.DOUBLE_QUOTED;
  return {
    text,
    start: isQuoted ? valueStart - 1 : valueStart,
    isInline: isQuoted || style === SCALAR_STYLE.PLAIN && valueStart >= 0,
  };
}

function childOf(
  node: Node,
  part: string | number,
  seen: ReadonlySet<Node> = new Set(),
): Entry | undefined {
  if (typeof part === "number") {
    const item = node.items?.[part];
    return item && { start: item.start, node: item };
  }
  const { pairs = [] } = node;
  // Of a key that is written twice the last one counts.
  for (let index = pairs.length - 2; index >= 0; index -= 2) {
    const key = pairs[index]!;
    if (key.text === part) return { start: key.start, node: pairs[index + 1]! };
  }
  if (seen.has(node)) return undefined;
  for (let index = 0; index < pairs.length; index += 2) {
    if (pairs[index]!.text !== "<<") continue;
    const merged = pairs[index + 1]!;
    for (const source of merged.items ?? [merged]) {
      const child = childOf(source, part, new Set([...seen, node]));
      if (child !== undefined) return child;
    }
  }
  return undefined;
}

function lineAndColumn(source: string, offset: number) {
  const before = source.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
