import { isMapping, type Value } from "../values.ts";
import { lineAt, readYaml } from "./yaml/document.ts";
import { YamlFault } from "./yaml/scan/cursor.ts";
import type { Place, Places } from "./yaml/mapping_builder.ts";

/** The position of a key or value in YAML. */
export interface YamlPosition {
  /** The number of the line, from 1. */
  readonly line: number;
  /** The number of the column, from 1. */
  readonly column: number;
  /** How many parts of the path were found. */
  readonly depth: number;
}

/**
 * Finds a path of keys and list indices in YAML. If not all of the path is there,
 * it finds the key of the last part that is.
 *
 * @param text The YAML.
 * @param path The keys and list indices.
 * @param isKey Whether to find the last key instead of its value.
 * @returns The position, or `undefined` if the YAML is empty or cannot be parsed.
 */
export function locateYaml(
  text: string,
  path: readonly (string | number)[],
  isKey = false,
): YamlPosition | undefined {
  const places: Places = new Map();
  let value = parse(text, places);
  if (value === undefined || value === null) return undefined;
  let place = firstPlace(places.get(value));
  let depth = 0;
  for (const part of path) {
    const next = places.get(value)?.get(part);
    if (next === undefined) break;
    place = next;
    value = childOf(value, part);
    depth += 1;
  }
  const isWhole = depth === path.length;
  const offset = isWhole && !isKey ? place.offset : place.keyOffset;
  const { line, column } = lineAt(text, offset);
  return { line, column, depth };
}

function parse(text: string, places: Places): Value | undefined {
  try {
    return readYaml(text, { isStrict: false, places });
  } catch (error) {
    // It was reported when it was parsed; here only a position is lost.
    if (error instanceof YamlFault) return undefined;
    throw error;
  }
}

/** Returns the place of the whole: that of its first key or item. */
function firstPlace(places: Map<string | number, Place> = new Map()): Place {
  let offset = Infinity;
  // A key that was merged comes first, but may be anywhere.
  for (const { keyOffset } of places.values()) {
    offset = Math.min(offset, keyOffset);
  }
  if (places.size === 0) offset = 0;
  return { keyOffset: offset, offset };
}

function childOf(value: Value, part: string | number): Value {
  if (Array.isArray(value)) return value[Number(part)]!;
  return isMapping(value) ? value[part]! : null;
}
