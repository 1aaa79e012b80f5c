import { CicdStateError } from "../errors.ts";
import { parseYaml } from "../formats/yaml.ts";
import type { YamlPosition } from "../formats/yaml_position.ts";
import type { Path, Problem } from "../schema/schema.ts";
import { describeType } from "../util/messages.ts";
import { readText } from "../util/read_text.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";

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
   * Whether no message may show its text.
   *
   * @default {false}
   */
  readonly hidesText?: boolean;
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
  const read = parse(text, label, options);
  const content = read === null && mayBeEmpty ? {} : read;
  if (isMapping(content)) {
    return { name: String(source), label, content, text, isSecret };
  }
  throw new CicdStateError(
    "CONFIG",
    `Cannot use ${label}: it holds ${describeType(content)}`,
    { hint: "Its top level must be a mapping" },
  );
}

function parse(text: string, label: string, options: SourceOptions): Value {
  try {
    return parseYaml(text, { file: label, hidesText: options.hidesText });
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const { message, hint, cause } = error;
    throw new CicdStateError("CONFIG", message, { hint, cause });
  }
}

/** How many problems are looked at to find the first one in the file. */
const MAX_LOCATED = 20;

/** Where a problem is. */
interface Place {
  readonly problem: Problem;
  readonly source: Source;
  readonly position: YamlPosition | undefined;
}

/**
 * Returns the error of a merged content, which names the file, the line and
 * the column of the first problem.
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
    showsFound: !source.isSecret,
    others: problems.length - 1,
  });
}

/** Orders places of one file; other places keep their order. */
function inOrder(left: Place, right: Place): number {
  if (left.source !== right.source) return 0;
  const [one, two] = [left.position, right.position];
  if (one === undefined || two === undefined) return 0;
  return one.line - two.line || one.column - two.column;
}

/** Finds the last source that has the path, or the first that has most of it. */
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
