import type { Path, Problem } from "../schema/schema.ts";
import { describeType } from "../util/messages.ts";
import {
  cloneValue,
  getKey,
  isFalsy,
  isMapping,
  type Mapping,
  setKey,
  type Value,
} from "../values.ts";
import { type Source, sourceError } from "./source.ts";

/** A key whose types differ in two mappings that are merged. */
export interface MergeConflict {
  /** Where the key stands. */
  readonly path: Path;
  /** The type in the mapping that wins, such as `a list`. */
  readonly above: string;
  /** The type in the mapping that it is merged into. */
  readonly below: string;
}

/**
 * Merges one mapping over another. Mappings are merged key by key; any other
 * value is replaced, and so is a falsy value of any type.
 *
 * Mappings that YAML aliases share are merged once and stay shared.
 *
 * @param base The mapping to merge into.
 * @param over The mapping whose values win.
 * @param report Receives each key whose types differ.
 * @returns A new mapping; neither argument is changed.
 */
export function mergeMappings(
  base: Mapping,
  over: Mapping,
  report: (conflict: MergeConflict) => void,
): Mapping {
  return new Merger(report).merge(base, over, []);
}

class Merger {
  readonly #report: (conflict: MergeConflict) => void;
  readonly #copies = new Map<Value, Value>();
  readonly #merged = new Map<Mapping, Map<Mapping, Mapping>>();

  constructor(report: (conflict: MergeConflict) => void) {
    this.#report = report;
  }

  merge(base: Mapping, over: Mapping, path: Path): Mapping {
    const known = this.#merged.get(base)?.get(over);
    if (known !== undefined) return known;
    const merged: Mapping = {};
    for (const key of Object.keys(base)) setKey(merged, key, base[key]!);
    for (const key of Object.keys(over)) {
      const below = getKey(base, key);
      setKey(merged, key, this.#mergeValues(below, over[key]!, [...path, key]));
    }
    const withBase = this.#merged.get(base) ?? new Map();
    this.#merged.set(base, withBase.set(over, merged));
    return merged;
  }

  #mergeValues(base: Value | undefined, over: Value, path: Path): Value {
    if (base !== undefined && !isFalsy(base)) {
      if (isMapping(base) && isMapping(over)) {
        return this.merge(base, over, path);
      }
      const [below, above] = [describeType(base), describeType(over)];
      if (below !== above) this.#report({ path, above, below });
    }
    return cloneValue(over, this.#copies);
  }
}

/**
 * Merges sources, each over those before it.
 *
 * @param sources The sources.
 * @returns The merged content.
 * @throws {CicdStateError} `CONFIG`, if a key has two types.
 */
export async function mergeSources(
  sources: readonly Source[],
): Promise<Mapping> {
  let merged: Mapping = {};
  for (const source of sources) {
    const problems: Problem[] = [];
    merged = mergeMappings(merged, source.content, (conflict) => {
      const { path, above, below } = conflict;
      const message = `is ${above} here, but ${below} in what it builds on`;
      const hint = "Give the key the same type in both files, or rename one";
      problems.push({ path, message, hint });
    });
    if (problems.length > 0) throw await sourceError(problems, [source]);
  }
  return merged;
}
