import { CicdStateError } from "../errors.ts";
import { parseYaml } from "../formats/yaml.ts";
import type { YamlPosition } from "../formats/yaml_position.ts";
import type { Path, Problem } from "../schema/schema.ts";
import { describeType } from "../util/messages.ts";
import { readText } from "../util/read_text.ts";
import {
  cloneValue,
  getKey,
  isFalsy,
  isMapping,
  type Mapping,
  setKey,
  type Value,
} from "../values.ts";

/** Where a config or secrets come from: a path, a URL, or the content itself. */
export type ConfigSource = string | URL | Mapping;

/** A file of a config, or the object in its place, as it was read. */
export interface Source {
  /** Its path or URL, or `(config object)`. */
  readonly name: string;
  /** Names it in messages: `config file "config.yaml"`. */
  readonly label: string;
  /** What it holds. */
  readonly content: Mapping;
  /** Its text, if it is a file. */
  readonly text: string | undefined;
  /** Whether no message may show a value of it. */
  readonly isSecret: boolean;
}

/** Options of {@linkcode readSource}. */
export interface SourceOptions {
  /** What it is to the user: `config`, `secrets`, `app config`, `base`. */
  readonly what: string;
  /** How the user names the file: `--config`. */
  readonly naming: string;
  /**
   * Whether it may hold nothing.
   *
   * @default {false}
   */
  readonly mayBeEmpty?: boolean;
  /**
   * Whether no message may show a value of it.
   *
   * @default {false}
   */
  readonly isSecret?: boolean;
}

/**
 * Reads a YAML file whose content must be a mapping.
 *
 * @param source The path, URL or content.
 * @param options What the file is.
 * @returns Its content and what messages about it need.
 * @throws {CicdStateError} `CONFIG` or `PERMISSION`.
 */
export async function readSource(
  source: ConfigSource,
  options: SourceOptions,
): Promise<Source> {
  const { what, naming, mayBeEmpty = false, isSecret = false } = options;
  if (typeof source !== "string" && !(source instanceof URL)) {
    const [name, label] = [`(${what} object)`, `the ${what} object`];
    return { name, label, content: source, text: undefined, isSecret };
  }
  const file = `${what} file`;
  const text = await readText(source, { what: file, code: "CONFIG", naming });
  const label = `${file} "${source}"`;
  const read = parse(text, label, `${source}`);
  const content = read === null && mayBeEmpty ? {} : read;
  if (isMapping(content)) {
    return { name: String(source), label, content, text, isSecret };
  }
  throw new CicdStateError(
    "CONFIG",
    `Cannot use ${label}: it holds ${describeType(content)}`,
    { hint: "Its top level must be a mapping", place: { file: `${source}` } },
  );
}

function parse(text: string, label: string, name: string): Value {
  try {
    return parseYaml(text, { file: label });
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const { message, hint, cause } = error;
    const place = { ...error.place, file: name };
    throw new CicdStateError("CONFIG", message, { hint, cause, place });
  }
}

/** How many problems are located to find the first one in the file. */
const MAX_LOCATED = 20;

/** Where a problem is. */
interface Place {
  readonly problem: Problem;
  readonly source: Source;
  readonly position: YamlPosition | undefined;
}

/**
 * Returns the error for problems of merged sources. It names the file, the line
 * and the column of the first problem.
 *
 * @param problems At least one problem.
 * @param sources What was merged, in order.
 * @returns The error, of code `CONFIG`.
 */
export async function sourceError(
  problems: readonly Problem[],
  sources: readonly Source[],
): Promise<CicdStateError> {
  const [{ locateYaml }, { problemError }] = await Promise.all([
    import("../formats/yaml_position.ts"),
    import("../schema/error.ts"),
  ]);
  const places = problems.slice(0, MAX_LOCATED).map((problem): Place => {
    const { path, isKey } = problem;
    const source = sourceOf(path, sources);
    const { text } = source;
    const position = text === undefined
      ? undefined
      : locateYaml(text, path, isKey);
    return { problem, source, position };
  });
  const { problem, source, position } = places.toSorted(inOrder)[0]!;
  const where = position === undefined
    ? source.label
    : `${source.label} at line ${position.line}, column ${position.column}`;
  return problemError(problem, {
    where,
    place: source.text === undefined ? undefined : {
      file: source.name,
      line: position?.line,
      column: position?.column,
    },
    showsFound: !source.isSecret,
    others: problems.length - 1,
  });
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

// Merging is in this module because every command merges the config and its
// secrets: a module of its own would be one more to load at each start.

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
