import { CicdStateError } from "../errors.ts";
import { locateYaml, type YamlPosition } from "../formats/yaml_position.ts";
import { problemError } from "../schema/error.ts";
import type { Path, Problem } from "../schema/schema.ts";
import { getKey, isMapping, type Value } from "../values.ts";
import type { Source } from "./types.ts";

/** How many problems are located to find the first one in the file. */
const MAX_LOCATED = 20;

/** Where a problem is. */
export interface Place {
  readonly problem: Problem;
  /** The file. */
  readonly source: Source;
  /** Where in the file; `undefined` if it is not a file. */
  readonly position: YamlPosition | undefined;
}

/** The error for problems of merged sources. Its message tells the first one. */
export class SourceError extends CicdStateError {
  /** All problems. */
  readonly problems: readonly Problem[];
  /** What was merged, in order. */
  readonly sources: readonly Source[];

  /**
   * Creates an error.
   *
   * @param first The error of the first problem.
   * @param problems All problems.
   * @param sources What was merged, in order.
   */
  constructor(
    first: CicdStateError,
    problems: readonly Problem[],
    sources: readonly Source[],
  ) {
    const { code, message, hint, place } = first;
    super(code, message, { hint, place });
    this.problems = problems;
    this.sources = sources;
  }
}

/**
 * Finds a problem in the sources.
 *
 * @param problem The problem.
 * @param sources What was merged, in order.
 * @returns Where it is.
 */
export function locateProblem(
  problem: Problem,
  sources: readonly Source[],
): Place {
  const { path, isKey } = problem;
  const source = sourceOf(path, sources);
  const { text } = source;
  const position = text === undefined
    ? undefined
    : locateYaml(text, path, isKey);
  return { problem, source, position };
}

/**
 * Returns the error for problems of merged sources. It names the file, the line
 * and the column of the first problem.
 *
 * @param problems At least one problem.
 * @param sources What was merged, in order.
 * @returns The error, of code `CONFIG`.
 */
export function createSourceError(
  problems: readonly Problem[],
  sources: readonly Source[],
): SourceError {
  const places = problems.slice(0, MAX_LOCATED)
    .map((problem) => locateProblem(problem, sources));
  const { problem, source, position } = places.toSorted(inOrder)[0]!;
  const where = position === undefined
    ? source.label
    : `${source.label} at line ${position.line}, column ${position.column}`;
  const first = problemError(problem, {
    where,
    place: source.text === undefined ? undefined : {
      file: source.name,
      line: position?.line,
      column: position?.column,
    },
    showsFound: !source.isSecret,
    others: problems.length - 1,
  });
  return new SourceError(first, problems, sources);
}

/** Compares the positions of two places in one file. */
function inOrder(left: Place, right: Place): number {
  if (left.source !== right.source) return 0;
  const [one, two] = [left.position, right.position];
  if (one === undefined || two === undefined) return 0;
  return one.line - two.line || one.column - two.column;
}

/** Returns the last source that has the whole path, or the first that has most of it. */
function sourceOf(path: Path, sources: readonly Source[]): Source {
  let [best, bestDepth] = [sources[0]!, -1];
  for (const source of sources) {
    const depth = depthOf(source.content, path);
    const isBetter = depth > bestDepth || depth === path.length;
    if (isBetter) [best, bestDepth] = [source, depth];
  }
  return best;
}

function depthOf(content: Value, path: Path): number {
  let [value, depth]: [Value | undefined, number] = [content, 0];
  for (const part of path) {
    if (typeof part === "number") {
      value = Array.isArray(value) ? value[part] : undefined;
    } else value = isMapping(value) ? getKey(value, part) : undefined;
    if (value === undefined) break;
    depth += 1;
  }
  return depth;
}
