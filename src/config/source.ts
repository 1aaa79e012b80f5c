import { CicdStateError } from "../errors.ts";
import { parseYaml } from "../formats/yaml.ts";
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
import type { Source } from "./types.ts";

export type { Source } from "./types.ts";

/** Where a config or secrets come from: a path, a URL, or the content itself. */
export type ConfigSource = string | URL | Mapping;

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
  const { createSourceError } = await import("./source_error.ts");
  return createSourceError(problems, sources);
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
